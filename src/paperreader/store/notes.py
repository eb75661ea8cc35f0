"""The person's notes, read."""

from __future__ import annotations

from paperreader.store.database import Database


def note(database: Database, rid: int) -> str:
    """The note of this paper, in Markdown; empty where there is none."""
    with database.read() as connection:
        row = connection.execute("SELECT text FROM note WHERE paper = ?", (rid,)).fetchone()
    return str(row[0]) if row else ""
