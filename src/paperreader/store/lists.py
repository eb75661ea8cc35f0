"""Named lists and tags, read: which there are, what is in them, and how they are called."""

from __future__ import annotations

import sqlite3
from array import array
from dataclasses import dataclass
from typing import NamedTuple

from paperreader.plain import folded
from paperreader.store.database import Database

TO_READ = "to read"
"""The list that is there from the start."""
_SEEN = "paper NOT IN (SELECT paper FROM removed)"


@dataclass(frozen=True, slots=True)
class Kept:
    """A list or a tag."""

    name: str
    count: int
    """How many papers it has; removed ones do not count."""


class Named(NamedTuple):
    """A list as others have to name it."""

    id: str
    """The same on all machines, whatever the list is called."""
    name: str
    """As the person reads it: of two lists of one name the second gets a number."""


def named(connection: sqlite3.Connection) -> list[Named]:
    """All lists: the one to read first, then by name."""
    rows = connection.execute("SELECT id, name FROM list WHERE name IS NOT NULL").fetchall()
    taken: set[str] = set()
    found: list[Named] = []
    for key, name in sorted(rows, key=lambda row: (row[0] != TO_READ, folded(row[1]), row[0])):
        shown, n = name, 1
        while folded(shown) in taken:
            n += 1
            shown = f"{name} ({n})"
        taken.add(folded(shown))
        found.append(Named(key, shown))
    return found


def called(connection: sqlite3.Connection, name: str) -> Named | None:
    """The list of this name, whatever its case; None if there is none."""
    wanted = folded(name)
    return next((one for one in named(connection) if folded(one.name) == wanted), None)


def fresh_id(connection: sqlite3.Connection, table: str, name: str, machine: str) -> str:
    """An id for a new thing of this name: the same on every machine, unless one had it before.

    So a list "LLM" made on two machines is one list; but one made after another of its name was deleted is a new one.
    """
    first = folded(name)
    count = connection.execute("SELECT coalesce(max(counter), 0) + 1 FROM event WHERE machine = ?", (machine,))
    known = connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (first,)).fetchone()
    return f"{first}~{machine}-{count.fetchone()[0]}" if known else first


def lists(database: Database) -> tuple[Kept, ...]:
    """All lists with how many papers each has."""
    with database.read() as connection:
        counts = dict(connection.execute(f"SELECT list, count(*) FROM enlisted WHERE {_SEEN} GROUP BY list"))
        return tuple(Kept(name, counts.get(key, 0)) for key, name in named(connection))


def listed(database: Database, key: str) -> array[int]:
    """The papers of the list of this id, in its order; removed ones left out."""
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT paper FROM enlisted JOIN paper ON rid = paper WHERE list = ? AND {_SEEN} ORDER BY place, key",
            (key,),
        )
        return array("q", (rid for (rid,) in rows))


def tags(database: Database) -> tuple[Kept, ...]:
    """All tags with how many papers each has, the commonest first."""
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT max(name), count(*) FROM tag WHERE {_SEEN} GROUP BY folded ORDER BY count(*) DESC, folded"
        )
        return tuple(Kept(*row) for row in rows)


def tagged(database: Database, name: str) -> array[int]:
    """The papers with this tag, whatever its case, the newest first; removed ones left out."""
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT rid FROM tag JOIN paper ON rid = paper WHERE folded = ? AND {_SEEN} "
            "ORDER BY published DESC, rid DESC",
            (folded(name),),
        )
        return array("q", (rid for (rid,) in rows))


def tag_called(connection: sqlite3.Connection, name: str) -> str:
    """A tag as it is spelt already; else as it is given."""
    row = connection.execute("SELECT max(name) FROM tag WHERE folded = ?", (folded(name),)).fetchone()
    return str(row[0]) if row[0] is not None else name
