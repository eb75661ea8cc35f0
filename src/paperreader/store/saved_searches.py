"""Searches that the person saved, read; and what of each was seen last."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from paperreader.plain import folded
from paperreader.store.database import Database

_STATEMENT = """
SELECT id, name, question, (SELECT CAST(min(digit) AS INTEGER) FROM digit WHERE saved = id), seen
FROM saved WHERE name IS NOT NULL
"""


class SavedSearch(NamedTuple):
    """A question under a name."""

    id: str
    """The same on all machines, whatever it is called."""
    name: str
    question: str
    digit: int | None
    """The key that opens it, 7 to 9."""
    seen: int
    """The newest paper, by id, that the library had when the person looked at it last; 0 if never."""


def saved(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """All of them: those with a digit first, then by name."""
    rows = [SavedSearch(*row) for row in connection.execute(_STATEMENT)]
    return tuple(sorted(rows, key=lambda one: (one.digit or 10, folded(one.name), one.id)))


def note_seen(database: Database, key: str) -> None:
    """All that the library has now was seen: what comes later is unseen."""
    with database.write() as connection:
        connection.execute("UPDATE saved SET seen = (SELECT coalesce(max(rid), 0) FROM paper) WHERE id = ?", (key,))
