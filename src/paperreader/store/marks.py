"""What the person does: written at once, each act with its event in one transaction, all of it undoable."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from paperreader.store import events, registers
from paperreader.store.database import Database
from paperreader.store.describing import described
from paperreader.store.folding import KEEPS, Only, Sets, Value, done, present, same, shown
from paperreader.store.registers import NO_PAPER, THESE, as_json


class Wish(NamedTuple):
    """A field as it shall be."""

    field: str
    """As in `folding.Sets`."""
    values: Mapping[int, Value]
    """For each paper, by id, what it shall be; NO_PAPER for a thing without one."""
    of: str = ""
    """Which tag, list, saved search, digit."""
    base: str | None = None
    """Of a note: the text that was before the person; None is the one that is there."""
    only: Only = ""
    """Whether only an empty register is to be set, or only one with a value."""
    along: bool = False
    """Told by the event even where it changes nothing here, if the event has something else to tell."""


@dataclass(frozen=True, slots=True)
class Act:
    """What an act really changed."""

    what: str
    """"bookmark", "unbookmark", "read", "tag", ...: of an undoing what was undone."""
    rids: tuple[int, ...]
    """The papers that are different now; those that were so already are not among them."""
    told: str = ""
    """The name of the tag, list, ... that it was about."""
    before: str = ""
    """What that was called before."""
    changed: bool = field(default=False, compare=False)
    """Whether anything is different now: a list may have got another name."""


Wishes = Callable[[sqlite3.Connection], Iterable[Wish]]
"""What an act wishes, asked inside of its transaction."""
Told = str | Callable[[sqlite3.Connection], str]
"""How the thing is called that an act is about."""


class Hand(NamedTuple):
    """Whose acts these are."""

    database: Database
    machine: str
    now: Callable[[], float]
    """Seconds since 1970."""

    def act(self, what: str, wishes: Wishes, *, told: Told = "", before: Told = "", auto: bool = False) -> Act:
        """Fulfil wishes, and write the event, in one transaction that is on the disk when this returns."""
        with self.database.write(durable=not auto) as connection:
            asked, now = wishes(connection), self.now()
            told, before = (name if isinstance(name, str) else name(connection) for name in (told, before))
            return fulfil(connection, self.machine, what, asked, now, told=told, before=before, auto=auto)


def act(database: Database, machine: str, what: str, rids: Sequence[int], now: float, *, auto: bool = False) -> Act:
    """Bookmark, unbookmark, read, unread, remove or restore these papers; on the disk when this returns.

    `auto` marks what happened by itself (read after two seconds): `undo` passes it over, and it changes only papers
    in no state.
    """
    these = dict.fromkeys(rids)
    wish = {
        "bookmark": lambda: Wish("bookmark", dict.fromkeys(these, now)),
        "unbookmark": lambda: Wish("bookmark", these),
        "read": lambda: Wish("state", {rid: ["read", now] for rid in these}, only="absent" if auto else ""),
        "unread": lambda: Wish("state", these),
        "remove": lambda: Wish("removed", dict.fromkeys(these, now)),
        "restore": lambda: Wish("removed", these),
    }[what]()
    return Hand(database, machine, lambda: now).act(what, lambda _: [wish], auto=auto)


def fulfil(
    connection: sqlite3.Connection,
    machine: str,
    what: str,
    wishes: Iterable[Wish],
    now: float,
    *,
    told: str = "",
    before: str = "",
    auto: bool = False,
) -> Act:
    """Fulfil wishes, and write the event, inside the caller's transaction. What changes nothing leaves no event."""
    changes = [(wish, change) for wish in wishes if (change := _changes(connection, wish))]
    if all(wish.along and not _differs(change) for wish, change in changes):
        return Act(what, (), told, before)
    rids = list(dict.fromkeys(rid for _, change in changes for rid in change if rid != NO_PAPER))
    keys = _keys(connection, rids) | {NO_PAPER: ""}
    papers = [keys[rid] for rid in rids]
    detail: dict[str, object] = {
        "sets": [events.encoded(_sets(wish, change, keys), papers) for wish, change in changes]
    }
    detail |= {name: value for name, value in (("told", told), ("before", before)) if value}
    if about := described(connection, [rid for wish, change in changes for rid in _kept(wish.field, change)]):
        detail["about"] = about
    events.write(connection, machine, now, what, papers=papers, detail=detail, auto=auto)
    touch(connection, rids)
    for wish, change in changes:
        registers.put(connection, wish.field, wish.of, {rid: one.kept for rid, one in change.items()}, now)
    if what in KEEPS and not auto:  # who keeps a paper that was removed has it again
        wanted = {rid for wish, change in changes for rid, one in change.items() if one.to is not None} - {NO_PAPER}
        registers.put(connection, "removed", "", dict.fromkeys(wanted), now)
    return Act(what, tuple(rids), told, before, changed=True)


