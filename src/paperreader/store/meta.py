"""Small facts that the library remembers by name: its own id, the machine's, what the app looked like."""

from __future__ import annotations

import platform
import secrets

from paperreader.store.database import Database


def recall(database: Database, name: str) -> str | None:
    """What was remembered under this name, or None."""
    with database.read() as connection:
        row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def remember(database: Database, name: str, value: str | None) -> None:
    """Keep this value under this name; None forgets the name."""
    with database.write() as connection:
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
    name = f"machine@{platform.node()}"
    known = recall(database, name)
    if known is None:
        known = secrets.token_hex(8)
        remember(database, name, known)
    return known
