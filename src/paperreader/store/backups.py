"""A consistent copy of the database once a day, seven kept; and one of them brought back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from datetime import date
from pathlib import Path

from paperreader.errors import LibraryDamaged, StoreError
from paperreader.store.database import APPLICATION_ID, Database, connect

KEPT = 7
_NAME = "library-{day}.db"


def kept(folder: Path) -> list[Path]:
    """The copies, newest first."""
    return sorted(folder.glob(_NAME.format(day="????-??-??")), reverse=True)


def back_up_daily(database: Database, folder: Path, today: date) -> Path | None:
    """Make today's copy unless there is one; returns it. Raises StoreError; a damaged database makes no copy.

    The copy is written beside, checked, put in place by one rename, and only then does the oldest one go: a damaged
    library can never push the good copies out.
    """
    target = folder / _NAME.format(day=today.isoformat())
    if target.exists():
        return None
    half = target.with_suffix(f".part-{os.getpid()}")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.closing(connect(database.path)) as source, database.errors_told():
            source.execute("VACUUM INTO ?", (str(half),))
        check(half)
        half.chmod(0o600)
        half.replace(target)
    except OSError as error:
        raise StoreError(f"The daily backup could not be written to {folder}: {error.strerror}.") from error
    finally:
        _unlink(half)
    for old in kept(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


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


def bring_back(path: Path, copy: Path) -> Path | None:
    """Put a copy in the place of the database; returns where the replaced file is kept (None if there was none).

    No other paperreader may be running. Raises LibraryDamaged if the copy is not sound, StoreError if the disk refuses.
    """
    check(copy)
    aside = path.with_name(f"{path.name}.replaced-{time.strftime('%Y%m%d-%H%M%S')}")
    half = path.with_name(f"{path.name}.part-{os.getpid()}")
    try:
        with contextlib.closing(connect(copy, read_only=True)) as source:
            source.execute("VACUUM INTO ?", (str(half),))
        half.chmod(0o600)
        replaced = path.exists()
        for suffix in ("-wal", "-shm", ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.replace(aside.with_name(aside.name + suffix))
        half.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{copy} could not be brought back: {error}.", "Nothing was deleted.") from error
    finally:
        _unlink(half)
    return aside if replaced else None


def _unlink(half: Path) -> None:
    """Remove a half-written copy; what cannot be removed was not written either."""
    with contextlib.suppress(OSError):
        half.unlink()
