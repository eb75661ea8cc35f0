"""A consistent copy of the database once a day, seven kept; and one of them brought back."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

from paperreader import __version__
from paperreader.errors import DiskFull, LibraryDamaged, StoreError
from paperreader.store.carrying import carry
from paperreader.store.damage import COPIES
from paperreader.store.database import Database, connect
from paperreader.store.holding import alone, half_of, sweep
from paperreader.store.migrating import APPLICATION_ID, bring_up
from paperreader.store.schema import MIGRATIONS

KEPT = 7
_NAME = "library-{day}.db"


def kept(folder: Path) -> list[Path]:
    """The copies, newest first."""
    return sorted(folder.glob(COPIES), reverse=True)


def back_up_daily(database: Database, folder: Path, today: date) -> Path | None:
    """Make today's copy unless there is one; returns it. Raises StoreError; a damaged database makes no copy.

    The copy is written beside, checked, put in place by one rename, and only then does the oldest one go: a damaged
    library can never push the good copies out.
    """
    target = folder / _NAME.format(day=today.isoformat())
    if target.exists():
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(database.path)
        _copy(database, target, replace=True)
    except OSError as error:
        raise StoreError(f"The daily backup could not be written to {folder}: {error.strerror}.") from error
    for old in kept(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def back_up(database: Database, target: Path, *, replace: bool) -> None:
    """Write a copy of the database to a file, checked and put in place by one step. Raises StoreError.

    It is the state of one moment, whoever writes meanwhile. A file that is there is replaced only if `replace`.
    """
    target = target.absolute()
    try:
        if target.is_dir():
            raise StoreError(f"{target} is a folder.", "Name a file.")
        if target.exists() and target.samefile(database.path):
            raise StoreError(f"{target} is the library itself.", "Name another file.")
        if target.exists() and not replace:
            raise StoreError(f"{target} exists already.", "--force replaces it.")
        _copy(database, target, replace=replace)
    except OSError as error:
        raise StoreError(f"The backup could not be written to {target}: {error.strerror}.") from error


def _copy(database: Database, target: Path, *, replace: bool) -> None:
    half = half_of(target)
    try:
        with contextlib.closing(connect(database.path, read_only=database.read_only)) as source, database.errors_told():
            source.execute("VACUUM INTO ?", (str(half),))
        check(half)
        half.chmod(0o600)
        if replace:
            half.replace(target)
        else:
            _named_anew(half, target)
    finally:
        _unlink(half)


def _named_anew(half: Path, target: Path) -> None:
    """Put it in place unless somebody made such a file meanwhile. Raises OSError."""
    try:
        os.link(half, target)  # one step that replaces nothing; not every file system has links
    except FileExistsError:
        raise
    except OSError:
        half.replace(target)


def check(path: Path) -> None:
    """Raises LibraryDamaged unless this file is a sound library of ours; takes about a second for 100,000 papers."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            sound = ours and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error as error:
        raise LibraryDamaged(f"{path} is no sound library ({error}).", "Choose another copy.") from error
    if not sound:
        raise LibraryDamaged(f"{path} is no sound library.", "Choose another copy.")


class BroughtBack(NamedTuple):
    """What a copy has replaced."""

    aside: Path | None
    """Where the replaced file is kept; None if there was none."""
    carried: bool
    """Whether the ledger of digests is as new as the replaced file's; a damaged file's cannot be trusted."""


def bring_back(path: Path, copy: Path) -> BroughtBack:
    """Put a copy in the place of the database. What went out as a digest since it was made stays in its ledger.

    Raises LibraryBusy while any paperreader has the library open, LibraryDamaged if the copy is not sound,
    LibraryTooNew if a later version made it, StoreError if the disk refuses. Killed at any moment, it leaves the old
    library or the new one, and the old one kept beside.
    """
    check(copy)
    hold = alone(path)
    half = half_of(path)
    try:
        carried = _write_out(copy, half, path)
        aside = _set_aside(path) if path.exists() else None
        half.replace(path)
    except (OSError, sqlite3.Error) as error:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        kind = DiskFull if full or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL else StoreError
        raise kind(f"{copy} could not be brought back: {error}.", "The library is as it was.") from error
    finally:
        _unlink(half)
        hold.release()
    return BroughtBack(aside, carried)


def _write_out(copy: Path, half: Path, replaced: Path) -> bool:
    """The copy as a library of its own: with another id, and what is done from now on counts as another machine's.

    Papers and events would otherwise go by the numbers of those that came after the copy was made and are set aside
    now: an index of the old library would find the one for the other, and whoever has merged the old events would
    take the new ones for them. Returns whether the ledger of digests is as new as that of the replaced file.
    """
    logged = copy.with_name(f"{copy.name}-wal").exists()  # a library that was set aside after a kill
    with contextlib.closing(connect(copy, read_only=not logged)) as source:
        source.execute("VACUUM INTO ?", (str(half),))
    with contextlib.closing(connect(half)) as restored:
        bring_up(copy, restored, MIGRATIONS, __version__)  # one that is older than digests has no place for them
        restored.execute("DELETE FROM meta WHERE name GLOB 'machine@*'")
        restored.execute("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'library'")
        carried = not replaced.exists() or carry(replaced, restored)
        restored.execute("PRAGMA journal_mode=WAL")
    half.chmod(0o600)
    return carried


def _set_aside(path: Path) -> Path:
    """Keep the database and its log by another name too, and take the log away: it must not meet the new file."""
    aside = _unused(path.with_name(f"{path.name}.replaced-{time.strftime('%Y%m%d-%H%M%S')}"))
    log, shared_memory = (path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))
    if log.exists() and log.stat().st_size:  # an empty one is what reading makes
        _second_name(log, aside.with_name(f"{aside.name}-wal"))
    _second_name(path, aside)
    for part in (log, shared_memory):
        part.unlink(missing_ok=True)
    return aside


def _second_name(file: Path, name: Path) -> None:
    """A hard link, or a copy where the file system has none. Raises OSError."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copy2(file, name)


def _unused(name: Path) -> Path:
    """This name, or it and a number: two restores within a second must both keep what they replaced."""
    more = (name.with_name(f"{name.name}-{number}") for number in range(2, 1000))
    return next(free for free in (name, *more) if not free.exists())


def _unlink(half: Path) -> None:
    """Remove a half-written copy; what cannot be removed was not written either."""
    with contextlib.suppress(OSError):
        half.unlink()
