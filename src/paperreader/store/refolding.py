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
from paperreader.store.marks import rids_of, touch

Register = tuple[str, str, int]
"""A field, whose it is, and the paper; `registers.NO_PAPER` for a thing without one."""

_AT_FIRST: dict[Register, Value] = {
    ("list", TO_READ, registers.NO_PAPER): TO_READ,
    ("feed", "huggingface", registers.NO_PAPER): "",
}


class Folded(NamedTuple):
    """A register after all events."""

    value: Value
    at: float
    """When the last event set it, in seconds since 1970."""


def refold(connection: sqlite3.Connection, rids: Collection[int], things: Collection[tuple[str, str]] = ()) -> set[int]:
    """Work out everything kept of these papers, and these things (field, name); returns the papers that changed."""
    wanted = frozenset(rids)
    known = list(events.every(connection, by_clock=True))
    rows = rids_of(connection, list(dict.fromkeys(key for event in known for key in event.papers)))
    ours = {key: rid for key, rid in rows.items() if rid in wanted}
    folded = fold(known, ours, frozenset(things))
    return written(connection, folded)


def fold(
    known: Iterable[Event], rows: Mapping[str, int], things: Collection[tuple[str, str]]
) -> dict[Register, Folded]:
    """What comes of events, given in the order of their clocks, for the papers of these keys and these things."""
    by_name: dict[tuple[str, int], Event] = {}
    state: dict[Register, Folded] = {}
    ordered = list(known)
    for event in ordered:
        by_name[event.machine, event.counter] = event
    for event in ordered:
        subject = event if event.subject is None else by_name.get((event.machine, event.subject))
        if subject is None:
            continue  # what it undoes has not come here yet
        step = _STEPS.get(event.what, folding.done) if event.subject is not None else folding.done
        for sets in subject.sets:
            for i, key in enumerate(sets.papers):
                rid = rows.get(key) if key else _thing(sets, things)
                if rid is None:
                    continue
                register = (sets.field, sets.of, rid)
                before = state[register].value if register in state else _AT_FIRST.get(register)
                after = step(sets, i, before)
                if register not in state or after != before:
                    state[register] = Folded(after, event.at)
    return state


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
    return refold(connection, rids)


def _thing(sets: folding.Sets, things: Collection[tuple[str, str]]) -> int | None:
    return registers.NO_PAPER if (sets.field, sets.of) in things else None


def written(connection: sqlite3.Connection, folded: Mapping[Register, Folded]) -> set[int]:
    """Write what is different from what is there; returns the papers of which something is."""
    groups: defaultdict[tuple[str, str], dict[int, Folded]] = defaultdict(dict)
    for (field, of, rid), one in folded.items():
        if field in registers.FIELDS:  # a newer paperreader may know more
            groups[field, of][rid] = one
    changed: set[int] = set()
    for (field, of), values in groups.items():
        current = registers.get(connection, field, of, values)
        new = {rid: one for rid, one in values.items() if one.value != current.get(rid)}
        changed |= new.keys()
        by_time: defaultdict[float, dict[int, Value]] = defaultdict(dict)
        for rid, one in new.items():
            by_time[one.at if field == "note" else 0.0][rid] = one.value
        for at, some in by_time.items():
            registers.put(connection, field, of, some, at)
    return changed - {registers.NO_PAPER}


_STEPS = {"undo": folding.undone, "redo": folding.redone}
