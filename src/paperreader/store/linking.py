"""What is linked to papers, as it was when somebody asked: kept, so that it is there offline and can be asked for."""

from __future__ import annotations

import json
import sqlite3
from array import array
from dataclasses import astuple
from typing import Final

from paperreader.linked import KINDS, Kind, Linked, Links
from paperreader.store.database import Database

_COLUMNS: Final[dict[Kind, str]] = {"model": "models", "dataset": "datasets", "space": "spaces"}


def keep(database: Database, rid: int, links: Links, now: float) -> None:
    """Remember it in place of what was known; of a paper that went meanwhile nothing is kept. Raises StoreError."""
    told = json.dumps([astuple(each) for each in links.linked], ensure_ascii=False)
    counts = [links.totals.get(kind, 0) for kind in KINDS]
    with database.write() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO linked SELECT rid, ?, ?, ?, ?, ? FROM paper WHERE rid = ?",
            (now, *counts, told, rid),
        )


def known(database: Database, rid: int) -> Links | None:
    """What was told last; None where nobody has asked. Raises StoreError."""
    with database.read() as connection:
        if not _there(database, connection):
            return None
        row = connection.execute(
            f"SELECT told, {', '.join(_COLUMNS.values())} FROM linked WHERE paper = ?", (rid,)
        ).fetchone()
    if row is None:
        return None
    told, *totals = row
    return Links(tuple(Linked(*each) for each in json.loads(told)), dict(zip(_COLUMNS, totals, strict=True)))


def with_linked(database: Database, kind: str) -> array[int]:
    """Papers of which it is known that a repository of this kind, of KINDS, names them. Raises StoreError."""
    (column,) = (column for known, column in _COLUMNS.items() if known == kind)
    with database.read() as connection:
        if not _there(database, connection):
            return array("q")
        rows = connection.execute(f"SELECT paper FROM linked WHERE {column} > 0").fetchall()
    return array("q", (rid for (rid,) in rows))


def _there(database: Database, connection: sqlite3.Connection) -> bool:
    """Whether the library is as new as that: an older one that cannot be written is read as it is."""
    if not database.read_only:
        return True
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'linked'").fetchone() is not None
