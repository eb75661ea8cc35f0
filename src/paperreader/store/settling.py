"""What came of another machine's events, written in short transactions: worked out beside, so that nobody waits.

`waiting` holds the keys of papers and the names of things ("list:llm") that events speak of and that have not been
worked out since: with those of papers that are not here it stays so. A kill leaves them there, and the next merge goes
on. What somebody else does meanwhile to a paper or a thing puts it off to the next pass.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from paperreader.store import events
from paperreader.store.database import Database
from paperreader.store.events import Event
from paperreader.store.marks import rids_of, touch
from paperreader.store.refolding import Changed, Folded, Register, fold, written
from paperreader.store.registers import NO_PAPER, THESE, as_json

_THINGS = ("list", "saved", "digit", "feed")
_BATCH = 100
"""Papers in one transaction: some milliseconds."""
_PASSES = 5
"""After that many the rest is worked out with the library locked: somebody writes all the time."""
_ALL = -1
"""SQLite's LIMIT that is none."""


def wait_for(connection: sqlite3.Connection, event: Event) -> None:
    """What this new event speaks of is to be worked out."""
    announce(connection, list(_spoken_of(connection, event)))


def announce(connection: sqlite3.Connection, names: Sequence[str]) -> None:
    """These keys and names are to be worked out."""
    connection.execute(f"INSERT OR IGNORE INTO waiting {THESE}", (as_json(names),))


def take_effect(database: Database) -> Changed:
    """Work out and write all that waits and is here; returns what changed. Raises StoreError."""
    changed = Changed(set(), 0)
    for _ in range(_PASSES):
        with database.read() as connection:
            plan = _planned(connection)
        if plan is None:
            return changed
        for part in plan.parts():
            with database.write(patient=True) as connection:
                changed = changed.with_(_carried_out(connection, plan, part))
    with database.write(patient=True) as connection:
        plan = _planned(connection)
        if plan is not None:
            for part in plan.parts():
                changed = changed.with_(_carried_out(connection, plan, part))
    return changed


@dataclass(frozen=True, slots=True)
class _Plan:
    seq: int
    """The last event that it knows of."""
    keys: dict[int, list[str]]
    """Of each paper: by which keys events and `waiting` name it; of no paper the names of things."""
    folded: dict[int, dict[Register, Folded]]
    described: frozenset[int]

    def parts(self) -> Iterator[list[int]]:
        rids = sorted(self.keys)
        return (rids[at : at + _BATCH] for at in range(0, len(rids), _BATCH))


def _planned(connection: sqlite3.Connection) -> _Plan | None:
    seq = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
    waiting = [key for (key,) in connection.execute("SELECT key FROM waiting")]
    things = [name for name in waiting if name.partition(":")[0] in _THINGS]
    here = set(rids_of(connection, waiting).values())
    if not (here or things):
        return None
    known = list(events.every(connection, by_clock=True))
    named = dict.fromkeys(chain(waiting, (key for event in known for key in event.papers)))
    rows = {key: rid for key, rid in rids_of(connection, list(named)).items() if rid in here}
    folded: defaultdict[int, dict[Register, Folded]] = defaultdict(dict)
    for register, one in fold(known, events.undone(connection), rows, {_thing(name) for name in things}).items():
        folded[register[2]][register] = one
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for key, rid in rows.items():
        keys[rid].append(key)
    if things:
        keys[NO_PAPER] = things
    told = {rows[key] for event in known for key in event.detail.get("about", {}) if key in rows}
    return _Plan(seq, dict(keys), dict(folded), frozenset(told))


def _carried_out(connection: sqlite3.Connection, plan: _Plan, part: Sequence[int]) -> Changed:
    """Write these papers' part of the plan, but for those that are others now or that somebody did something to."""
    others = _since(connection, plan.seq)
    rows = rids_of(connection, [key for rid in part for key in plan.keys[rid]])
    spoken_of = set(rids_of(connection, list(others)).values())
    rids = [rid for rid in part if rid not in spoken_of and _is_as_planned(plan, rid, rows, others)]
    papers = [rid for rid in rids if rid != NO_PAPER]
    touch(connection, papers)
    connection.execute(
        f"UPDATE touched SET described = 1 WHERE paper IN ({THESE})",
        (as_json(plan.described.intersection(papers)),),
    )
    settled = [key for rid in rids for key in plan.keys[rid]]
    connection.execute(f"DELETE FROM waiting WHERE key IN ({THESE})", (as_json(settled),))
    return written(connection, {register: one for rid in rids for register, one in plan.folded.get(rid, {}).items()})


def _is_as_planned(plan: _Plan, rid: int, rows: dict[str, int], others: set[str]) -> bool:
    keys = plan.keys[rid]
    if rid == NO_PAPER:
        return others.isdisjoint(keys)
    return all(rows.get(key) == rid for key in keys)


def _since(connection: sqlite3.Connection, seq: int) -> set[str]:
    """The keys and names that events speak of which came after that one."""
    return {name for _, event in events.page(connection, seq, _ALL) for name in _spoken_of(connection, event)}


def _spoken_of(connection: sqlite3.Connection, event: Event) -> Iterator[str]:
    subject = event
    if event.subject is not None:
        subject = events.one(connection, event.machine, event.subject) or event
    yield from event.papers
    yield from subject.papers
    yield from (f"{sets.field}:{sets.of}" for sets in subject.sets if sets.papers == ("",))


def _thing(name: str) -> tuple[str, str]:
    field, _, of = name.partition(":")
    return field, of
