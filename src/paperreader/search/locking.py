"""Who may write the index: one process at a time, by a `flock`, which dies with its process."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from paperreader.errors import IndexBusy, SearchError

_LOCK = "lock"
# Whoever only looks (`is_being_written`) holds the lock for microseconds; a writer that meets it tries again.
_PATIENCE = 0.05
_PAUSE = 0.01

_held: dict[tuple[int, int, str], int] = {}
"""How often this thread (process, thread, folder) has entered `writing`."""


@contextlib.contextmanager
def writing(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the right to write the index; entered again by the same thread, it is held on.

    Waits up to `wait` seconds, then raises IndexBusy; SearchError where the folder cannot be written.
    """
    key = (os.getpid(), threading.get_ident(), os.path.realpath(folder))
    if _held.get(key):
        _held[key] += 1
        try:
            yield
        finally:
            _held[key] -= 1
        return
    descriptor = _acquired(folder, wait)
    _held[key] = 1
    try:
        yield
    finally:
        del _held[key]
        os.close(descriptor)


def is_being_written(folder: Path) -> bool:
    """Whether some process (this one too) is writing the index now."""
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def _acquired(folder: Path, wait: float) -> int:
    """The descriptor of the lock file, locked."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise unwritable(folder, error) from error
    until = time.monotonic() + max(wait, _PATIENCE)
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(_PAUSE)
                continue
            os.close(descriptor)
            raise IndexBusy(
                "Another paperreader is writing the search index.", "Try again when it has ended."
            ) from None
        except OSError as error:
            os.close(descriptor)
            raise unwritable(folder, error) from error
        return descriptor


def unwritable(folder: Path, error: OSError) -> SearchError:
    """The error to raise when the index cannot be written, with what to do about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SearchError(f"No room to write the search index in {folder}.", "Free some space; nothing was lost.")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        hint = "Move it away; until then only titles are searched."
        return SearchError(f"A file stands where the folder {folder} of the search index should be made.", hint)
    reason = error.strerror or str(error)
    return SearchError(f"The search index in {folder} cannot be written: {reason}.", "Finding works as before.")
