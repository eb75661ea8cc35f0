"""What the person keeps, worked out anew from all events, for the papers and things that other events came of.

Inside the caller's transaction: a kill leaves everything as it was before.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from paperreader.store import events, folding, registers
from paperreader.store.events import Event
from paperreader.store.folding import Value
from paperreader.store.lists import TO_READ
from paperreader.store.marks import keys_of, touch
from paperreader.store.registers import NO_PAPER

Register = tuple[str, str, int]
"""A field, whose it is, and the paper; `NO_PAPER` for a thing without one."""

_AT_FIRST: dict[Register, Value] = {
    ("list", TO_READ, NO_PAPER): TO_READ,
    ("feed", "huggingface", NO_PAPER): "",
}


class Folded(NamedTuple):
    """A register after all events."""

    value: Value
    at: float
    """When the last event set it, in seconds since 1970."""


class Changed(NamedTuple):
    """What is different from before."""

    papers: set[int]
    things: int
    """Lists, saved searches, their digits, and feeds."""

    def with_(self, more: Changed) -> Changed:
        """Both."""
        return Changed(self.papers | more.papers, self.things + more.things)


def refold(connection: sqlite3.Connection, rids: Collection[int], things: Collection[tuple[str, str]] = ()) -> Changed:
    """Work out everything kept of these papers, and these things (field, name); returns what is different now."""
    ours = keys_of(connection, rids)
    names = frozenset(things)
    known = events.concerning(connection, ours, [of for _, of in names])
    return written(connection, fold(known, events.undone(connection), ours, names))


def fold(
    known: Iterable[Event],
    undone: Collection[tuple[str, int]],
    rows: Mapping[str, int],
    things: Collection[tuple[str, str]] = (),
) -> dict[Register, Folded]:
    """What comes of events, given in the order of their clocks, for the papers of these keys and these things.

    `undone` are those that do not count, as `events.undone` tells.
    """
    state: dict[Register, Folded] = {}
    for event in known:
        if event.subject is None:
            _take_in(event, state, rows, things, counts=(event.machine, event.counter) not in undone)
    return state


def _take_in(
    event: Event,
    state: dict[Register, Folded],
    rows: Mapping[str, int],
    things: Collection[tuple[str, str]],
    *,
    counts: bool,
) -> None:
    """Let an event have its way with the registers; one that does not count only says which there are."""
    revives = counts and event.what in folding.KEEPS and not event.auto
    for sets in event.sets:
        for i, key in enumerate(sets.papers):
            rid = rows.get(key) if key else _thing(sets, things)
            if rid is None:
                continue
            register = (sets.field, sets.of, rid)
            before = state[register] if register in state else Folded(_AT_FIRST.get(register), event.at)
            after = folding.done(sets, i, before.value) if counts else before.value
            state[register] = before if after == before.value else Folded(after, event.at)
            if revives and sets.to[i] is not None and (removed := ("removed", "", rid)) in state:
                state[removed] = Folded(None, event.at)


def settle(connection: sqlite3.Connection) -> set[int]:
    """Let events have their way with papers that have come since; returns those that changed."""
    if connection.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is None:
        return set()
    rows = connection.execute(
        "SELECT waiting.key, paper FROM waiting CROSS JOIN identity ON kind = substr(waiting.key, 1, "
        "instr(waiting.key, ':') - 1) AND folded = substr(waiting.key, instr(waiting.key, ':') + 1)"
    ).fetchall()
    if not rows:
        return set()
    connection.executemany("DELETE FROM waiting WHERE key = ?", ((key,) for key, _ in rows))
    rids = {rid for _, rid in rows}
    touch(connection, rids)
    return refold(connection, rids).papers


def _thing(sets: folding.Sets, things: Collection[tuple[str, str]]) -> int | None:
    return NO_PAPER if (sets.field, sets.of) in things else None


def written(connection: sqlite3.Connection, folded: Mapping[Register, Folded]) -> Changed:
    """Write what is different from what is there; returns it."""
    groups: defaultdict[tuple[str, str], dict[int, Folded]] = defaultdict(dict)
    for (field, of, rid), one in folded.items():
        if field in registers.FIELDS:  # a newer paperreader may know more
            groups[field, of][rid] = one
    changed, things = set[int](), 0
    for (field, of), values in groups.items():
        current = registers.get(connection, field, of, values)
        new = {rid: one for rid, one in values.items() if one.value != current.get(rid)}
        changed |= new.keys()
        things += NO_PAPER in new
        by_time: defaultdict[float, dict[int, Value]] = defaultdict(dict)
        for rid, one in new.items():
            by_time[one.at if field == "note" else 0.0][rid] = one.value
        for at, some in by_time.items():
            registers.put(connection, field, of, some, at)
    return Changed(changed - {NO_PAPER}, things)
