"""A consistent copy a day, seven kept, none of a damaged library; and one of them brought back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from paperreader.errors import LibraryBusy, LibraryDamaged, StoreError
from paperreader.paper import Sighting, View
from paperreader.store import backups, holding, marks, meta, papers
from paperreader.store.database import Database
from tests.store.conftest import NOW, opened, record

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
    aside, carried = backups.bring_back(tmp_path / "library.db", copy)
    assert not carried
    assert aside is not None
    assert aside.read_bytes() == b"damaged"
    again = opened(tmp_path / "library.db")
    assert papers.total(again) == 1
    again.close()
    assert copy.exists()


_HOLDER = """
import sys
from pathlib import Path
from paperreader.store.database import Database
from paperreader.store.schema import MIGRATIONS
database = Database(Path(sys.argv[1]))
database.migrate(MIGRATIONS, "test")
print("open", flush=True)
sys.stdin.read()
"""


def test_nothing_takes_the_place_of_a_library_that_another_process_has_open_until_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "REPLACING", 0.0)
    path = tmp_path / "library.db"
    database = opened(path)
    copy = backups.back_up_daily(database, tmp_path / "backups", TODAY)
    assert copy is not None
    with pytest.raises(LibraryBusy, match="open in another paperreader"):
        backups.bring_back(path, copy)
    database.close()
    command = [sys.executable, "-c", _HOLDER, str(path)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdin is not None and holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    before = path.stat().st_ino
    with pytest.raises(LibraryBusy, match=r"Close that one .* nothing was changed"):
        backups.bring_back(path, copy)
    assert path.stat().st_ino == before and not list(tmp_path.glob("*.replaced-*"))
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    assert backups.bring_back(path, copy).aside is not None
    assert path.stat().st_ino != before


def test_who_opens_a_library_while_a_backup_takes_its_place_is_told_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "OPENING", 0.0)
    hold = holding.alone(tmp_path / "library.db")
    with pytest.raises(LibraryBusy, match="A backup is taking the place"):
        opened(tmp_path / "library.db")
    hold.release()
    opened(tmp_path / "library.db").close()


def test_what_a_killed_program_left_in_the_log_is_kept_with_the_replaced_file_and_can_be_brought_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "library.db"
    database = opened(path)
    copy = backups.back_up_daily(database, tmp_path / "backups", TODAY)
    assert copy is not None
    record(database, Sighting(source="import", id="late"))
    left = {suffix: Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")}
    database.close()
    for suffix, content in left.items():
        Path(f"{path}{suffix}").write_bytes(content)
    aside = backups.bring_back(path, copy).aside
    assert aside is not None
    assert not Path(f"{path}-wal").exists()
    again = opened(path)
    assert papers.total(again) == 0
    again.close()
    second = backups.bring_back(path, aside).aside
    assert second is not None and second != aside  # within one second, each keeps its name
    again = opened(path)
    assert papers.total(again) == 1
    again.close()


def test_a_library_brought_back_counts_its_events_apart_and_wants_an_index_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    database = opened(path)
    record(database, Sighting(source="import", id="x"))
    marks.act(database, meta.machine_id(database), "bookmark", [1], NOW)
    copy = backups.back_up_daily(database, tmp_path / "backups", TODAY)
    assert copy is not None
    before = meta.machine_id(database), meta.library_id(database)
    database.close()
    backups.bring_back(path, copy)
    again = opened(path)
    assert papers.counts(again)[View.BOOKMARKS] == 1
    assert meta.machine_id(again) != before[0]
    assert meta.library_id(again) != before[1]
    again.close()


def test_halves_that_killed_processes_left_are_removed(database: Database, tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / "backups" / f"library-2026-03-01.db.part-{ended.pid}-0a0b0c0d"
    running = tmp_path / "backups" / f"library-2026-03-01.db.part-{os.getpid()}-0a0b0c0d"
    left.parent.mkdir()
    left.touch()
    running.touch()
    assert backups.back_up_daily(database, tmp_path / "backups", TODAY) is not None
    assert not left.exists() and running.exists()


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
