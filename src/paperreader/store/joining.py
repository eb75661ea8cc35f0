"""Two rows that turn out to be one paper: the second is folded into the first, the person's marks with it."""

from __future__ import annotations

import sqlite3

from paperreader.store import events, registers
from paperreader.store.folding import Sets
from paperreader.store.meta import machine
from paperreader.store.refolding import refold

_MOVED = (
    *("identity", "sighting", "tally", "listed", "bookmark", "rating", "tag", "enlisted", "touched", "digest_paper"),
    *("citation_key", "linked"),
)


def join(connection: sqlite3.Connection, other: int, *, into: int, now: float) -> None:
    """Fold row `other` into row `into` and delete it. Runs inside the caller's transaction.

    What both have stays as the first one has it; a bookmark or a reading of either counts, and both notes are kept. A
    removal does not move: the paper that is seen stays seen.
    """
    _join_notes(connection, other, into)
    _join_states(connection, other, into)
    for table in _MOVED:
        connection.execute(f"UPDATE OR IGNORE {table} SET paper = ? WHERE paper = ?", (into, other))
        connection.execute(f"DELETE FROM {table} WHERE paper = ?", (other,))
    gone = connection.execute("DELETE FROM removed WHERE paper = ?", (other,)).rowcount
    _fill(connection, into, other)
    connection.execute("DELETE FROM paper WHERE rid = ?", (other,))
    if connection.execute("SELECT 1 FROM touched WHERE paper = ?", (into,)).fetchone() is None:
        return
    if gone and not registers.get(connection, "removed", "", [into]):
        key = connection.execute("SELECT key FROM paper WHERE rid = ?", (into,)).fetchone()[0]
        sets = events.encoded(Sets("removed", "", (key,), [now], [None]), [key])
        events.write(connection, machine(connection), now, "restore", papers=[key], detail={"sets": [sets]}, auto=True)
    refold(connection, [into])


def _join_notes(connection: sqlite3.Connection, other: int, into: int) -> None:
    notes = registers.get(connection, "note", "", [other, into])
    if other in notes:
        both = list(dict.fromkeys([*notes.get(into, []), *notes[other]]))
        at = connection.execute("SELECT max(at) FROM note WHERE paper IN (?, ?)", (other, into)).fetchone()[0]
        registers.put(connection, "note", "", {into: both, other: None}, at)


def _join_states(connection: sqlite3.Connection, other: int, into: int) -> None:
    states = registers.get(connection, "state", "", [other, into])
    if other in states:
        registers.put(connection, "state", "", {into: states.get(into, states[other]), other: None}, 0.0)


def _fill(connection: sqlite3.Connection, into: int, other: int) -> None:
    """Take from the other row what the first one has empty."""
    for column, empty in _EMPTY.items():
        connection.execute(
            f"UPDATE paper SET {column} = (SELECT {column} FROM paper WHERE rid = ?) WHERE rid = ? AND {column} IS ?",
            (other, into, empty),
        )


_EMPTY: dict[str, str | None] = {
    **dict.fromkeys(
        ("published", "arxiv_id", "doi", "other_id", "code", "url", "summary", "abstract", "bibliography"), ""
    ),
    **dict.fromkeys(("project", "organisation", "submitter", "thumbnail", "remark", "journal", "venue"), ""),
    **dict.fromkeys(("licence", "tldr"), ""),
    **dict.fromkeys(("authors", "keywords", "categories"), "[]"),
    **dict.fromkeys(("votes", "comments", "stars", "version", "citations", "influential_citations"), None),
}
