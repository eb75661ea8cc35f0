"""The ledger of digests carried over into a backup that is brought back.

What went out has gone out, whichever library is used from now on: without its entries every digest sent since the copy
was made would come again. The papers that the entries name come with them, else a feed would tell of them as new.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

Row = dict[str, Any]

_TOLD: Final = ("sighting", "tally", "listed")
"""What feeds told of a paper, beside its own row and its identities."""


def carry(replaced: Path, restored: sqlite3.Connection) -> bool:
    """Give `restored` the entries that only `replaced` has, all or none; whether they are all there now.

    Not where the replaced file is damaged or another program's: what of it could be read would be a guess.
    """
    try:
        with closing(sqlite3.connect(f"{replaced.as_uri()}?mode=ro", uri=True, isolation_level=None)) as source:
            if not (_tables(source) >= {"digest", "paper"} <= _tables(restored)):
                return "paper" in _tables(source)  # a library that is older than digests had none to repeat
            source.execute("BEGIN")
            restored.execute("BEGIN IMMEDIATE")
            try:
                _Carrying(source, restored).entries()
                restored.execute("COMMIT")
            finally:
                if restored.in_transaction:
                    restored.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise
        return False
    return True


class _Carrying:
    """Reads from one library, writes to the other; rows have other numbers there."""

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        self._source = source
        self._target = target
        self._known = int(target.execute("SELECT ifnull(max(rid), 0) FROM paper").fetchone()[0])
        self._papers: dict[int, int] = {}
        """Rows there by rows here."""
        self._columns: dict[str, tuple[str, ...]] = {}
        """Of each table, as it is there."""

    def entries(self) -> None:
        """All digests: those that are there already learn what became of them since."""
        for entry in _rows(self._source, "SELECT * FROM digest ORDER BY id"):
            same = (entry["recipient"], entry["message_id"], entry["at"])
            fate = (entry["state"], entry["said"])
            if not self._target.execute(
                "UPDATE digest SET state = ?, said = ? WHERE recipient = ? AND message_id = ? AND at = ?", fate + same
            ).rowcount:
                self._entry(entry)

    def _entry(self, entry: Row) -> None:
        """One digest and its papers, by the number that it has wherever the person was told of it."""
        number = entry["id"]
        if number <= self._target.execute("SELECT ifnull(max(id), 0) FROM digest").fetchone()[0]:
            del entry["id"]  # another's there: the copy is not one of this library
        there = self._put("digest", {**entry, "through": min(entry["through"], self._known)})
        for line in _rows(self._source, "SELECT * FROM digest_paper WHERE digest = ?", number):
            if paper := self._paper(line["paper"]):
                self._put("digest_paper", {**line, "digest": there, "paper": paper})
                self._version(line["paper"], paper)

    def _paper(self, rid: int) -> int:
        """Its row there; where there is none it is made, with what feeds told of it. 0 for one that is nowhere."""
        if rid not in self._papers:
            self._papers[rid] = self._there(rid) or self._made(rid)
        return self._papers[rid]

    def _there(self, rid: int) -> int:
        for name in _rows(self._source, "SELECT kind, folded FROM identity WHERE paper = ?", rid):
            query = "SELECT paper FROM identity WHERE kind = ? AND folded = ?"
            if row := self._target.execute(query, (name["kind"], name["folded"])).fetchone():
                return int(row[0])
        return 0

    def _made(self, rid: int) -> int:
        paper = next(_rows(self._source, "SELECT * FROM paper WHERE rid = ?", rid), None)
        if paper is None:
            return 0
        if row := self._target.execute("SELECT rid FROM paper WHERE key = ?", (paper["key"],)).fetchone():
            return int(row[0])
        del paper["rid"]
        there = self._put("paper", paper)
        for table in ("identity", *_TOLD):
            for row in _rows(self._source, f"SELECT * FROM {table} WHERE paper = ?", rid):
                self._put(table, {**row, "paper": there})
        return there

    def _version(self, rid: int, there: int) -> None:
        """That a new version came, and when: a feed that tells of it once more brings no news."""
        for row in _rows(self._source, "SELECT * FROM revised WHERE paper = ?", rid):
            self._put("revised", {**row, "paper": there})
            self._target.execute(
                "UPDATE paper SET version = max(ifnull(version, 1), ?) WHERE rid = ?", (row["version"], there)
            )

    def _put(self, table: str, row: Row) -> int:
        """One row, of the columns that the table has there; its number."""
        there = [column for column in self._of(table) if column in row]
        statement = f"INSERT OR REPLACE INTO {table} ({', '.join(there)}) VALUES ({', '.join('?' * len(there))})"
        return int(self._target.execute(statement, [row[column] for column in there]).lastrowid or 0)

    def _of(self, table: str) -> tuple[str, ...]:
        if table not in self._columns:
            self._columns[table] = tuple(name for _, name, *_ in self._target.execute(f"PRAGMA table_info({table})"))
        return self._columns[table]


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _rows(connection: sqlite3.Connection, query: str, *values: object) -> Iterator[Row]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    for row in cursor.fetchall():
        yield dict(zip(names, row, strict=True))
