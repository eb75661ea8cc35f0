"""The tables of what the person keeps, read and written as registers: a field, whose it is, and its value.

Inside the caller's transaction. Any number of papers is a few statements: 95,311 papers one by one took four seconds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from paperreader.store.folding import Value, shown

NO_PAPER = 0
"""Stands for the paper where a field is of none."""
THESE = "SELECT value FROM json_each(?)"
"""The ids of a parameter that `as_json` made."""


class Table(NamedTuple):
    """How a field of papers is kept."""

    name: str
    value: str
    """The expression that gives its value."""
    columns: str
    row: Callable[[Value, float], tuple[Value, ...]]
    """The columns of a value that is set at a time."""
    decode: Callable[[Value], Value] = lambda value: value
    of: str = ""
    """The column that says which tag or list, where there is one."""


_TABLES: dict[str, tuple[Table, ...]] = {
    "bookmark": (Table("bookmark", "at", "at", lambda value, at: (value,)),),
    "removed": (Table("removed", "at", "at", lambda value, at: (value,)),),
    "state": (
        Table(
            "reading",
            "json_array('read', at)",
            "at",
            lambda value, at: (value[1],) if value[0] == "read" else (),
            json.loads,
        ),
        Table(
            "state",
            "json_array(state, at)",
            "state, at",
            lambda value, at: tuple(value) if value[0] != "read" else (),
            json.loads,
        ),
    ),
    "rating": (Table("rating", "stars", "stars", lambda value, at: (value,)),),
    "note": (
        Table(
            "note",
            "parts",
            "parts, text, at",
            lambda value, at: (json.dumps(value, ensure_ascii=False), shown(value), at),
            json.loads,
        ),
    ),
    "tag": (Table("tag", "name", "name", lambda value, at: (value,), of="folded"),),
    "in": (Table("enlisted", "place", "place", lambda value, at: (value,), of="list"),),
}
FIELDS = frozenset({*_TABLES, "list", "saved", "digit", "feed"})
"""Fields that there are; the last ones are of no paper."""
KEEPING = frozenset({"bookmark", "rating", "note", "tag", "in"})
"""Fields that say that the person keeps the paper."""


def as_json(values: Iterable[object]) -> str:
    """Any number of ids or keys as one parameter."""
    return json.dumps(list(values))


def get(connection: sqlite3.Connection, field: str, of: str, rids: Iterable[int]) -> dict[int, Value]:
    """The values of a field of these papers; those without one are left out."""
    if field not in _TABLES:
        value = _thing(connection, field, of)
        return {} if value is None else {NO_PAPER: value}
    those = as_json(rids)
    found: dict[int, Value] = {}
    for table in _TABLES[field]:
        statement = f"SELECT paper, {table.value} FROM {table.name} WHERE paper IN ({THESE})"
        rows = connection.execute(statement + (f" AND {table.of} = ?" if table.of else ""), _with(of, table, those))
        found |= {rid: table.decode(value) for rid, value in rows}
    return found


def put(connection: sqlite3.Connection, field: str, of: str, values: Mapping[int, Value], at: float) -> None:
    """Set the field of these papers; None empties it. `at` is when the person did it, in seconds since 1970."""
    if not values:
        return
    if field not in _TABLES:
        _put_thing(connection, field, of, values[NO_PAPER])
        return
    those = as_json(values)
    for table in _TABLES[field]:
        cleared = f"DELETE FROM {table.name} WHERE paper IN ({THESE})"
        connection.execute(cleared + (f" AND {table.of} = ?" if table.of else ""), _with(of, table, those))
        key = (of,) if table.of else ()
        given = ((rid, table.row(value, at)) for rid, value in sorted(values.items()) if value is not None)
        rows = [(rid, *key, *row) for rid, row in given if row]  # in the table's order: twice as quick
        names = ", ".join(filter(None, ("paper", table.of, table.columns)))
        marks = ", ".join("?" * (names.count(",") + 1))
        connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)
    kept = [rid for rid, value in values.items() if value is not None] if field in KEEPING else []
    if kept:  # a starter paper that is kept is shown whether the starter library is on or off
        connection.execute(f"DELETE FROM withheld WHERE paper IN ({THESE})", (as_json(kept),))


def _with(of: str, table: Table, those: str) -> tuple[str, ...]:
    return (those, of) if table.of else (those,)


def _thing(connection: sqlite3.Connection, field: str, of: str) -> Value:
    match field:
        case "list":
            row = connection.execute("SELECT last, gone FROM list WHERE id = ?", (of,)).fetchone()
            return None if row is None else [row[0]] if row[1] else row[0]
        case "saved":
            row = connection.execute(
                "SELECT json_array(name, question) FROM saved WHERE id = ? AND name IS NOT NULL", (of,)
            ).fetchone()
            return None if row is None else json.loads(row[0])
        case "digit":
            row = connection.execute("SELECT saved FROM digit WHERE digit = ?", (of,)).fetchone()
        case "feed":
            row = connection.execute("SELECT title FROM subscription WHERE name = ?", (of,)).fetchone()
        case _:
            raise AssertionError(field)
    return None if row is None else row[0]


def _put_thing(connection: sqlite3.Connection, field: str, of: str, value: Value) -> None:
    match field, value:
        case "list", None:
            connection.execute("DELETE FROM list WHERE id = ?", (of,))
        case "list", _:
            gone = isinstance(value, list)
            name = value[0] if gone else value
            connection.execute(
                "INSERT INTO list (id, name, last, gone) SELECT ?1, iif(?3 AND NOT EXISTS "
                "(SELECT 1 FROM enlisted WHERE list = ?1), NULL, ?2), ?2, ?3 WHERE true "
                "ON CONFLICT (id) DO UPDATE SET name = excluded.name, last = ?2, gone = ?3",
                (of, name, gone),
            )
        case "saved", None:
            connection.execute("UPDATE saved SET name = NULL WHERE id = ?", (of,))
        case "saved", _:
            connection.execute(
                "INSERT INTO saved (id, name, question) VALUES (?1, ?2, ?3) "
                "ON CONFLICT (id) DO UPDATE SET name = ?2, question = ?3",
                (of, *value),
            )
        case "digit", None:
            connection.execute("DELETE FROM digit WHERE digit = ?", (of,))
        case "feed", None:
            connection.execute("DELETE FROM subscription WHERE name = ?", (of,))
        case "feed", _:
            connection.execute(
                "INSERT INTO subscription SELECT ?1, ?2, coalesce(max(at), 0) + 1 FROM subscription WHERE true "
                "ON CONFLICT (name) DO UPDATE SET title = ?2",
                (of, value),
            )
        case "digit", _:
            connection.execute("INSERT OR REPLACE INTO digit VALUES (?, ?)", (of, value))
        case _:
            raise AssertionError(field)
