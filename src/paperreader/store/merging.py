"""The events of other machines, and what comes of them here.

The order in which events come does not matter, and coming twice changes nothing: what is kept is worked out from all
of them in the order of their clocks. Papers that an event says the person keeps, and that are not here, are made of
what it tells about them; events about other papers wait for these.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paperreader.store import events, recording, registers, settling
from paperreader.store.database import Database
from paperreader.store.describing import sighting
from paperreader.store.events import Event
from paperreader.store.marks import rids_of
from paperreader.store.refolding import Folded, Register, fold

_BATCH = 100
"""Events in one transaction."""
_NAMES = 500
"""Papers that they name."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge."""

    events: int
    """Events that were not here yet."""
    known: int
    """Events that were here already."""
    changed: int
    """Papers of which something that the person keeps is different now."""
    things: int
    """Lists, saved searches and feeds that are different now."""
    removed: int
    """Papers among the changed that the person keeps and that were removed elsewhere: they are in no view."""
    made: int
    """Papers made of what events tell about them."""
    waiting: int
    """Papers that events speak of and that are not here."""

    @property
    def sentence(self) -> str:
        """For the person."""
        parts = [f"{self.events:,} new {_noun(self.events, 'event')}, {self.known:,} known"]
        parts += [f"{_papers(self.changed)} changed"] if self.events or self.changed else []
        if self.things:
            parts.append(
                f"{self.things:,} {'list, search or feed' if self.things == 1 else 'lists, searches or feeds'} changed"
            )
        if self.removed:
            parts.append(f"{_papers(self.removed)} of yours {'was' if self.removed == 1 else 'were'} removed there")
        parts += [f"{_papers(self.made)} made"] if self.made else []
        if self.waiting:
            there, them = ("is", "it") if self.waiting == 1 else ("are", "them")
            parts.append(f"{_papers(self.waiting)} {there} not here: what was done with {them} waits")
        return "; ".join(parts) + "."


def _papers(count: int) -> str:
    return f"{count:,} {_noun(count, 'paper')}"


def _noun(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


def merge(database: Database, coming: Iterable[Event], now: float) -> Merged:
    """Take these events in, in short transactions: others can write meanwhile. Raises StoreError.

    Killed at any moment, some of the events are here, and what they say waits; merging again completes it.
    """
    total, new = _keep(database, coming)
    made = _make(database, now)
    changed = settling.take_effect(database)
    with database.read() as connection:
        removed = _lost(connection, changed.papers)
        waiting = connection.execute("SELECT count(*) FROM waiting").fetchone()[0]
    return Merged(new, total - new, len(changed.papers), changed.things, removed, made, waiting)


def _keep(database: Database, coming: Iterable[Event]) -> tuple[int, int]:
    """Write the events down; returns how many there were, and how many of them are new."""
    total = new = 0
    for part in _parts(coming):
        if len(part[0].papers) > _NAMES:
            _announce(database, part[0])
        with database.write(durable=True, patient=True) as connection:
            for event in part:
                total += 1
                if (kept := _inserted(connection, event)) is not None:
                    new += 1
                    settling.wait_for(connection, kept)
    return total, new


def _parts(coming: Iterable[Event]) -> Iterator[list[Event]]:
    """As many as one transaction takes; one that names more papers than that goes alone."""
    part: list[Event] = []
    names = 0
    for event in coming:
        names += len(event.papers)
        if part and (names > _NAMES or len(part) == _BATCH):
            yield part
            part, names = [], len(event.papers)
        part.append(event)
    if part:
        yield part


def _announce(database: Database, event: Event) -> None:
    """Let the many papers of one event wait for it before it is here: with it they would be too much at once."""
    with database.read() as connection:
        if events.one(connection, event.machine, event.counter) is not None:
            return
    for at in range(0, len(event.papers), _NAMES):
        with database.write(patient=True) as connection:
            settling.announce(connection, event.papers[at : at + _NAMES])


def _inserted(connection: sqlite3.Connection, event: Event) -> Event | None:
    """The event as it is kept; None where it was here already.

    Two events of one name come of a library file that was copied back by hand: both were done, both are kept, the
    second under a name made of what it says.
    """
    if events.insert(connection, event):
        return event
    if events.one(connection, event.machine, event.counter) == event:
        return None
    said = repr((event.clock, event.what, event.subject, event.papers, event.detail))
    other = event._replace(machine=f"{event.machine}~{hashlib.sha256(said.encode()).hexdigest()[:12]}")
    return other if events.insert(connection, other) else None


def _make(database: Database, now: float) -> int:
    """Make the papers that are kept and not here; returns how many."""
    with database.read() as connection:
        known = list(events.every(connection, by_clock=True))
        about: dict[str, dict[str, Any]] = {}
        for event in known:
            for key, told in event.detail.get("about", {}).items():
                about.setdefault(key, told)
        here = rids_of(connection, list(about))
        undone = events.undone(connection)
    absent = [key for key in about if key not in here]
    stand_ins = {key: -n for n, key in enumerate(absent, 1)}
    kept = _kept(fold(known, undone, stand_ins)) if absent else set()
    every = (sighting(about[key]) for key in absent if stand_ins[key] in kept)
    sightings = [told for told in every if told.identities]
    made = 0
    for at in range(0, len(sightings), recording.BATCH):
        with database.write(patient=True) as connection:
            made += recording.keep(connection, sightings[at : at + recording.BATCH], now).new
    return made


def _kept(folded: Mapping[Register, Folded]) -> set[int]:
    """The papers that the person keeps."""
    return {
        rid
        for (field, _, rid), (value, _) in folded.items()
        if value is not None and (field in registers.KEEPING or (field == "state" and value[0] == "reading"))
    }


def _lost(connection: sqlite3.Connection, rids: set[int]) -> int:
    """How many of these are removed though the person keeps them."""
    kept = " UNION ".join(f"SELECT paper FROM {table}" for table in ("bookmark", "rating", "note", "tag", "enlisted"))
    asked = f"SELECT count(*) FROM removed WHERE paper IN ({registers.THESE}) AND paper IN ({kept})"
    return int(connection.execute(asked, (registers.as_json(rids),)).fetchone()[0])
