"""From a name on the command line to bytes that can be read twice."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, Literal, cast

from paperreader.errors import UnreadableInput
from paperreader.plain import printable

STDIN: Literal["-"] = "-"
InputFile = Path | Literal["-"]
"""A file, or "-" for standard input."""

_GZIP, _XZ, _BZIP2 = b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh"


def spoken(file: InputFile) -> str:
    """What messages call the file."""
    return "standard input" if file == STDIN else str(file)


class Source:
    """One input that can be read from its beginning as often as one likes.

    A file is opened anew each time; a pipe is first copied to a temporary file, which `close` removes.
    """

    def __init__(self, file: InputFile) -> None:
        """Raises UnreadableInput where nothing can be opened or copied."""
        self.name = spoken(file)
        self._file = file
        self._copy: BinaryIO | None = None
        stream = _standard_input() if file == STDIN else self._opened(file)
        try:
            status = os.fstat(stream.fileno())
            if file != STDIN and stat.S_ISREG(status.st_mode):
                self._stamp = _stamp(status)
                return
            if _endless(status.st_mode, stream):
                raise UnreadableInput(f"{printable(self.name)} is a device, not a file.")
            self._copy = self._copied(stream)
        finally:
            if file != STDIN:
                stream.close()

    def open(self) -> BinaryIO:
        """The bytes from the beginning, unpacked; to be closed by the caller.

        Raises UnreadableInput where the file is gone or is another one than at first.
        """
        if self._copy is not None:
            return _unpacked(io.FileIO(os.dup(self._copy.fileno())))
        raw = self._opened(cast("Path", self._file))
        if _stamp(os.fstat(raw.fileno())) != self._stamp:
            raw.close()
            raise UnreadableInput(f"{printable(self.name)} changed while it was read.", "Import it again.")
        return _unpacked(raw)

    def close(self) -> None:
        """Remove the temporary copy, where there is one."""
        if self._copy is not None:
            self._copy.close()
            self._copy = None

    def _opened(self, file: Path) -> io.FileIO:
        try:
            return io.FileIO(file)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UnreadableInput(f"{printable(self.name)} cannot be read: {reason}.") from error

    def _copied(self, stream: io.RawIOBase | BinaryIO) -> BinaryIO:
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the source; close() ends it
        try:
            shutil.copyfileobj(stream, copy)
            copy.flush()
        except OSError as error:
            copy.close()
            text = f"{printable(self.name)} cannot be copied to {tempfile.gettempdir()}: {error.strerror}."
            raise UnreadableInput(text, "Save it to a file first, or set TMPDIR to a roomier place.") from error
        return cast("BinaryIO", copy)


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise UnreadableInput("Standard input is closed.")
    return sys.stdin.buffer


def _endless(mode: int, stream: io.RawIOBase | BinaryIO) -> bool:
    """Whether copying it might never end: /dev/zero does not, a keyboard does (Ctrl+D)."""
    return stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not stream.isatty() and stream is not sys.stdin.buffer)


def _stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _unpacked(raw: io.FileIO) -> BinaryIO:
    """The stream of what is inside; gzip, xz and bzip2 are told by their first bytes."""
    raw.seek(0)
    head = raw.read(6) or b""
    raw.seek(0)
    buffered = io.BufferedReader(raw, 1 << 16)
    if head.startswith(_GZIP):
        return cast("BinaryIO", _Packed(gzip.GzipFile(fileobj=buffered), buffered))
    if head.startswith(_XZ):
        return cast("BinaryIO", _Packed(lzma.LZMAFile(buffered), buffered))
    if head.startswith(_BZIP2):
        return cast("BinaryIO", _Packed(bz2.BZ2File(buffered), buffered))
    return buffered


class _Packed(io.BufferedReader):
    """What a packed file holds; closing it closes the file too, which the unpackers do not."""

    def __init__(self, inside: gzip.GzipFile | lzma.LZMAFile | bz2.BZ2File, file: BinaryIO) -> None:
        super().__init__(cast("io.RawIOBase", inside), 1 << 16)
        self._file = file

    def close(self) -> None:
        """Close both."""
        super().close()
        self._file.close()
