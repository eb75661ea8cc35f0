"""The lines of one file: numbered, decoded, bounded."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from paperreader.errors import UnreadableInput
from paperreader.plain import printable

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes. The longest real line known to us has 17 thousand; a file without line ends must not fill the memory."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Lines:
    """The numbered lines of one file. A format reads them, and refuses one that it cannot understand."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """`name` is what the person calls the file; `stream` is read from where it stands."""
        self.name = name
        self._stream = stream

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """(number from 1, text without its line end). Raises UnreadableInput at bytes that are no UTF-8 text."""
        number = 0
        while raw := self._next(number + 1):
            number += 1
            if number == 1:
                raw = raw.removeprefix(_BYTE_ORDER_MARK)
            try:
                yield number, raw.decode().rstrip("\r\n")
            except UnicodeDecodeError as error:
                at = f"byte {error.start + 1} is 0x{raw[error.start]:02x}"
                raise self.refuse(number, f"this is not UTF-8 text ({at}).", "Save the file as UTF-8.") from error

    def head(self, size: int) -> str:
        """The beginning of the file as far as it is text: `size` bytes at most. Moves the stream."""
        raw = self._guarded(1, lambda: self._stream.read(size))
        return raw.removeprefix(_BYTE_ORDER_MARK).decode(errors="replace")

    def refuse(self, number: int, reason: str, hint: str = "") -> UnreadableInput:
        """The error that says which line of which file cannot be understood, and why."""
        return UnreadableInput(f"{printable(self.name)}, line {number}: {reason}", hint)

    def _next(self, number: int) -> bytes:
        raw = self._guarded(number, lambda: self._stream.readline(LONGEST_LINE + 1))
        if len(raw) > LONGEST_LINE:
            raise self.refuse(number, f"longer than {LONGEST_LINE >> 20} MiB.", "Has the file lost its line ends?")
        return raw

    def _guarded(self, number: int, read: Callable[[], bytes]) -> bytes:
        try:
            return read()
        except (EOFError, OSError, lzma.LZMAError, zlib.error) as error:
            reason = f"the file cannot be read further: {_reason(error)}."
            raise self.refuse(number, reason, "It may be damaged or cut short.") from error


def _reason(error: Exception) -> str:
    """What went wrong, as words within a sentence."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return printable(text).rstrip(".") or type(error).__name__
