"""SQLite with manners: one connection a thread, short transactions, every expected failure in our words.

No papers here. What could be mended by the person (a lock, a full disk, a damaged file) becomes a StoreError;
anything else is a bug and passes through.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from paperreader.errors import (
    DiskFull,
    LibraryBusy,
    LibraryDamaged,
    LibraryReadOnly,
    LibraryTooNew,
    StoreError,
)

APPLICATION_ID = 0x50415052
"""Stamped into the file (PRAGMA application_id), so that another program's database is never taken for ours."""

WAIT_MS = 2_500
"""How long a writer waits for another one; our own transactions hold the lock for some 10 ms."""


class Migration(NamedTuple):
    """One step from an older shape of the database to the next."""

    name: str
    """What it does, for the record in the file."""
    script: str
    """SQL statements."""


class Database:
    """The file `library.db`: give it a path and the migrations, then `read()` and `write()`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []

    def migrate(self, migrations: Sequence[Migration], program: str) -> int:
        """Bring the file to the newest shape in one transaction; returns the version it had before (0: it is new).

        `program` is our version, kept in the file for the message of an older program. Raises LibraryTooNew,
        LibraryDamaged, LibraryReadOnly, LibraryBusy, DiskFull.
        """
        with self.errors_told():
            before = self._checked_version(len(migrations))
            if before == len(migrations) or self.read_only:
                return before
            connection = self._connection()
            if before == 0:
                connection.execute("PRAGMA journal_mode=WAL")
            with self.write() as connection:
                before = self._checked_version(len(migrations))  # another process may have been faster
                for migration in migrations[before:]:
                    for statement in _statements(migration.script):
                        connection.execute(statement)
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={len(migrations)}")
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('written_by', ?)", (program,))
            return before

    def _checked_version(self, known: int) -> int:
        connection = self._connection()
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application != APPLICATION_ID and tables:
            raise StoreError(f"{self.path} is another program's database.", "Choose another folder with --home.")
        if version > known:
            row = connection.execute("SELECT value FROM meta WHERE name = 'written_by'").fetchone()
            raise LibraryTooNew(
                f"{self.path} was written by paperreader {row[0] if row else '(newer)'} (its form {version}; "
                f"this program knows forms up to {known}).",
                "Install that version or a newer one; nothing was changed.",
            )
        return version

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from; several statements inside need not see one moment."""
        with self.errors_told():
            yield self._connection()

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, rolled back by any exception. Keep it under 200 rows or 10 ms.

        `durable` waits until the disk has it (some milliseconds): for what the person did with their own hands."""
        with self.errors_told():
            connection = self._connection()
            if self.read_only:
                raise self._refused()
            connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def data_version(self) -> int:
        """A number that changes when another connection has committed (this thread's view of it)."""
        with self.read() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close every thread's connection; the last one folds the write-ahead log into the file."""
        with self._lock:
            for _, connection in self._connections:
                connection.close()
            self._connections.clear()
            self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            return known
        connection = connect(self.path, read_only=self.read_only)
        with self._lock:
            self._close_those_of_ended_threads()
            self._connections.append((threading.current_thread(), connection))
        self._local.connection = connection
        return connection

    def _close_those_of_ended_threads(self) -> None:
        """An app that is open for weeks asks feeds in hundreds of threads; each connection holds three files open."""
        for thread, connection in self._connections:
            if not thread.is_alive():
                connection.close()
        self._connections = [known for known in self._connections if known[0].is_alive()]

    def _refused(self) -> LibraryReadOnly:
        _, message, hint = _READ_ONLY
        return LibraryReadOnly(message.format(where=self.path), hint)

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """Translate what a person could mend into a StoreError; a bug passes through."""
        try:
            yield
        except sqlite3.Error as error:
            told = self._told(error)
            if told is None:
                raise
            raise told from error

    def _told(self, error: sqlite3.Error) -> StoreError | None:
        code = getattr(error, "sqlite_errorcode", None)
        known = _TOLD.get(code & 0xFF) if isinstance(code, int) else None
        if known is None:
            return None
        kind, message, hint = known
        return kind(message.format(where=self.path, error=error), hint)


_READ_ONLY = (
    LibraryReadOnly,
    "{where} cannot be written.",
    "Reading works; make the folder writable to keep bookmarks and marks.",
)
_TOLD: dict[int, tuple[type[StoreError], str, str]] = {
    **dict.fromkeys(
        (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
        (
            LibraryBusy,
            f"{{where}} has been locked by another program for {WAIT_MS / 1000:g} s.",
            "Close that program or try again; nothing was changed.",
        ),
    ),
    **dict.fromkeys((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH), _READ_ONLY),
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "The disk of {where} is full.",
        "Free some room and try again; nothing was changed.",
    ),
    **dict.fromkeys(
        (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB),
        (
            LibraryDamaged,
            "{where} is damaged ({error}).",
            "Bring back a daily backup with `paperreader restore`; the damaged file is kept.",
        ),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StoreError,
        "{where} cannot be opened.",
        "Check that its folder exists and may be read and written.",
    ),
    sqlite3.SQLITE_IOERR: (
        StoreError,
        "{where}: the disk refused ({error}).",
        "Check the disk's space and health; nothing was changed.",
    ),
}


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A bare connection with our pragmas; transactions are begun by hand.

    Read-only opens the file as immutable: a folder that cannot be written has no room for the log's shared memory.
    """
    target = f"{path.as_uri()}?mode=ro&immutable=1" if read_only else str(path)
    connection = sqlite3.connect(
        target,
        uri=read_only,
        isolation_level=None,
        check_same_thread=False,  # `close` closes the connections of threads that have ended
        timeout=WAIT_MS / 1000,
    )
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _statements(script: str) -> Iterator[str]:
    """The script's statements one by one: `executescript` would commit the transaction that they stand in."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
