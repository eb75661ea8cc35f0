"""Old papers that the person never touched, let go."""

from __future__ import annotations

from paperreader.paper import IMPORT, MERGED, STARTER
from paperreader.store.database import Database

_BATCH = 100
"""Papers in one transaction: each takes its names, sightings and counts along."""
_PRUNABLE = f"""
added < ?1 AND rid NOT IN (SELECT paper FROM touched) AND rid NOT IN (SELECT paper FROM kept)
AND NOT EXISTS (SELECT 1 FROM sighting WHERE paper = rid AND source IN ('{IMPORT}', '{STARTER}', '{MERGED}'))
AND NOT EXISTS (SELECT 1 FROM tally WHERE paper = rid AND at >= ?1)
"""


def prunable(database: Database, before: float) -> int:
    """How many papers came before that time (seconds since 1970), were counted last before it, and never touched.

    What the person brought with their own hands, and what came with the program, is not among them.
    """
    with database.read() as connection:
        return int(connection.execute(f"SELECT count(*) FROM paper WHERE {_PRUNABLE}", (before,)).fetchone()[0])


def prune(database: Database, before: float) -> int:
    """Delete them; returns how many. A paper that is touched meanwhile stays. Raises StoreError."""
    gone = 0
    while True:
        with database.write() as connection:
            count = connection.execute(
                f"DELETE FROM paper WHERE rid IN (SELECT rid FROM paper WHERE {_PRUNABLE} ORDER BY rid LIMIT {_BATCH})",
                (before,),
            ).rowcount
        gone += count
        if count < _BATCH:
            return gone