def touch(connection: sqlite3.Connection, rids: Iterable[int]) -> None:
    """Note that the person did something with these papers."""
    connection.execute(f"INSERT OR IGNORE INTO touched (paper) {THESE}", (as_json(rids),))


def rids_of(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, int]:
    """The rows of these keys today: a paper may have got a stronger name, or been joined to another, since."""
    rows = connection.execute(
        "SELECT named.value, paper FROM json_each(?) AS named CROSS JOIN identity"
        " ON kind = substr(named.value, 1, instr(named.value, ':') - 1)"
        " AND folded = substr(named.value, instr(named.value, ':') + 1)",
        (json.dumps(keys),),
    )
    return {str(key): int(rid) for key, rid in rows}


def keys_of(connection: sqlite3.Connection, rids: Iterable[int]) -> dict[str, int]:
    """Every key by which events may call these papers, with their rows."""
    rows = connection.execute(
        f"SELECT kind || ':' || folded, paper FROM identity WHERE paper IN ({THESE})", (as_json(rids),)
    )
    return {str(key): int(rid) for key, rid in rows}


class _Change(NamedTuple):
    was: Value
    to: Value
    kept: Value
    """What is written: of a note its parts."""


def _changes(connection: sqlite3.Connection, wish: Wish) -> dict[int, _Change]:
    """What the wish really changes."""
    current = registers.get(connection, wish.field, wish.of, wish.values)
    known = {NO_PAPER} if NO_PAPER in wish.values else _there(connection, wish.values)
    if wish.field == "note":
        return {rid: c for rid in wish.values if rid in known and (c := _note(wish, rid, current.get(rid)))}
    here = {rid: present(wish.field, current.get(rid)) for rid in wish.values}
    return {
        rid: _change(wish, rid, current.get(rid))
        for rid in wish.values
        if rid in known
        and (wish.along or (not same(wish.field, here[rid], wish.values[rid]) and _allowed(wish, here[rid])))
    }


def _change(wish: Wish, rid: int, current: Value) -> _Change:
    was, to = present(wish.field, current), wish.values[rid]
    return _Change(was, to, done(Sets(wish.field, wish.of, ("",), [was], [to]), 0, current))


def _note(wish: Wish, rid: int, parts: Value) -> _Change | None:
    to = wish.values[rid]
    was = (shown(parts) or None) if wish.base is None else (wish.base or None)
    if was != (shown(parts) or None) and was not in (parts or []):
        was = None  # another version came between: this one stands beside it
    after = done(Sets("note", "", ("",), [was], [to]), 0, parts)
    return None if after == parts else _Change(was, to, after)


def _differs(change: Mapping[int, _Change]) -> bool:
    return any(one.was != one.kept for one in change.values())


def _allowed(wish: Wish, current: Value) -> bool:
    return not wish.only or (wish.only == "absent") == (current is None)


def _sets(wish: Wish, change: Mapping[int, _Change], keys: Mapping[int, str]) -> Sets:
    was, to, _ = zip(*change.values(), strict=True)
    return Sets(wish.field, wish.of, tuple(keys[rid] for rid in change), was, to, wish.only)


def _kept(name: str, change: Mapping[int, _Change]) -> list[int]:
    """The papers that such a change says the person keeps."""
    if name == "state":
        return [rid for rid, (_, to, _) in change.items() if to is not None and to[0] == "reading"]
    return [rid for rid, (_, to, _) in change.items() if to is not None] if name in registers.KEEPING else []


def _there(connection: sqlite3.Connection, rids: Iterable[int]) -> set[int]:
    return {rid for (rid,) in connection.execute(f"SELECT rid FROM paper WHERE rid IN ({THESE})", (as_json(rids),))}


def _keys(connection: sqlite3.Connection, rids: Iterable[int]) -> dict[int, str]:
    return dict(connection.execute(f"SELECT rid, key FROM paper WHERE rid IN ({THESE})", (as_json(rids),)))
