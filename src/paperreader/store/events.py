"""What the person did, in order: undo, dump and merge rest on it.

An event names its machine, a counter that only grows, the time, what was done and to which papers (by canonical
key: row numbers mean nothing elsewhere). One act is one event, however many papers it touches.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

REMEMBERED = 2_000
"""Events that undo looks back on: at least the last 1,000 acts, each with its undoing."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that the person did."""

    counter: int
    """Its number on this machine."""
    what: str
    """"bookmark", "unbookmark", "read", "unread", "remove", "restore"; "undo" and "redo" of another event."""
    detail: dict[str, Any]
    """`was`: the times that an un-marking took away; `of`: the event undone or redone; `auto`: not by a key."""


def write(
    connection: sqlite3.Connection, machine: str, at: float, what: str, *, papers: Sequence[str], detail: dict[str, Any]
) -> int:
    """Append an event inside the caller's transaction; returns its counter."""
    counter = connection.execute(
        "SELECT coalesce(max(counter), 0) + 1 FROM event WHERE machine = ?", (machine,)
    ).fetchone()[0]
    connection.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)",
        (machine, counter, at, what, json.dumps(papers, ensure_ascii=False), json.dumps(detail)),
    )
    return int(counter)


def papers_of(connection: sqlite3.Connection, machine: str, counter: int) -> list[str]:
    """The keys of the papers that an event touched."""
    row = connection.execute(
        "SELECT papers FROM event WHERE machine = ? AND counter = ?", (machine, counter)
    ).fetchone()
    return list(json.loads(row[0])) if row else []


def stacks(connection: sqlite3.Connection, machine: str) -> tuple[list[Event], list[Event]]:
    """What can be undone and what can be redone on this machine, the next one last."""
    rows = connection.execute(
        "SELECT counter, what, detail FROM event WHERE machine = ? ORDER BY counter DESC LIMIT ?",
        (machine, REMEMBERED),
    ).fetchall()
    return replayed([Event(counter, what, json.loads(detail)) for counter, what, detail in reversed(rows)])


def replayed(events: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """The undo and redo stacks after these events. A new act ends what could be redone, as everywhere."""
    undoable: list[Event] = []
    redoable: list[Event] = []
    known = {event.counter: event for event in events}
    for event in events:
        subject = known.get(event.detail.get("of", -1))
        if event.what in ("undo", "redo"):
            source, target = (undoable, redoable) if event.what == "undo" else (redoable, undoable)
            if subject is not None and subject in source:
                source.remove(subject)
                target.append(subject)
        elif not event.detail.get("auto"):
            undoable.append(event)
            redoable.clear()
    return undoable, redoable
