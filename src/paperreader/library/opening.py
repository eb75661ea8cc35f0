"""A library is opened: made where there is none, read where it cannot be written, begun with the starter papers."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from paperreader import __version__
from paperreader.errors import DiskFull, LibraryReadOnly, StoreError
from paperreader.paper import STARTER, Sighting
from paperreader.paths import Paths
from paperreader.store import meta
from paperreader.store.database import Database
from paperreader.store.schema import MIGRATIONS

_STARTER_FILE = Path(__file__).parent.parent / "data" / "starter.jsonl"
_BEGUN = "begun"
"""Remembered once the library has its first papers: with the starter ones, or by an import."""


def open_database(paths: Paths, *, create: bool) -> Database:
    """The library's database in its newest form, read-only where the disk does not let us write.

    Raises StoreError and its kinds: damaged, too new, busy, full, absent (without `create`), not to be made.
    """
    if not paths.database.exists():
        if not create:
            raise StoreError(
                f"There is no library at {paths.database}.", "`paperreader` or `paperreader import` makes one."
            )
        _make_folders(paths)
    if paths.database.exists() and not _writable(paths.database):
        return _opened(paths.database, read_only=True)
    try:
        return _opened(paths.database, read_only=False)
    except DiskFull:
        log = paths.database.with_name(f"{paths.database.name}-wal")
        if not paths.database.exists() or (log.exists() and log.stat().st_size):
            raise
        return _opened(paths.database, read_only=True)  # a full disk has no room for a bookmark, but one can read


def _opened(path: Path, *, read_only: bool) -> Database:
    database = Database(path, read_only=read_only)
    try:
        database.migrate(MIGRATIONS, __version__)
    except BaseException:
        database.close()
        raise
    return database


def begin(database: Database, now: float) -> None:
    """Give a library that has never had papers the starter ones. A start that was killed halfway does it again."""
    if database.read_only or meta.recall(database, _BEGUN) is not None:
        return
    from paperreader.store import recording

    for _ in recording.record(database, starter_sightings(), now, revive=False):
        pass
    mark_begun(database)


def mark_begun(database: Database) -> None:
    """From now on the starter papers come only when they are asked for."""
    if meta.recall(database, _BEGUN) is None:
        meta.remember(database, _BEGUN, __version__)


def starter_sightings() -> Iterator[Sighting]:
    """The papers that come with the program."""
    from paperreader.imports.intake import Intake

    with Intake([_STARTER_FILE], source=STARTER) as intake:
        for _ in intake.check():
            pass
        yield from intake.sightings()


def _make_folders(paths: Paths) -> None:
    try:
        paths.ensure()
    except OSError as error:
        kind = DiskFull if error.errno == errno.ENOSPC else LibraryReadOnly
        blocked = error.errno in (errno.EEXIST, errno.ENOTDIR)
        reason = "a file stands in its place" if blocked else error.strerror
        raise kind(
            f"The folder {error.filename or paths.data} cannot be made: {reason}.",
            f"{'Move it away, or name' if blocked else 'Name'} another place with --home DIR or PAPERREADER_HOME.",
        ) from error


def _writable(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
