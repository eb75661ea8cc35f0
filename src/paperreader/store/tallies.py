"""What sources counted, at which times: votes, ranks, comments, stars. Trending is computed from these."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from paperreader.paper import Sighting
from paperreader.store.database import Database
from paperreader.trending import Tally

_KEPT = 90 * 86_400
"""Seconds that a paper's tallies are kept beyond its newest: three months show a movement, years of them nothing."""


def keep(connection: sqlite3.Connection, rid: int, sighting: Sighting, now: float) -> None:
    """Note what this sighting counted, unless it is what its source counted last; and the day it was listed under.

    Runs inside the caller's transaction.
    """
    if sighting.listed:
        connection.execute("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", (sighting.listed, sighting.source, rid))
    counted = (sighting.rank, sighting.votes, sighting.comments, sighting.stars)
    if all(count is None for count in counted):
        return
    last = connection.execute(
        "SELECT rank, votes, comments, stars FROM tally WHERE paper = ? AND source = ? ORDER BY at DESC LIMIT 1",
        (rid, sighting.source),
    ).fetchone()
    if last == counted:
        return
    connection.execute(
        "INSERT OR REPLACE INTO tally (paper, source, at, rank, votes, comments, stars) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (rid, sighting.source, now, *counted),
    )
    connection.execute("DELETE FROM tally WHERE paper = ? AND at < ?", (rid, now - _KEPT))


def of(database: Database, rids: Sequence[int]) -> dict[int, list[Tally]]:
    """The tallies of these papers, the oldest first."""
    found: dict[int, list[Tally]] = {}
    with database.read() as connection:
        for rid in rids:
            rows = connection.execute(
                "SELECT source, at, rank, votes, comments, stars FROM tally WHERE paper = ? ORDER BY at", (rid,)
            )
            found[rid] = [Tally(*row) for row in rows]
    return found


def listed_between(database: Database, first: date, last: date) -> dict[int, str]:
    """The papers that a source listed under one of these days, with the latest such day."""
    with database.read() as connection:
        rows = connection.execute(
            "SELECT paper, max(day) FROM listed WHERE day BETWEEN ? AND ? "
            "AND paper NOT IN (SELECT paper FROM removed) GROUP BY paper",
            (first.isoformat(), last.isoformat()),
        )
        return dict(rows.fetchall())


def latest_day(database: Database, until: date | None = None) -> date | None:
    """The last day, not after `until`, that a source has listed papers under; None where there is none."""
    with database.read() as connection:
        row = connection.execute(
            "SELECT max(day) FROM listed WHERE day <= ?", ((until or date.max).isoformat(),)
        ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def earliest_day(database: Database, since: date) -> date | None:
    """The first day, not before `since`, that a source has listed papers under; None where there is none."""
    with database.read() as connection:
        row = connection.execute("SELECT min(day) FROM listed WHERE day >= ?", (since.isoformat(),)).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def ranks(database: Database, rids: Sequence[int]) -> dict[int, int]:
    """The last place that a source gave each of these papers in its own order, where one did."""
    found: dict[int, int] = {}
    for rid, tallies in of(database, rids).items():
        given = [tally.rank for tally in tallies if tally.rank is not None]
        if given:
            found[rid] = given[-1]
    return found
