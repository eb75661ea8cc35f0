"""How a database of an older shape becomes one of today: step by step, inside one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from paperreader.errors import LibraryTooNew

APPLICATION_ID = 0x50415052
"""Stamped into the file (PRAGMA application_id), so that another program's database is never taken for ours."""


class Migration(NamedTuple):
    """One step from an older shape of the database to the next."""

    name: str
    """What it does, for the record in the file."""
    script: str
    """SQL statements."""


def bring_up(path: Path, connection: sqlite3.Connection, migrations: Sequence[Migration], program: str) -> None:
    """Bring a copy that nobody else has open to the newest shape; `path` is what to call it. Raises LibraryTooNew."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(migrations):
        raise too_new(path, connection, version, len(migrations))
    connection.execute("BEGIN IMMEDIATE")
    apply(connection, migrations[version:], len(migrations), program)
    connection.execute("COMMIT")


def too_new(path: Path, connection: sqlite3.Connection, version: int, known: int) -> LibraryTooNew:
    """The error to raise for a library of a form that only a later program knows."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'written_by'").fetchone()
    return LibraryTooNew(
        f"{path} was written by paperreader {row[0] if row else '(newer)'} (its form {version}; "
        f"this program knows forms up to {known}).",
        "Install that version or a newer one; nothing was changed.",
    )


def apply(connection: sqlite3.Connection, steps: Sequence[Migration], version: int, program: str) -> None:
    """Inside a transaction: take these steps, which lead to this version, and note who took them."""
    for step in steps:
        for statement in _statements(step.script):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('written_by', ?)", (program,))


def _statements(script: str) -> Iterator[str]:
    """The script's statements one by one: `executescript` would commit the transaction that they stand in."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
