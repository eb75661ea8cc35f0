"""What the index has not yet heard of.

Triggers write a line for every paper that came, went or changed its words; the index drains them. A crash between
the index's commit and `forget` repeats work and loses none.
"""

from __future__ import annotations

from typing import NamedTuple

from paperreader.store.database import Database


class Pending(NamedTuple):
    """Changes to be told to the index."""

    through: int
    """The number of the last change in here: what to `forget` when the index has it."""
    papers: tuple[int, ...]
    """The papers concerned, each once; one that is no longer in the library went."""


def pending(database: Database, after: int, limit: int) -> Pending:
    """The oldest changes after the one numbered `after`, at most `limit` lines of them."""
    with database.read() as connection:
        lines = connection.execute(
            "SELECT seq, paper FROM change WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
        ).fetchall()
    return Pending(lines[-1][0] if lines else after, tuple(dict.fromkeys(paper for _, paper in lines)))


def lag(database: Database, after: int) -> int:
    """How many papers changed after the change numbered `after`."""
    with database.read() as connection:
        row = connection.execute("SELECT count(DISTINCT paper) FROM change WHERE seq > ?", (after,)).fetchone()
    return int(row[0])


def span(database: Database) -> tuple[int, int]:
    """The number of the last change forgotten, and of the last one ever made.

    An index that has heard less than the first or more than the second belongs to another state of this library
    (a backup brought back, a cache folder copied): it wants rebuilding.
    """
    with database.read() as connection:
        forgotten = connection.execute("SELECT value FROM meta WHERE name = 'forgotten'").fetchone()
        made = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
    return int(forgotten[0]) if forgotten else 0, int(made[0]) if made else 0


def forget(database: Database, through: int) -> None:
    """The index has committed everything up to this change."""
    with database.write() as connection:
        connection.execute("DELETE FROM change WHERE seq <= ?", (through,))
        connection.execute(
            "INSERT INTO meta VALUES ('forgotten', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1 "
            "WHERE CAST(value AS INTEGER) < CAST(?1 AS INTEGER)",
            (str(through),),
        )
