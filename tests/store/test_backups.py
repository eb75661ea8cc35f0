"""A consistent copy a day, seven kept, none of a damaged library; and one of them brought back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from paperreader.errors import LibraryDamaged, StoreError
from paperreader.paper import Sighting
from paperreader.store import backups, papers
from paperreader.store.database import Database
from tests.store.conftest import opened, record

TODAY = date(2026, 3, 1)


def test_a_copy_is_made_once_a_day(database: Database, tmp_path: Path) -> None:
    record(database, Sighting(source="import", id="x"))
    copy = backups.back_up_daily(database, tmp_path / "backups", TODAY)
    assert copy is not None
    assert copy.name == "library-2026-03-01.db"
    assert copy.stat().st_mode & 0o077 == 0
    assert backups.back_up_daily(database, tmp_path / "backups", TODAY) is None
    copied = opened(copy)
    assert papers.total(copied) == 1
    copied.close()


def test_seven_are_kept_the_newest_first(database: Database, tmp_path: Path) -> None:
    for day in range(10):
        backups.back_up_daily(database, tmp_path / "backups", TODAY + timedelta(days=day))
    kept = backups.kept(tmp_path / "backups")
    assert [path.name[8:18] for path in kept] == [f"2026-03-{day:02}" for day in range(10, 3, -1)]


def test_a_copy_is_consistent_while_another_thread_is_within_a_transaction(database: Database, tmp_path: Path) -> None:
    record(database, Sighting(source="import", id="x"))
    with database.write() as connection:
        connection.execute("DELETE FROM sighting")
        copy = backups.back_up_daily(database, tmp_path / "backups", TODAY)
    assert copy is not None
    copied = opened(copy)
    with copied.read() as connection:
        assert connection.execute("SELECT count(*) FROM sighting").fetchone()[0] == 1
    copied.close()


def test_a_damaged_library_makes_no_copy_and_pushes_none_out(tmp_path: Path) -> None:
    database = opened(tmp_path / "library.db")
    record(database, *(Sighting(source="import", id=f"{n}", abstract="a" * 900) for n in range(100)))
    for day in range(7):
        backups.back_up_daily(database, tmp_path / "backups", TODAY + timedelta(days=day))
    database.close()
    whole = (tmp_path / "library.db").read_bytes()
    (tmp_path / "library.db").write_bytes(whole[:4096] + b"\x5a" * (len(whole) - 4096))
    damaged = Database(tmp_path / "library.db")
    with pytest.raises(LibraryDamaged):
        backups.back_up_daily(damaged, tmp_path / "backups", TODAY + timedelta(days=9))
    damaged.close()
    assert len(list((tmp_path / "backups").iterdir())) == 7


def test_a_copy_is_brought_back_and_the_replaced_file_is_kept(tmp_path: Path) -> None:
    database = opened(tmp_path / "library.db")
    record(database, Sighting(source="import", id="old"))
    copy = backups.back_up_daily(database, tmp_path / "backups", TODAY)
    assert copy is not None
    record(database, Sighting(source="import", id="new"))
    database.close()
    (tmp_path / "library.db").write_bytes(b"damaged")
    aside = backups.bring_back(tmp_path / "library.db", copy)
    assert aside is not None
    assert aside.read_bytes() == b"damaged"
    again = opened(tmp_path / "library.db")
    assert papers.total(again) == 1
    again.close()
    assert copy.exists()


def test_a_copy_that_is_not_sound_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    opened(tmp_path / "library.db").close()
    before = (tmp_path / "library.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(b"nonsense")
    with pytest.raises(LibraryDamaged):
        backups.bring_back(tmp_path / "library.db", tmp_path / "copy.db")
    with pytest.raises(LibraryDamaged):
        backups.bring_back(tmp_path / "library.db", tmp_path / "absent.db")
    assert (tmp_path / "library.db").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(database: Database, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError, match="daily backup"):
        backups.back_up_daily(database, tmp_path / "backups", TODAY)
