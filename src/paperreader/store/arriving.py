"""What a digest may tell of: papers that feeds brought since the last one, and new versions of bookmarked papers.

Since when is told by a row, not by a time: rows are given in the order in which papers are committed, so a paper that
was being recorded while a digest was composed belongs to the next one, whatever the clock says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from paperreader.paper import IMPORT, MERGED, STARTER
from paperreader.store.database import Database

_WANTED = "NOT IN (SELECT paper FROM removed UNION ALL SELECT paper FROM state WHERE state = 'dismissed')"
_SHOWN = f"EXISTS (SELECT 1 FROM tally WHERE tally.paper = listed.paper) AND paper {_WANTED}"
_COUNTED_SINCE = (
    "(SELECT min(at) FROM sighting WHERE sighting.paper = listed.paper"
    " AND source IN (SELECT source FROM tally WHERE tally.paper = listed.paper)) > ?3"
)
"""When a source that counts first told of it: arXiv may have announced it days before people voted for it."""


def highest(database: Database, before: float | None = None) -> int:
    """The highest row of a paper that there is, or was by then (seconds since 1970); 0 where there is none."""
    with database.read() as connection:
        if before is None:
            row = connection.execute("SELECT max(rid) FROM paper").fetchone()
        else:
            row = connection.execute("SELECT max(rid) FROM paper WHERE added <= ?", (before,)).fetchone()
    return int(row[0] or 0)


def listed_since(database: Database, through: int, at: float, days: date) -> dict[int, str]:
    """The papers that can trend and are new since then, each with the latest day it was listed under.

    New are those above row `through`, of whatever day, and those listed under `days` or later of which a source that
    counts first told after `at`, in seconds since 1970.
    """
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT paper, max(day) FROM listed WHERE (paper > ?1 OR (day >= ?2 AND {_COUNTED_SINCE})) AND {_SHOWN} "
            "GROUP BY paper",
            (through, days.isoformat(), at),
        )
        return dict(rows.fetchall())


def brought_since(database: Database, through: int) -> list[int]:
    """The papers above row `through` that a feed told of first; the last first."""
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT rid FROM paper WHERE rid > ? AND rid {_WANTED} "
            "AND (SELECT source FROM sighting WHERE paper = rid ORDER BY at LIMIT 1) NOT IN (?, ?, ?) "
            "ORDER BY rid DESC",
            (through, STARTER, IMPORT, MERGED),
        )
        return [rid for (rid,) in rows]


def revised_since(database: Database, recipient: str, at: float) -> Mapping[int, int]:
    """Bookmarked papers of which a newer version came after `at`, with the version, the last one first.

    Left out: what came before the bookmark, and what a digest of the recipient has told since it came.
    """
    with database.read() as connection:
        rows = connection.execute(
            "SELECT revised.paper, revised.version FROM revised JOIN bookmark USING (paper) "
            "WHERE revised.at > ?1 AND revised.at > bookmark.at "
            f"AND paper {_WANTED} "
            "AND NOT EXISTS (SELECT 1 FROM digest_paper JOIN digest ON digest.id = digest_paper.digest "
            "    WHERE digest_paper.paper = revised.paper AND place IS NOT NULL AND recipient = ?2 "
            "    AND state != 'failed' AND digest.at >= revised.at) "
            "ORDER BY revised.at DESC, revised.paper DESC",
            (at, recipient),
        )
        return dict(rows.fetchall())
