"""Undo and redo: an event says that another one does not count, or counts again; the state follows from all events."""

from __future__ import annotations

import sqlite3
from typing import Literal

from paperreader.store import events
from paperreader.store.database import Database
from paperreader.store.marks import Act, rids_of
from paperreader.store.refolding import refold


def undo(database: Database, machine: str, now: float) -> Act | None:
    """Undo the last act of this machine that is not undone; None if there is none."""
    with database.write(durable=True) as connection:
        return _step(connection, machine, now, "undo")


def redo(database: Database, machine: str, now: float) -> Act | None:
    """Do again what was undone last; None if something else was done since."""
    with database.write(durable=True) as connection:
        return _step(connection, machine, now, "redo")


def _step(connection: sqlite3.Connection, machine: str, now: float, way: Literal["undo", "redo"]) -> Act | None:
    stack = events.stacks(connection, machine)[way == "redo"]
    if not stack:
        return None
    event = events.one(connection, machine, stack[-1])
    assert event is not None  # its counter was read in this transaction
    events.write(connection, machine, now, way, papers=event.papers, subject=event.counter)
    things = {(sets.field, sets.of) for sets in event.sets if sets.papers == ("",)}
    rids = list(dict.fromkeys(rids_of(connection, event.papers).values()))
    changed = refold(connection, rids, things)
    told, before = event.detail.get("told", ""), event.detail.get("before", "")
    different = bool(changed.papers or changed.things)
    return Act(event.what, tuple(rid for rid in rids if rid in changed.papers), told, before, changed=different)
