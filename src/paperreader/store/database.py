"""SQLite with manners: one connection a thread, short transactions, every expected failure in our words.

No papers here. What could be mended by the person (a lock, a full disk, a damaged file) becomes a StoreError;
anything else is a bug and passes through.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from paperreader.errors import DiskFull, LibraryReplaced, StoreError
from paperreader.store import damage, faults, holding
from paperreader.store.holding import Hold
from paperreader.store.migrating import APPLICATION_ID, Migration, apply, too_new


class _Opened(NamedTuple):
    """A thread's connection."""

    thread: threading.Thread
    connection: sqlite3.Connection
    used: threading.RLock
    """Held by the thread while it reads or writes."""


_PATIENT = 12
"""Times that a patient writer tries to begin: half a minute. To copy a large library takes another some seconds."""
_FAREWELL = 3.0
"""Seconds in which other threads may end what they are at before the library closes: a little more than they wait."""


class Database:
    """The file `library.db`: give it a path and the migrations, then `read()` and `write()`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[_Opened] = []
        self._hold: Hold | None = None
        self._file: tuple[int, int] | None = None

    def migrate(self, migrations: Sequence[Migration], program: str) -> int:
        """Make the file, or bring it to the newest shape in one transaction; returns its version before (0: none).

        From here to `close` nobody replaces the file. `program` is our version, kept in it for the message of an older
        program. Raises LibraryTooNew, LibraryDamaged, LibraryReadOnly, LibraryBusy, DiskFull.
        """
        with self.errors_told():
            self._hold = self._hold or holding.shared(self.path)
            made = not self.read_only and not self.path.exists() and self._made(migrations, program)
            if self.path.exists():
                damage.check_size(self.path)
            before = self._checked_version(migrations)
            self._file = _identity(self.path)
            if before < len(migrations) and self.read_only:
                raise faults.too_old(self.path)
            if before < len(migrations):
                with self.write() as connection:
                    before = self._checked_version(migrations)  # another process may have been faster
                    apply(connection, migrations[before:], len(migrations), program)
            return 0 if made else before

    def _made(self, migrations: Sequence[Migration], program: str) -> bool:
        """Make a new library beside, and put it in place whole; False if another process was faster.

        So a start that is killed leaves no half library, and an empty file was one that lost what it had.
        """
        half = holding.half_of(self.path)
        try:
            with contextlib.closing(connect(half)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                apply(connection, migrations, len(migrations), program)
                connection.execute("COMMIT")
                # Not sooner: closing folds a log into the file, and does not say where a full disk kept it from that.
                connection.execute("PRAGMA journal_mode=WAL")
            return _put(half, self.path)
        except OSError as error:
            kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else StoreError
            raise kind(f"{self.path} cannot be made: {error.strerror}.", "Name another place with --home.") from error
        finally:
            with contextlib.suppress(OSError):
                half.unlink()

    def _checked_version(self, migrations: Sequence[Migration]) -> int:
        known = len(migrations)
        connection = self._connection()
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application != APPLICATION_ID and tables:
            raise StoreError(f"{self.path} is another program's database.", "Choose another folder with --home.")
        if version > known:
            raise too_new(self.path, connection, version, known)
        if application != APPLICATION_ID:
            raise damage.damaged(self.path, "it holds nothing")
        damage.check_parts(self.path, connection, [migration.script for migration in migrations[:version]])
        return version

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from; several statements inside need not see one moment."""
        with self.errors_told():
            self._check_replaced()
            opened = self._opened()
            with opened.used:
                yield opened.connection

    @contextmanager
    def write(self, *, durable: bool = False, patient: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, rolled back by any exception. Keep it under 200 rows or 10 ms.

        `durable` waits until the disk has it (some milliseconds): for what the person did with their own hands.
        `patient` waits half a minute for others, and not 2.5 s: for a long work of many transactions, which nobody
        wants ended in its midst because SQLite lets another program in before it again and again.
        """
        with self.read() as connection:
            if self.read_only:
                raise faults.read_only(self.path)
            connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            _begin(connection, _PATIENT if patient else 1)
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
        """Close every thread's connection, and let go of the file; the last one folds the write-ahead log into it.

        One that another thread is using is left to it after a moment: closed in the midst of a statement, it would end
        the program with a segmentation fault.
        """
        with self._lock:
            until = time.monotonic() + _FAREWELL
            for opened in self._connections:
                if opened.used.acquire(timeout=max(0.0, until - time.monotonic())):
                    opened.connection.close()
                    opened.used.release()
            self._connections.clear()
            self._local = threading.local()
            if self._hold is not None:
                self._hold.release()
                self._hold = None

    def _check_replaced(self) -> None:
        """A program that knows no lock (a sync client, `mv`) may have put another file in the place; 2 µs."""
        if self._file is not None and _identity(self.path) != self._file:
            raise LibraryReplaced(
                f"{self.path} was replaced or removed by another program while it was open here.",
                "Nothing was written to the file that is there now. Start paperreader again to use that one.",
            )

    def _connection(self) -> sqlite3.Connection:
        return self._opened().connection

    def _opened(self) -> _Opened:
        known: _Opened | None = getattr(self._local, "opened", None)
        if known is not None:
            return known
        opened = _Opened(threading.current_thread(), connect(self.path, read_only=self.read_only), threading.RLock())
        with self._lock:
            self._close_those_of_ended_threads()
            self._connections.append(opened)
        self._local.opened = opened
        return opened

    def _close_those_of_ended_threads(self) -> None:
        """An app that is open for weeks asks feeds in hundreds of threads; each connection holds three files open."""
        for opened in self._connections:
            if not opened.thread.is_alive():
                opened.connection.close()
        self._connections = [known for known in self._connections if known.thread.is_alive()]

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """Translate what a person could mend into a StoreError; a bug passes through."""
        try:
            yield
        except sqlite3.Error as error:
            told = faults.told(error, self.path)
            if told is None:
                raise
            raise told from error


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
        timeout=faults.WAIT_MS / 1000,
    )
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _begin(connection: sqlite3.Connection, attempts: int) -> None:
    """Begin to write; each attempt waits `faults.WAIT_MS` for others."""
    for _ in range(attempts - 1):
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
    connection.execute("BEGIN IMMEDIATE")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands there; None for none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _put(half: Path, path: Path) -> bool:
    """Put a new file in a place where none is; False if there is one by now. Raises OSError."""
    try:
        os.link(half, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if path.exists():
            return False
        half.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True
