"""Who has the library open: a `flock` on a file beside it, shared by all who use it, exclusive for who replaces it.

The lock dies with its process, kill -9 included. It is no lock of SQLite's: those last for one transaction, and a file
that is replaced between two of them goes on being written to by whoever had it open.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import time
from pathlib import Path

from paperreader.errors import LibraryBusy
from paperreader.store.processes import is_alive

_LOCK = ".lock"
_HALF = r"\.part-(?P<owner>\d+)-[0-9a-f]{8}(?:-journal|-wal|-shm)?$"
_PAUSE = 0.02
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""The file system knows no such locks; SQLite's own log does not work there either."""

OPENING, REPLACING = 10.0, 0.5
"""Seconds to wait: for a restore that is under way (it takes 1 s for 100,000 papers), for a command that is ending."""


class Hold:
    """The library is in use by this process until `release`."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go of it; twice is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def shared(path: Path) -> Hold:
    """Use the library, as others may too. Raises LibraryBusy while a backup takes its place."""
    return _held(
        path,
        fcntl.LOCK_SH,
        OPENING,
        LibraryBusy(f"A backup is taking the place of {path}.", "Try again when that is done."),
    )


def alone(path: Path) -> Hold:
    """Use the library as the only one. Raises LibraryBusy while anybody has it open."""
    return _held(
        path,
        fcntl.LOCK_EX,
        REPLACING,
        LibraryBusy(
            f"{path} is open in another paperreader, which would go on writing to the replaced file.",
            "Close that one and try again; nothing was changed.",
        ),
    )


def _held(path: Path, kind: int, patience: float, refused: LibraryBusy) -> Hold:
    descriptor = _descriptor(path.with_name(path.stem + _LOCK))
    if descriptor is None:
        return Hold(None)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(_PAUSE)
                continue
            os.close(descriptor)
            raise refused from None
        except OSError as error:
            os.close(descriptor)
            if error.errno in _NO_LOCKS:
                return Hold(None)
            raise
        return Hold(descriptor)


def _descriptor(lock: Path) -> int | None:
    """The lock's file, made if need be; None in a folder that cannot be written: nobody can replace anything there."""
    with contextlib.suppress(OSError):
        return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with contextlib.suppress(OSError):
        return os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    return None


def half_of(target: Path) -> Path:
    """A name beside `target` for what is being written and takes its place when it is whole.

    Halves that killed processes left behind are removed: the name says whose it is.
    """
    sweep(target)
    return target.with_name(f"{target.name}.part-{os.getpid()}-{os.urandom(4).hex()}")


def sweep(target: Path) -> None:
    """Remove what killed processes had half written of this file."""
    for left in target.parent.glob(f"{target.name}.part-*"):
        half = re.search(_HALF, left.name)
        if half and not is_alive(int(half["owner"])):
            with contextlib.suppress(OSError):
                left.unlink()
