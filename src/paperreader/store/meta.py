"""Small facts that the library remembers by name: its own id, the machine's, what the app looked like."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Callable

from paperreader.store.database import Database


def recall(database: Database, name: str) -> str | None:
    """What was remembered under this name, or None."""
    with database.read() as connection:
        return _known(connection, name)


def remember(database: Database, name: str, value: str | None) -> None:
    """Keep this value under this name; None forgets the name."""
    change(database, name, lambda _: value)


def change(database: Database, name: str, anew: Callable[[str | None], str | None]) -> None:
    """Keep what `anew` makes of what was remembered under this name, in one step over all processes."""
    with database.write() as connection:
        value = anew(_known(connection, name))
        if value is None:
            connection.execute("DELETE FROM meta WHERE name = ?", (name,))
        else:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def library_id(database: Database) -> str:
    """The random id of this library: an index made from another one is told by it."""
    return recall(database, "library") or ""


def machine_id(database: Database) -> str:
    """The random id that this machine's events carry.

    Kept by host name, so that a library copied to a second machine counts its events apart from the first one's.
    """
    known = recall(database, f"machine@{platform.node()}")
    if known is None:
        with database.write() as connection:
            known = machine(connection)
    return known


def machine(connection: sqlite3.Connection) -> str:
    """The same inside the caller's transaction."""
    name = f"machine@{platform.node()}"
    connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (name, os.urandom(8).hex()))
    return str(connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0])


def _known(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])
