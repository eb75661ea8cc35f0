"""What sources counted, at which times: votes, ranks, comments, stars. Trending is computed from these."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from paperreader.paper import STARTER, Sighting
from paperreader.store.database import Database
from paperreader.trending import Tally

_SHOWN = (
    "EXISTS (SELECT 1 FROM tally WHERE tally.paper = listed.paper AND tally.source = listed.source) "
    "AND paper NOT IN (SELECT paper FROM removed) AND paper NOT IN (SELECT paper FROM state WHERE state = 'dismissed')"
)
"""Only a list that counts makes a day: arXiv announces a thousand papers each day, some of them again, and the few of
these that Hugging Face once listed would hide what it lists today."""
_COUNTS = ("rank", "votes", "comments", "stars")
_TOGETHER = ", ".join(f"{count} = coalesce(excluded.{count}, {count})" for count in _COUNTS)
_LAST = ", ".join(
    f"(SELECT {count} FROM tally WHERE paper = ?1 AND source = ?2 AND {count} IS NOT NULL ORDER BY at DESC LIMIT 1)"
    for count in _COUNTS
)
_KEPT = 90 * 86_400
"""Seconds that a paper's tallies are kept beyond its newest: three months show a movement, years of them nothing."""


def keep(connection: sqlite3.Connection, rid: int, sighting: Sighting, now: float) -> None:
    """Note what this sighting counted, unless it is what its source counted last; and the day it was listed under.

    A list that says nothing of a rank contradicts none. The papers that came with the program are of no day. Runs
    inside the caller's transaction.
    """
    if sighting.source == STARTER:
        return
    if sighting.listed:
        connection.execute("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", (sighting.listed, sighting.source, rid))
    counted = (sighting.rank, sighting.votes, sighting.comments, sighting.stars)
    if all(count is None for count in counted):
        return
    last = connection.execute(f"SELECT {_LAST}", (rid, sighting.source)).fetchone()
    if all(count is None or count == before for count, before in zip(counted, last, strict=True)):
        return
    connection.execute(
        "INSERT INTO tally (paper, source, at, rank, votes, comments, stars) VALUES (?, ?, ?, ?, ?, ?, ?) "
        f"ON CONFLICT DO UPDATE SET {_TOGETHER}",
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
    """The papers that a source listed under one of these days and counted, with the latest such day."""
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT paper, max(day) FROM listed WHERE day BETWEEN ? AND ? AND {_SHOWN} GROUP BY paper",
            (first.isoformat(), last.isoformat()),
        )
        return dict(rows.fetchall())


def latest_day(database: Database, until: date) -> date | None:
    """The last day, not after `until`, under which a source listed papers that are counted; None if there is none."""
    return _day(database, f"day <= ? AND {_SHOWN} ORDER BY day DESC", until)


def earliest_day(database: Database, since: date) -> date | None:
    """The first such day, not before `since`."""
    return _day(database, f"day >= ? AND {_SHOWN} ORDER BY day", since)


def ranks(database: Database) -> dict[int, int]:
    """The places that sources give papers in their own order now, from 1.

    A place has one holder: who was last seen in it. So a paper that fell out of the list has none.
    """
    with database.read() as connection:
        rows = connection.execute(
            "SELECT paper, rank, max(at) FROM tally WHERE rank IS NOT NULL GROUP BY source, rank ORDER BY max(at)"
        ).fetchall()
    return {paper: rank for paper, rank, _ in rows}


def _day(database: Database, clause: str, day: date) -> date | None:
    with database.read() as connection:
        row = connection.execute(f"SELECT day FROM listed WHERE {clause} LIMIT 1", (day.isoformat(),)).fetchone()
    return date.fromisoformat(row[0]) if row else None
