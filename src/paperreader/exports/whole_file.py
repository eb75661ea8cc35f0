"""A file that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from paperreader.errors import ExportError


def refuse_existing(target: Path) -> None:
    """Raises ExportError where a file, and no pipe or device, stands already."""
    with _told(target):
        _refuse_existing(target)


def _refuse_existing(target: Path) -> None:
    if target.is_dir():
        raise ExportError(f"{target} is a folder.", "Name a file.")
    if target.is_file():
        raise ExportError(f"{target} exists already.", "--force replaces it.")


def put_in_place(target: Path, text: Iterable[str], *, replace: bool) -> None:
    """Write the text as UTF-8 beside the target, then put it in its place in one step.

    A link is followed; a pipe or device is written to directly. Raises ExportError, and then nothing has changed.
    """
    with _told(target):
        if target.exists() and not target.is_file() and not target.is_dir():
            _written(target, text)
        else:
            _swapped(target.resolve(), text, replace=replace)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError, ValueError) as error:  # a link that leads to itself; a NUL within the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportError(f"{target} cannot be written: {reason}.") from error


def _swapped(target: Path, text: Iterable[str], *, replace: bool) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _made(beside, text)
        if not replace:
            _refuse_existing(target)  # somebody may have made it meanwhile
        with suppress(FileNotFoundError):
            beside.chmod(target.stat().st_mode & 0o7777)  # a private list stays private when it is replaced
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _made(file: Path, text: Iterable[str]) -> None:
    """A whole file of that name. Where the system can (Linux), it has no name before: killed, nothing is left of it."""
    unnamed = _unnamed(file.parent)
    if unnamed is None:
        _written(file, text, whole=True)
        return
    with os.fdopen(unnamed, "w", encoding="utf-8", newline="\n") as stream:
        _put(stream, text, whole=True)
        file.unlink(missing_ok=True)  # of a process with our number, which is dead
        # As open(2) tells; a folder's number, here any, makes Python follow the link.
        os.link(f"/proc/self/fd/{unnamed}", file, src_dir_fd=unnamed, follow_symlinks=True)


def _unnamed(folder: Path) -> int | None:
    """A file without a name, open for writing; None where the system or the file system has none."""
    if not hasattr(os, "O_TMPFILE") or not Path("/proc/self/fd").exists():
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o666)
    except OSError:
        return None


def _written(file: Path, text: Iterable[str], *, whole: bool = False) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        _put(stream, text, whole=whole)


def _put(stream: TextIO, text: Iterable[str], *, whole: bool) -> None:
    stream.writelines(text)
    stream.flush()
    if whole:
        os.fsync(stream.fileno())  # or the name could reach the disk before the text does
