"""The events of other machines, and what comes of them here.

The order in which events come does not matter, and coming twice changes nothing: what is kept is worked out from all
of them in the order of their clocks. Papers that an event says the person keeps, and that are not here, are made of
what it tells about them; events about other papers wait for these.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paperreader.paper import MERGED, Sighting
from paperreader.plain import storable
from paperreader.store import events, recording, registers
from paperreader.store.database import Database
from paperreader.store.events import Event
from paperreader.store.marks import rids_of, touch
from paperreader.store.refolding import Folded, Register, fold, refold

_TEXTS = (
    *("title", "arxiv_id", "doi", "id", "published", "abstract", "summary", "code", "url", "project", "journal"),
    "venue",
)
_LISTS = ("authors", "keywords", "categories")


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge."""

    events: int
    """Events that were not here yet."""
    known: int
    """Events that were here already."""
    changed: int
    """Papers of which something that the person keeps is different now."""
    made: int
    """Papers made of what events tell about them."""
    waiting: int
    """Papers that events speak of and that are not here."""

    @property
    def sentence(self) -> str:
        """For the person."""
        parts = [f"{self.events:,} new events, {self.known:,} known"]
        parts += [f"{self.changed:,} papers changed"] if self.events else []
        parts += [f"{self.made:,} papers made"] if self.made else []
        parts += [f"{self.waiting:,} papers are not here: what was done with them waits"] if self.waiting else []
        return "; ".join(parts) + "."


def merge(database: Database, coming: Iterable[Event], now: float) -> Merged:
    """Take these events in, in one transaction: all or, killed at any moment, none. Raises StoreError."""
    with database.write(durable=True) as connection:
        total, new = 0, []
        for event in coming:
            total += 1
            if (kept := _inserted(connection, event)) is not None:
                new.append(kept)
        made = _make(connection, now) if new else 0
        changed = _take_effect(connection, new) if new else set()
        waiting = connection.execute("SELECT count(*) FROM waiting").fetchone()[0]
    return Merged(len(new), total - len(new), len(changed), made, waiting)


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


def _make(connection: sqlite3.Connection, now: float) -> int:
    """Make the papers that are kept and not here; returns how many."""
    known = list(events.every(connection, by_clock=True))
    about: dict[str, dict[str, Any]] = {}
    for event in known:
        for key, told in event.detail.get("about", {}).items():
            about.setdefault(key, told)
    here = rids_of(connection, list(about))
    absent = [key for key in about if key not in here]
    if not absent:
        return 0
    stand_ins = {key: -n for n, key in enumerate(absent, 1)}
    kept = _kept(fold(known, stand_ins, ()))
    sightings = [_sighting(about[key]) for key in absent if stand_ins[key] in kept]
    sums = recording.keep(connection, [one for one in sightings if one.identities], now)
    return sums.new


def _kept(folded: Mapping[Register, Folded]) -> set[int]:
    """The papers that the person keeps."""
    return {
        rid
        for (field, _, rid), (value, _) in folded.items()
        if value is not None and (field in registers.KEEPING or (field == "state" and value[0] == "reading"))
    }


def _take_effect(connection: sqlite3.Connection, new: Sequence[Event]) -> set[int]:
    """Work out what the new events touch; what they say of papers that are not here waits."""
    touched: dict[str, None] = {}
    things: dict[tuple[str, str], None] = {}
    for event in new:
        subject = event
        if event.subject is not None:
            subject = events.one(connection, event.machine, event.subject) or event
        touched |= dict.fromkeys((*event.papers, *subject.papers))
        things |= dict.fromkeys((sets.field, sets.of) for sets in subject.sets if sets.papers == ("",))
    rows = rids_of(connection, list(touched))
    connection.executemany("INSERT OR IGNORE INTO waiting VALUES (?)", ((key,) for key in touched if key not in rows))
    rids = set(rows.values())
    touch(connection, rids)
    described = {rows[key] for event in new for key in event.detail.get("about", {}) if key in rows}
    connection.execute(
        f"UPDATE touched SET described = 1 WHERE paper IN ({registers.THESE})", (registers.as_json(described),)
    )
    return refold(connection, rids, things)


def _sighting(told: Mapping[str, Any]) -> Sighting:
    """What an event tells about a paper, as a source would; what is no text is left out."""
    texts: dict[str, Any] = {name: storable(told[name]) for name in _TEXTS if isinstance(told.get(name), str)}
    lists: dict[str, Any] = {
        name: tuple(storable(word) for word in told[name] if isinstance(word, str))
        for name in _LISTS
        if isinstance(told.get(name), list)
    }
    return Sighting(source=MERGED, **texts, **lists)
