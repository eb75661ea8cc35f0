"""A backup that is brought back knows of every digest that went out since it was made."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.errors import LibraryTooNew
from paperreader.paper import Sighting
from paperreader.store import arriving, backups, ledger, marks, papers
from paperreader.store.database import Database
from paperreader.store.ledger import Entry, Line, State
from paperreader.store.schema import MIGRATIONS
from tests.store.conftest import NOW, opened, record
from tests.store.test_backups import TODAY
from tests.store.test_older_libraries import older

ANN = "ann@example.org"


def told(database: Database, *rids: int, at: float = NOW, state: State = State.SENT, kind: str = "trending") -> int:
    entry = Entry(recipient=ANN, message_id=f"<{at}@x>", state=state, at=at, day="2026-08-21", through=max(rids))
    lines = [Line(rid, place, kind, "Trending", "1st") for place, rid in enumerate(rids, 1)]
    return ledger.enter(database, entry, lines, b"the mail")


def listed(number: int, version: int = 1) -> Sighting:
    return Sighting(source="arxiv cs.CL", arxiv_id=f"2401.0000{number}", title=f"Paper {number}", version=version)


def copied(folder: Path, done: Callable[[Database], object] = lambda _: None) -> tuple[Path, Path, Database]:
    """A library in which this was done, a copy of it as it is then, and the library itself, open."""
    path = folder / "library.db"
    database = opened(path)
    done(database)
    copy = backups.back_up_daily(database, folder / "backups", TODAY)
    assert copy is not None
    return path, copy, database


def test_into_a_copy_of_an_earlier_version_of_the_program(tmp_path: Path) -> None:
    older(tmp_path / "copy.db", 2)
    database = opened(tmp_path / "library.db")
    record(database, listed(7), listed(1))
    told(database, 1, 2)
    database.close()
    assert backups.bring_back(tmp_path / "library.db", tmp_path / "copy.db").carried
    again = opened(tmp_path / "library.db")
    (entry,) = ledger.told(again, ANN)
    told_of = papers.papers(again, [line.paper for line in ledger.lines(again, entry.id)])
    assert [paper.title for paper in told_of] == ["Paper 7", "Paper 1"]
    assert [line.paper for line in ledger.lines(again, entry.id)] == [5, 2]  # the one that is there is no second one
    assert ledger.message(again, entry.id) == b"the mail"
    again.close()


def test_from_a_library_of_an_earlier_version_that_knew_no_digests(tmp_path: Path) -> None:
    older(tmp_path / "library.db", 2)
    opened(tmp_path / "copy.db").close()
    assert backups.bring_back(tmp_path / "library.db", tmp_path / "copy.db").carried


def test_from_a_library_of_a_later_version_whose_columns_are_not_known_here(tmp_path: Path) -> None:
    path, copy, database = copied(tmp_path)
    record(database, listed(7))
    told(database, 1)
    with database.write() as connection:
        for table in ("digest", "digest_paper", "paper", "tally"):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'")
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    database.close()
    assert backups.bring_back(path, copy).carried
    again = opened(path)
    assert [line.paper for line in ledger.lines(again, 1)] == [1]
    again.close()


def test_a_copy_that_a_later_version_made_is_refused_and_the_library_stays(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    opened(path).close()
    opened(tmp_path / "copy.db").close()
    with contextlib.closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    before = path.stat().st_ino
    with pytest.raises(LibraryTooNew, match=r"copy\.db"):
        backups.bring_back(path, tmp_path / "copy.db")
    assert path.stat().st_ino == before
    assert sorted(file.name for file in tmp_path.glob("library.db*")) == ["library.db"]


def test_each_digest_keeps_its_number_and_what_became_of_it(tmp_path: Path) -> None:
    def send(database: Database) -> None:
        record(database, listed(1), listed(2), listed(3))
        told(database, 1, state=State.SENDING)

    path, copy, database = copied(tmp_path, send)
    first = 1
    ledger.settle(database, first, State.SENT, "250 ok")
    for number in range(3):  # what the person was told to send again by its number
        told(database, 2, at=NOW + number + 1, state=State.FAILED)
    unclear = told(database, 3, at=NOW + 9, state=State.UNCLEAR)
    with database.write() as connection:
        connection.execute("DELETE FROM digest WHERE state = 'failed'")
    database.close()
    aside, carried = backups.bring_back(path, copy)
    assert carried
    assert aside is not None and not aside.with_name(f"{aside.name}-wal").exists()  # reading left nothing beside
    again = opened(path)
    assert [(entry.id, entry.state) for entry in ledger.told(again, ANN)] == [
        (first, State.SENT),
        (unclear, State.UNCLEAR),
    ]
    again.close()


def test_a_copy_of_another_library_whose_digests_have_the_same_numbers_keeps_its_own(tmp_path: Path) -> None:
    for name, number in (("library.db", 1), ("copy.db", 2)):
        database = opened(tmp_path / name)
        record(database, listed(number))
        told(database, 1, at=NOW + number)
        database.close()
    assert backups.bring_back(tmp_path / "library.db", tmp_path / "copy.db").carried
    again = opened(tmp_path / "library.db")
    assert [(entry.id, entry.at) for entry in ledger.told(again, ANN)] == [(1, NOW + 2), (2, NOW + 1)]
    again.close()


def test_a_version_that_was_told_of_among_the_trending_ones_is_no_news_when_a_feed_repeats_it(tmp_path: Path) -> None:
    def bookmark(database: Database) -> None:
        record(database, listed(1))
        marks.act(database, "here", "bookmark", [1], NOW)

    path, copy, database = copied(tmp_path, bookmark)
    record(database, listed(1, version=2), now=NOW + 10)
    told(database, 1, at=NOW + 20)
    database.close()
    assert backups.bring_back(path, copy).carried
    again = opened(path)
    record(again, listed(1, version=2), now=NOW + 30)
    assert arriving.revised_since(again, ANN, 0) == {}
    assert arriving.revised_since(again, "bo@example.org", 0) == {1: 2}
    again.close()


def test_an_entry_whose_paper_is_missing_in_a_damaged_file_keeps_the_others(tmp_path: Path) -> None:
    path, copy, database = copied(tmp_path)
    record(database, listed(1), listed(2))
    told(database, 1, 2)
    database.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:  # foreign keys are not looked after here
        connection.execute("DELETE FROM identity WHERE paper = 1")
        connection.execute("DELETE FROM paper WHERE rid = 1")
        connection.commit()
    assert backups.bring_back(path, copy).carried
    again = opened(path)
    (line,) = ledger.lines(again, 1)
    assert [paper.title for paper in papers.papers(again, [line.paper])] == ["Paper 2"]
    again.close()


def test_what_is_damaged_halfway_gives_nothing_and_that_is_said(tmp_path: Path) -> None:
    path, copy, database = copied(tmp_path)
    record(database, *(listed(n) for n in range(9)))
    for number in range(60):
        told(database, 1, 2, 3, at=NOW + number)
    with database.read() as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'digest_paper'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x5a" * size)
    assert not backups.bring_back(path, copy).carried
    again = opened(path)
    assert ledger.told(again, ANN) == [] and papers.total(again) == 0
    again.close()


_RESTORING = """
import os, signal, sys
from pathlib import Path
from paperreader.store import backups
count = 0
def stop(event, arguments):
    global count
    if event in ("sqlite3.connect", "os.link", "os.rename", "os.remove", "os.chmod", "shutil.copyfile", "open"):
        if count == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
