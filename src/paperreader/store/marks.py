"""What the person owns: bookmarks, readings, removals. Written at once, each act with its event, all undoable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperreader.store import events
from paperreader.store.database import Database

_TABLES = {"bookmark": "bookmark", "read": "reading", "remove": "removed"}
_UNDONE = {"bookmark": "unbookmark", "read": "unread", "remove": "restore"}
_UNDOES = {off: on for on, off in _UNDONE.items()}
_CHUNK = 500


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
    changed = []
    for rid in rids:
        done = connection.execute(
            f"INSERT OR IGNORE INTO {_TABLES[what]} SELECT rid, ? FROM paper WHERE rid = ?", (at.get(rid, now), rid)
        )
        if done.rowcount:
            changed.append(rid)
        if what == "bookmark":  # a bookmarked starter paper is shown whether the starter library is on or off
            connection.execute("DELETE FROM withheld WHERE paper = ?", (rid,))
    return changed, []


def _clear(connection: sqlite3.Connection, table: str, rids: list[int]) -> tuple[list[int], list[float]]:
    changed, was = [], []
    for rid in rids:
        row = connection.execute(f"DELETE FROM {table} WHERE paper = ? RETURNING at", (rid,)).fetchone()
        if row is not None:
            changed.append(rid)
            was.append(float(row[0]))
    return changed, was


def _keys(connection: sqlite3.Connection, rids: Sequence[int]) -> list[str]:
    found: dict[int, str] = {}
    for chunk in _chunks(rids):
        marks = ",".join("?" * len(chunk))
        found.update(connection.execute(f"SELECT rid, key FROM paper WHERE rid IN ({marks})", chunk))
    return [found[rid] for rid in rids if rid in found]


def _rids(connection: sqlite3.Connection, keys: Sequence[str]) -> list[int]:
    """The rows of these keys today: a paper may have got a stronger name, or been joined to another, since."""
    found = []
    for key in keys:
        kind, _, value = key.partition(":")
        row = connection.execute("SELECT paper FROM identity WHERE kind = ? AND folded = ?", (kind, value)).fetchone()
        if row is not None:
            found.append(int(row[0]))
    return found


def _chunks(rids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(rids), _CHUNK):
        yield list(rids[start : start + _CHUNK])
