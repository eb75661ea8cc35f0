"""What the person owns: bookmarks, readings, removals. Written at once, each act with its event, all undoable."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from paperreader.store import events
from paperreader.store.database import Database

_TABLES = {"bookmark": "bookmark", "read": "reading", "remove": "removed"}
_UNDONE = {"bookmark": "unbookmark", "read": "unread", "remove": "restore"}
_UNDOES = {off: on for on, off in _UNDONE.items()}
_THESE = "SELECT value FROM json_each(?)"
"""The ids of a parameter that `_json` made."""


@dataclass(frozen=True, slots=True)
class Act:
    """What an act really changed."""

    what: str
    """"bookmark", "unbookmark", "read", "unread", "remove" or "restore"."""
    rids: tuple[int, ...]
    """The papers that are different now; those that were so already are not among them."""


def act(database: Database, machine: str, what: str, rids: Sequence[int], now: float, *, auto: bool = False) -> Act:
    """Do it, and write the event, in one transaction that is on the disk when this returns.

    `auto` marks what happened by itself (read after two seconds): `undo` passes it over. An act that changes
    nothing leaves no event.
    """
    with database.write(durable=not auto) as connection:
        changed, was = _apply(connection, what, list(dict.fromkeys(rids)), now)
        if changed:
            detail: dict[str, object] = {"auto": True} if auto else {}
            if was:
                detail["was"] = was
            events.write(connection, machine, now, what, papers=_keys(connection, changed), detail=detail)
    return Act(what, tuple(changed))


def undo(database: Database, machine: str, now: float) -> Act | None:
    """Undo the last act that is not undone; None if there is none."""
    return _step(database, machine, now, "undo")


def redo(database: Database, machine: str, now: float) -> Act | None:
    """Do again what was undone last; None if something else was done since."""
    return _step(database, machine, now, "redo")


def _step(database: Database, machine: str, now: float, way: str) -> Act | None:
    with database.write(durable=True) as connection:
        stack = events.stacks(connection, machine)[way == "redo"]
        if not stack:
            return None
        event = stack[-1]
        keys = events.papers_of(connection, machine, event.counter)
        what = event.what if way == "redo" else _UNDONE.get(event.what) or _UNDOES[event.what]
        times = event.detail.get("was") if way == "undo" else None
        changed, _ = _apply(connection, what, _rids(connection, keys), now, times=times)
        events.write(connection, machine, now, way, papers=keys, detail={"of": event.counter})
    return Act(what, tuple(changed))


def _apply(
    connection: sqlite3.Connection, what: str, rids: list[int], now: float, times: list[float] | None = None
) -> tuple[list[int], list[float]]:
    """Set or clear the marks; returns the papers changed and, for a clearing, the times that were there."""
    if what in _UNDOES:
        return _clear(connection, _TABLES[_UNDOES[what]], rids)
    at = dict(zip(rids, times, strict=False)) if times else {}
    rids = list(dict.fromkeys(rids))  # papers of two names may have become one since
    table = _TABLES[what]
    unmarked = connection.execute(
        f"SELECT rid FROM paper WHERE rid IN ({_THESE}) AND rid NOT IN (SELECT paper FROM {table})", (_json(rids),)
    )
    known = {rid for (rid,) in unmarked}
    changed = [rid for rid in rids if rid in known]
    rows = [(rid, at.get(rid, now)) for rid in sorted(changed)]  # in the table's order: twice as quick
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
    if what == "bookmark":  # a bookmarked starter paper is shown whether the starter library is on or off
        connection.execute(f"DELETE FROM withheld WHERE paper IN ({_THESE})", (_json(rids),))
    return changed, []


def _clear(connection: sqlite3.Connection, table: str, rids: list[int]) -> tuple[list[int], list[float]]:
    those = f"FROM {table} WHERE paper IN ({_THESE})"
    marked = dict(connection.execute(f"SELECT paper, at {those}", (_json(rids),)))
    changed = [rid for rid in dict.fromkeys(rids) if rid in marked]
    connection.execute(f"DELETE {those}", (_json(changed),))
    return changed, [float(marked[rid]) for rid in changed]


def _keys(connection: sqlite3.Connection, rids: Sequence[int]) -> list[str]:
    found = dict(connection.execute(f"SELECT rid, key FROM paper WHERE rid IN ({_THESE})", (_json(rids),)))
    return [found[rid] for rid in rids if rid in found]


def _rids(connection: sqlite3.Connection, keys: Sequence[str]) -> list[int]:
    """The rows of these keys today: a paper may have got a stronger name, or been joined to another, since."""
    rows = connection.execute(
        "SELECT paper FROM json_each(?) AS named CROSS JOIN identity"
        " ON kind = substr(named.value, 1, instr(named.value, ':') - 1)"
        " AND folded = substr(named.value, instr(named.value, ':') + 1) ORDER BY named.key",
        (json.dumps(keys),),
    )
    return [int(rid) for (rid,) in rows]


def _json(rids: Sequence[int]) -> str:
    """Any number of ids as one parameter: 95,311 papers marked one by one took four seconds."""
    return json.dumps(list(rids))
