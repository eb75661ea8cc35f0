"""Two rows that turn out to be one paper: the second is folded into the first, the person's marks with it."""

from __future__ import annotations

import sqlite3

_MOVED = ("identity", "sighting", "tally", "listed", "bookmark", "reading", "digest_paper")


def join(connection: sqlite3.Connection, other: int, *, into: int) -> None:
    """Fold row `other` into row `into` and delete it. Runs inside the caller's transaction.

    What both have stays as the first one has it; a bookmark or a reading of either counts. A removal does not
    move: the paper that is seen stays seen.
    """
    for table in _MOVED:
        connection.execute(f"UPDATE OR IGNORE {table} SET paper = ? WHERE paper = ?", (into, other))
        connection.execute(f"DELETE FROM {table} WHERE paper = ?", (other,))
    connection.execute("DELETE FROM removed WHERE paper = ?", (other,))
    _fill(connection, into, other)
    connection.execute("DELETE FROM paper WHERE rid = ?", (other,))


def _fill(connection: sqlite3.Connection, into: int, other: int) -> None:
    """Take from the other row what the first one has empty."""
    for column, empty in _EMPTY.items():
        connection.execute(
            f"UPDATE paper SET {column} = (SELECT {column} FROM paper WHERE rid = ?) WHERE rid = ? AND {column} IS ?",
            (other, into, empty),
        )


_EMPTY: dict[str, str | None] = {
    **dict.fromkeys(("published", "arxiv_id", "doi", "other_id", "code", "url", "summary", "abstract"), ""),
    **dict.fromkeys(("project", "organisation", "submitter", "thumbnail", "remark", "journal", "venue"), ""),
    **dict.fromkeys(("licence", "tldr"), ""),
    **dict.fromkeys(("authors", "keywords", "categories"), "[]"),
    **dict.fromkeys(("votes", "comments", "stars", "version", "citations", "influential_citations"), None),
}
