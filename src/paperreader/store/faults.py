"""SQLite's errors in our words: what a person could mend becomes a StoreError."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from paperreader.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryReadOnly, StoreError
from paperreader.store.damage import damaged

WAIT_MS = 2_500
"""How long a writer waits for another one; our own transactions hold the lock for some 10 ms."""


def told(error: sqlite3.Error, path: Path) -> StoreError | None:
    """What to raise instead of it for the library at `path`; None for a bug, which passes through."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    known = _TOLD[sqlite3.SQLITE_FULL] if code in _NO_ROOM_TO_BEGIN else _TOLD.get(code & 0xFF)
    if known is None:
        return None
    kind, message, hint = known
    if kind is LibraryDamaged:
        return damaged(path, str(error))
    return kind(message.format(where=path, error=error), hint)


def read_only(path: Path) -> LibraryReadOnly:
    """The error to raise where something is to be written to a library that cannot be."""
    _, message, hint = _READ_ONLY
    return LibraryReadOnly(message.format(where=path), hint)


def too_old(path: Path) -> LibraryReadOnly:
    """The error to raise for an older library that has to be brought to this program's form and cannot be written."""
    return LibraryReadOnly(
        f"{path} was written by an older paperreader and has to be changed once for this one, but cannot be written.",
        "Make its folder writable, or room on its disk, and start again.",
    )


_NO_ROOM_TO_BEGIN = (sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMMAP)
"""What a connection meets that finds no room for the 32 KiB that all connections share."""
_READ_ONLY = (
    LibraryReadOnly,
    "{where} cannot be written.",
    "Reading works; make the folder writable, or room on its disk, to keep bookmarks and marks.",
)
_TOLD: dict[int, tuple[type[StoreError], str, str]] = {
    **dict.fromkeys(
        (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
        (
            LibraryBusy,
            f"{{where}} has been locked by another program for {WAIT_MS / 1000:g} s.",
            "Close that program or try again; nothing was changed.",
        ),
    ),
    **dict.fromkeys((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH), _READ_ONLY),
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "The disk of {where} is full.",
        "Free some room and try again; nothing was changed.",
    ),
    **dict.fromkeys(
        (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB),
        (LibraryDamaged, "", ""),  # said by `damaged`
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StoreError,
        "{where} cannot be opened.",
        "Check that its folder exists and may be read and written.",
    ),
    sqlite3.SQLITE_IOERR: (
        StoreError,
        "{where}: the disk refused ({error}).",
        "Check the disk's space and health; nothing was changed.",
    ),
}
