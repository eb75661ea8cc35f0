"""What makes a file no sound library, and what the person can do then: that depends on whether there is a backup."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from paperreader.errors import LibraryDamaged

BACKUPS = "backups"
"""The folder of the daily copies, beside the library."""
COPIES = "library-????-??-??.db"

_STATEMENT = re.compile(
    r"^(CREATE|DROP|ALTER) (?:UNIQUE )?(TABLE|INDEX|TRIGGER|VIEW) (\w+)(?: RENAME TO (\w+))?(?! ADD COLUMN)\b",
    re.MULTILINE,
)
"""What makes, ends or renames a part: each begins a line of its script."""


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
    missing = sorted(made_by(tuple(scripts)) - there)
    if missing:
        kind, name = missing[-1]  # a table rather than its index
        raise damaged(path, f"its {kind} {name} is missing")


@lru_cache(maxsize=4)
def made_by(scripts: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """What an empty database has after these scripts, by kind and name.

    Read from their statements: to run them in an empty database takes 8 ms of every start. (A test does.)
    """
    made: set[tuple[str, str]] = set()
    for verb, kind, name, to in _STATEMENT.findall("\n".join(scripts)):
        part = (kind.lower(), name)
        if verb == "CREATE":
            made.add(part)
        else:
            made.discard(part)
        if to:
            made.add((kind.lower(), to))
    return frozenset(made)


def _parts(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    rows = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return frozenset((str(kind), str(name)) for kind, name in rows)
