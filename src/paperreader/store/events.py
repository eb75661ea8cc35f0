"""What the person did, in order: undo, dump and merge rest on it.

An event names its machine, a counter that only grows, the time, what was done and to which papers (by canonical
key: row numbers mean nothing elsewhere). One act is one event, however many papers it touches.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from paperreader.store.folding import Only, Sets

UNDOABLE = 1_000
"""Acts that undo looks back on, whatever was undone, done again or happened by itself since."""

_SOUGHT = 40
_COLUMNS = "machine, counter, clock, at, what, auto, subject, papers, detail"


class Event(NamedTuple):
    """One thing that the person did."""

    machine: str
    counter: int
    """Its number on this machine."""
    clock: float
    """Where it stands among the events of all machines: its time, or later where its maker knew of a later event."""
    at: float
    """When, in seconds since 1970."""
    what: str
    """"bookmark", "tag", ...; "undo" and "redo" of another event."""
    detail: dict[str, Any]
    """`sets`: what it did to which fields; `told`: the name of the tag, list... ; `about`: papers, to be made of it."""
    papers: tuple[str, ...] = ()
    """Keys of the papers that it touched."""
    auto: bool = False
    """It happened by itself, not by a key: undo passes it over."""
    subject: int | None = None
    """The event of this machine that it undoes or does again."""

    @property
    def order(self) -> tuple[float, str, int]:
        """Its place among the events of all machines."""
        return self.clock, self.machine, self.counter

    @property
    def sets(self) -> list[Sets]:
        """What it did. Of events that undo or redo: nothing, that is for their subject to say."""
        if "sets" in self.detail:
            return [_decoded(one, self.papers) for one in self.detail["sets"]]
        return _as_first_written(self)


class Step(NamedTuple):
    """As much of an event as undo has to know."""

    counter: int
    subject: int | None = None
    undoes: bool = False


def write(
    connection: sqlite3.Connection,
    machine: str,
    at: float,
    what: str,
    *,
    papers: Sequence[str] = (),
    detail: dict[str, Any] | None = None,
    auto: bool = False,
    subject: int | None = None,
) -> Event:
    """Append an event inside the caller's transaction."""
    last = connection.execute("SELECT max(counter) FROM event WHERE machine = ?", (machine,)).fetchone()[0] or 0
    newest = connection.execute("SELECT max(clock) FROM event").fetchone()[0]
    clock = at if newest is None else max(at, math.nextafter(newest, math.inf))
    event = Event(
        machine=machine,
        counter=last + 1,
        clock=clock,
        at=at,
        what=what,
        papers=tuple(papers),
        detail=detail or {},
        auto=auto,
        subject=subject,
    )
    insert(connection, event)
    return event


def insert(connection: sqlite3.Connection, event: Event) -> bool:
    """Keep an event of this or another machine; False where it is here already."""
    return (
        connection.execute(
            f"INSERT OR IGNORE INTO event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(event.machine, event.counter, event.clock, event.at, event.what, event.auto, event.subject),
                *(_json(event.papers), _json(event.detail)),
            ),
        ).rowcount
        > 0
    )


