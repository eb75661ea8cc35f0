"""What feeds brought since the person was last here."""

from __future__ import annotations

from array import array

from paperreader.paper import IMPORT, MERGED, STARTER
from paperreader.store import meta
from paperreader.store.database import Database

_ENDED = "visit.ended"
_SINCE = "visit.since"


def begin_visit(database: Database, now: float) -> None:
    """From now on, what is new is what came after the last visit's end; at the first visit, all that feeds brought."""
    meta.remember(database, _SINCE, meta.recall(database, _ENDED) or "0.0")
    meta.remember(database, _ENDED, str(now))


def end_visit(database: Database, now: float) -> None:
    """What is there has been seen."""
    meta.remember(database, _ENDED, str(now))


def last_visit(database: Database) -> float:
    """When the visit before this one ended, in seconds since 1970; 0 where nobody has been here."""
    return float(meta.recall(database, _SINCE) or 0.0)


def since(database: Database, then: float) -> array[int]:
    """The papers that came after that time, told by a feed first; the last first, no removed or dismissed ones."""
    with database.read() as connection:
        rows = connection.execute(
            "SELECT rid FROM paper WHERE added > ? AND rid NOT IN (SELECT paper FROM removed) "
            "AND rid NOT IN (SELECT paper FROM state WHERE state = 'dismissed') "
            "AND (SELECT source FROM sighting WHERE paper = rid ORDER BY at LIMIT 1) NOT IN (?, ?, ?) "
            "ORDER BY added DESC, rid DESC",
            (then, STARTER, IMPORT, MERGED),
        )
        return array("q", (rid for (rid,) in rows.fetchall()))
