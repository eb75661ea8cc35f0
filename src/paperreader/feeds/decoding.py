"""A body's bytes as they come, decompressed and counted: a small answer may be the beginning of a very large one.

gzip and deflate only: that is what we ask for, and zlib can be told where to stop.
"""

from __future__ import annotations

import zlib
from typing import Final

from paperreader.errors import FeedUnreadable

ACCEPTED: Final = "gzip, deflate"
"""The Accept-Encoding header."""
_ANY: Final = 32 + zlib.MAX_WBITS  # zlib tells gzip and zlib framing apart by itself
_RAW: Final = -zlib.MAX_WBITS  # what some servers call deflate
_STEP: Final = 256 * 1024
_ZIPPED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_KNOWN: Final = _ZIPPED | {"", "identity"}
_REMEMBERED: Final = 64 * 1024
"""Bytes of the answer that are remembered as they came."""


class TooLarge(Exception):
    """The body goes beyond the limit."""


class Undecodable(Exception):
    """The body is not in the encoding that it names; `cut` where it only ends too early."""

    def __init__(self, reason: str, *, cut: bool = False) -> None:
        super().__init__(reason)
        self.cut = cut


class Garbled(FeedUnreadable):
    """The same, told to the person; `received` is the beginning of what came, for a bug report."""

    def __init__(self, message: str, received: bytes) -> None:
        super().__init__(message)
        self.received = received


class Body:
    """Collects a body of at most `limit` bytes, counted before and after decompression."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding.strip().lower()[:40]
        self._limit = limit
        self._received = 0
        self._parts = bytearray()
        self.received = b""
        """The beginning of it, as it came."""
        self._decoder = zlib.decompressobj(_ANY) if self._encoding in _ZIPPED else None

    def add(self, chunk: bytes) -> None:
        """Take the next bytes. Raises TooLarge, Undecodable."""
        self._received += len(chunk)
        self.received += chunk[: _REMEMBERED - len(self.received)]
        if self._received > self._limit:
            raise TooLarge
        if self._encoding not in _KNOWN:
            raise Undecodable(f'it is compressed as "{self._encoding}", which nobody asked for')
        if self._decoder is None:
            self._parts += chunk
            return
        while chunk:
            chunk = self._unzip(chunk)

    def whole(self) -> bytes:
        """The body. Raises Undecodable where it was cut short."""
        if self._decoder is not None and not self._decoder.eof and self._received:
            raise Undecodable("it ends in the middle", cut=True)
        return bytes(self._parts)

    def _unzip(self, chunk: bytes) -> bytes:
        """Decompress some of the chunk; what is left of it."""
        decoder = self._decoder
        assert decoder is not None  # only called for zipped bodies
        if decoder.eof:  # several gzip members in a row are one body (RFC 1952); zeros after them are padding
            if not chunk.strip(b"\0"):
                return b""
            decoder = self._decoder = zlib.decompressobj(_ANY)
        try:
            self._parts += decoder.decompress(chunk, _STEP)
        except zlib.error as error:
            if self._parts:
                raise Undecodable("its compression is broken") from error
            self._decoder = decoder = zlib.decompressobj(_RAW)
            self._parts += _decompressed(decoder, chunk)
        if len(self._parts) > self._limit:
            raise TooLarge
        return decoder.unused_data if decoder.eof else decoder.unconsumed_tail


def _decompressed(decoder: zlib._Decompress, chunk: bytes) -> bytes:
    try:
        return decoder.decompress(chunk, _STEP)
    except zlib.error as error:
        raise Undecodable("its compression is broken") from error