def one(connection: sqlite3.Connection, machine: str, counter: int) -> Event | None:
    """The event of this name."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM event WHERE machine = ? AND counter = ?", (machine, counter)
    ).fetchone()
    return None if row is None else _read(row)


def every(connection: sqlite3.Connection, *, by_clock: bool = False) -> Iterator[Event]:
    """All events: in the order in which they came here, or in that of their clocks."""
    order = "clock, machine, counter" if by_clock else "seq"
    for row in connection.execute(f"SELECT {_COLUMNS} FROM event ORDER BY {order}"):
        yield _read(row)


def concerning(connection: sqlite3.Connection, keys: Collection[str], names: Collection[str]) -> Iterator[Event]:
    """In the order of their clocks the events that may be about these papers or things.

    Looked for as text, where it is for few: of 20,000 events a hundredth of the time that reading them all takes.
    """
    sought = [("papers", _json(key)) for key in keys] + [("detail", _json(name)) for name in names]
    if len(sought) > _SOUGHT:
        yield from every(connection, by_clock=True)
        return
    where = " OR ".join(f"instr({column}, ?)" for column, _ in sought) or "false"
    asked = f"SELECT {_COLUMNS} FROM event WHERE {where} ORDER BY clock, machine, counter"
    yield from map(_read, connection.execute(asked, [text for _, text in sought]))


def undone(connection: sqlite3.Connection) -> frozenset[tuple[str, int]]:
    """The events, by machine and counter, that were undone and not done again."""
    rows = connection.execute(
        "SELECT machine, subject, what FROM event WHERE what IN ('undo', 'redo') AND subject IS NOT NULL "
        "ORDER BY clock, machine, counter"
    )
    last = {(machine, subject): what for machine, subject, what in rows}
    return frozenset(name for name, what in last.items() if what == "undo")


def page(connection: sqlite3.Connection, after: int, limit: int) -> list[tuple[int, Event]]:
    """The next events that came here after the one of this number, each with its number."""
    rows = connection.execute(f"SELECT seq, {_COLUMNS} FROM event WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))
    return [(seq, _read(tuple(row))) for seq, *row in rows]


def stacks(connection: sqlite3.Connection, machine: str) -> tuple[list[int], list[int]]:
    """What can be undone and what can be redone on this machine, by counter, the next one last."""
    first = connection.execute(
        "SELECT counter FROM event WHERE machine = ? AND auto = 0 AND subject IS NULL "
        "ORDER BY counter DESC LIMIT 1 OFFSET ?",
        (machine, UNDOABLE - 1),
    ).fetchone()
    rows = connection.execute(
        "SELECT counter, subject, what FROM event WHERE machine = ? AND counter >= ? AND auto = 0 ORDER BY counter",
        (machine, first[0] if first else 0),
    )
    return replayed([Step(counter, subject, what == "undo") for counter, subject, what in rows])


def replayed(steps: Sequence[Step]) -> tuple[list[int], list[int]]:
    """The undo and redo stacks after these acts. A new act ends what could be redone, as everywhere."""
    undoable: list[int] = []
    redoable: list[int] = []
    for step in steps:
        if step.subject is None:
            undoable.append(step.counter)
            redoable.clear()
            continue
        source, target = (undoable, redoable) if step.undoes else (redoable, undoable)
        if source and step.subject == source[-1]:
            target.append(source.pop())
    return undoable, redoable


def encoded(sets: Sets, papers: Sequence[str]) -> dict[str, Any]:
    """As an event keeps it: values that all papers share once, papers by their place in the event's."""
    known: dict[str, Any] = {"field": sets.field}
    if sets.of:
        known["of"] = sets.of
    if sets.papers != tuple(papers) and sets.papers != ("",):
        place = {key: i for i, key in enumerate(papers)}
        known["papers"] = [place[key] for key in sets.papers]
    for name, values in (("was", sets.was), ("to", sets.to)):
        if any(value != values[0] for value in values):
            known[f"each_{name}"] = list(values)
        elif values[0] is not None:
            known[name] = values[0]
    if sets.only:
        known["only"] = sets.only
    return known


def _decoded(known: dict[str, Any], papers: tuple[str, ...]) -> Sets:
    if known["field"] in ("list", "saved", "digit", "feed"):
        mine: tuple[str, ...] = ("",)
    else:
        mine = tuple(papers[i] for i in known["papers"]) if "papers" in known else papers
    was = known.get("each_was", [known.get("was")] * len(mine))
    to = known.get("each_to", [known.get("to")] * len(mine))
    return Sets(known["field"], known.get("of", ""), mine, was, to, _ONLY[known.get("only")])


_ONLY: dict[object, Only] = {None: "", "absent": "absent", "present": "present"}
_FIRST_FIELDS = {
    "bookmark": ("bookmark", True),
    "unbookmark": ("bookmark", False),
    "read": ("state", True),
    "unread": ("state", False),
    "remove": ("removed", True),
    "restore": ("removed", False),
}


def _as_first_written(event: Event) -> list[Sets]:
    """Events of before there were `sets`: marks set at the event's time, or cleared with the times that `was` tells."""
    if event.what not in _FIRST_FIELDS or not event.papers:
        return []
    field, on = _FIRST_FIELDS[event.what]
    none = [None] * len(event.papers)
    times: list[float] = [event.at] * len(event.papers) if on else event.detail.get("was", [event.at] * len(none))
    values = [["read", at] if field == "state" else at for at in times]
    only: Only = "absent" if event.auto else ""
    return [Sets(field, "", event.papers, none if on else values, values if on else none, only)]


def _read(row: tuple[Any, ...]) -> Event:
    machine, counter, clock, at, what, auto, subject, papers, detail = row
    return Event(
        machine=machine,
        counter=counter,
        clock=clock,
        at=at,
        what=what,
        papers=tuple(json.loads(papers)),
        detail=json.loads(detail),
        auto=bool(auto),
        subject=subject,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