path, copy = Path(sys.argv[1]), Path(sys.argv[2])
sys.addaudithook(stop)
backups.bring_back(path, copy)
"""


def test_killed_at_any_step_it_leaves_the_old_library_or_the_new_one_and_each_knows_all_digests(tmp_path: Path) -> None:
    path, copy, database = copied(tmp_path, lambda database: record(database, listed(1)))
    record(database, listed(2))
    told(database, 2)
    database.close()
    old = path.read_bytes()
    for step in range(100):
        done = subprocess.run(
            [sys.executable, "-c", _RESTORING, str(path), str(copy), str(step)], capture_output=True, check=False
        )
        again = opened(path)
        assert [entry.recipient for entry in ledger.told(again, ANN)] == [ANN], step
        again.close()
        if done.returncode != -signal.SIGKILL:
            assert done.returncode == 0, done.stderr
            assert step > 5
            break
        path.write_bytes(old)
    assert [file.name for file in tmp_path.iterdir() if ".part-" in file.name] == []  # halves of the dead are swept


def test_a_year_of_digests_is_taken_over_in_short_time(tmp_path: Path) -> None:
    path, copy, database = copied(tmp_path)
    with database.write() as connection:
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3650) "
            "INSERT INTO paper (key, title, title_key, named, published, added, arxiv_id, doi, other_id, authors, "
            "keywords, categories, code, url, summary, abstract) SELECT 'arxiv:' || i, 'Paper ' || i, 'p' || i, 1, '', "
            "0, i, '', '', '[]', '[]', '[]', '', '', '', '' FROM n"
        )
        connection.execute("INSERT INTO identity SELECT 'arxiv', arxiv_id, rid FROM paper")
        for day in range(365):
            lines = json.dumps(list(range(day * 10 + 1, day * 10 + 11)))
            connection.execute(
                "INSERT INTO digest VALUES (?, ?, '', 'sent', ?, '', '', 1, '', NULL, '[]')", (day + 1, ANN, NOW + day)
            )
            connection.execute(
                "INSERT INTO digest_paper SELECT ?, value, key, 'trending', 't', 'w' FROM json_each(?)",
                (day + 1, lines),
            )
    database.close()
    began = os.times()
    assert backups.bring_back(path, copy).carried
    ended = os.times()
    assert ended.user + ended.system - began.user - began.system < 5  # 0.2 s measured
    again = opened(path)
    assert len(ledger.told(again, ANN)) == 365
    assert papers.total(again) == 3650
    again.close()
