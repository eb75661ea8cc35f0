"""What makes a file no sound library, and what the person can do then: that depends on whether there is a backup."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from paperreader.errors import LibraryDamaged

BACKUPS = "backups"
"""The folder of the daily copies, beside the library."""
COPIES = "library-????-??-??.db"


def damaged(path: Path, what: str) -> LibraryDamaged:
    """The error to raise for a library at `path` of which `what` is the matter."""
    if any((path.parent / BACKUPS).glob(COPIES)):
        hint = "Bring back a daily backup with `paperreader restore`; the damaged file is kept."
    else:
        hint = f"There is no backup yet. Move {path.name} away to begin a new library; keep it, it may be mended."
    return LibraryDamaged(f"{path} is damaged ({what}).", hint)


def check_size(path: Path) -> None:
    """Raises LibraryDamaged where the file is empty: a library is put in place whole, so it was cut off.

    To be asked before SQLite sees the file: it would delete the log beside it, and take the file for a new one.
    """
    if path.stat().st_size == 0:
        raise damaged(path, "the file is empty")


def check_parts(path: Path, connection: sqlite3.Connection, scripts: Iterable[str]) -> None:
    """Raises LibraryDamaged where a table, index or trigger is missing that these scripts make."""
    there = _parts(connection)
    missing = sorted(_made_by(tuple(scripts)) - there)
    if missing:
        kind, name = missing[-1]  # a table rather than its index
        raise damaged(path, f"its {kind} {name} is missing")


@lru_cache(maxsize=4)
def _made_by(scripts: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """What an empty database has after these scripts, 2 ms."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for script in scripts:
            connection.executescript(script)
        return _parts(connection)


def _parts(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    rows = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return frozenset((str(kind), str(name)) for kind, name in rows)
