"""Counts are kept as they were at each time; days and visits are remembered; an old library becomes a new one."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from paperreader.paper import Sighting
from paperreader.store import papers, recording, tallies, visits
from paperreader.store.database import Database
from paperreader.store.schema import MIGRATIONS
from paperreader.trending import Tally
from tests.store.conftest import NOW, opened, record

DAILY = Sighting(source="huggingface", arxiv_id="2401.00001", title="T", votes=5, comments=1, listed="2026-08-17")


def again(database: Database, at: float, *, votes: int = 5, rank: int | None = None) -> None:
    record(database, replace(DAILY, votes=votes, rank=rank), now=at)


def test_a_tally_is_kept_for_each_time_that_something_else_was_counted(database: Database) -> None:
    again(database, NOW)
    again(database, NOW + 10)
    again(database, NOW + 20, votes=9, rank=3)
    assert tallies.of(database, [1])[1] == [
        Tally("huggingface", NOW, None, 5, 1, None),
        Tally("huggingface", NOW + 20, 3, 9, 1, None),
    ]


def test_old_tallies_go_when_new_ones_come(database: Database) -> None:
    again(database, NOW)
    again(database, NOW + 100 * 86_400, votes=6)
    assert [tally.votes for tally in tallies.of(database, [1])[1]] == [6]


def test_a_paper_listed_on_two_days_is_one_paper_of_both(database: Database) -> None:
    again(database, NOW)
    record(database, replace(DAILY, votes=None, comments=None, listed="2026-08-19"))
    assert papers.total(database) == 1
    assert tallies.listed_between(database, date(2026, 8, 17), date(2026, 8, 17)) == {1: "2026-08-17"}
    assert tallies.listed_between(database, date(2026, 8, 10), date(2026, 8, 20)) == {1: "2026-08-19"}
    assert tallies.listed_between(database, date(2026, 8, 20), date(2026, 8, 20)) == {}
    assert tallies.latest_day(database, date.max) == date(2026, 8, 19)
    assert tallies.latest_day(database, date(2026, 8, 18)) == date(2026, 8, 17)
    assert tallies.latest_day(database, date(2026, 8, 16)) is None


def test_what_feeds_tell_comes_back_with_the_paper(database: Database) -> None:
    record(
        database,
        Sighting(
            source="huggingface",
            arxiv_id="2401.00001",
            title="T",
            votes=1,
            comments=2,
            stars=3,
            version=2,
            citations=4,
            project="https://p.org",
            organisation="O",
            submitter="S",
            remark="12 pages",
            tldr="Short.",
        ),
        Sighting(source="arxiv cs.CL", arxiv_id="2401.00001", version=1),
    )
    (paper,) = papers.papers(database, [1])
    assert (paper.votes, paper.comments, paper.stars, paper.version, paper.citations) == (1, 2, 3, 2, 4)
    assert (paper.project_link, paper.organisation, paper.submitter) == ("https://p.org", "O", "S")
    assert (paper.remark, paper.tldr) == ("12 pages", "Short.")


def test_joined_rows_keep_the_tallies_and_days_of_both(database: Database) -> None:
    again(database, NOW)
    record(database, Sighting(source="other", title="U", doi="10.1/x", votes=7, listed="2026-08-18"))
    record(database, Sighting(source="feed", arxiv_id="2401.00001", doi="10.1/x"))
    assert {tally.votes for tally in tallies.of(database, [1])[1]} == {5, 7}
    assert tallies.listed_between(database, date(2026, 8, 18), date(2026, 8, 18)) == {1: "2026-08-18"}


def test_a_page_is_remembered_until_it_is_forgotten(database: Database) -> None:
    assert visits.page(database, "https://x.org") is None
    known = visits.Page('W/"1"', "Mon, 17 Aug 2026", 5.0, 100)
    visits.remember_page(database, "https://x.org", known)
    assert visits.page(database, "https://x.org") == known
    visits.forget_pages(database)
    assert visits.page(database, "https://x.org") is None


def test_a_host_is_taken_by_one_at_a_time_and_a_wrong_clock_does_not_block_it(database: Database) -> None:
    assert visits.take_turn(database, "arxiv.org", 100.0, 130.0) == 0.0
    assert visits.take_turn(database, "arxiv.org", 101.0, 131.0) == 130.0
    visits.leave_turn(database, "arxiv.org", 104.0)
    assert visits.take_turn(database, "arxiv.org", 103.0, 133.0) == 104.0
    assert visits.take_turn(database, "arxiv.org", 104.0, 134.0) == 0.0
    assert visits.take_turn(database, "arxiv.org", 103.5, 133.5) == 134.0  # looked at the clock, then waited for us
    assert visits.take_turn(database, "arxiv.org", 50.0, 80.0) == 0.0  # written in a future that was none


_ASKER = """
import sys, time
from pathlib import Path
from paperreader.store import visits
from paperreader.store.database import Database
from paperreader.store.schema import MIGRATIONS
database = Database(Path(sys.argv[1]))
database.migrate(MIGRATIONS, "test")
print(visits.take_turn(database, "arxiv.org", 100.0, 138.0, 3.0), flush=True)
sys.stdin.read()
"""


def test_who_is_killed_with_the_turn_blocks_the_host_for_its_pause_and_no_longer(database: Database) -> None:
    command = [sys.executable, "-c", _ASKER, str(database.path)]
    asker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert asker.stdin is not None and asker.stdout is not None
    assert asker.stdout.readline() == "0.0\n"
    assert visits.take_turn(database, "arxiv.org", 101.0, 139.0, 3.0) == 138.0  # it lives
    asker.kill()
    asker.wait()
    asker.stdin.close()
    asker.stdout.close()
    assert visits.take_turn(database, "arxiv.org", 102.0, 140.0, 3.0) == 105.0
    assert visits.take_turn(database, "arxiv.org", 104.0, 142.0, 3.0) == 105.0  # the pause is not begun anew
    assert visits.take_turn(database, "arxiv.org", 105.0, 143.0, 3.0) == 0.0


def test_a_process_of_another_machine_counts_as_alive(database: Database) -> None:
    visits.take_turn(database, "arxiv.org", 100.0, 138.0)
    with database.write() as connection:
        connection.execute("UPDATE host SET holder = 'elsewhere - 4194304'")
    assert visits.take_turn(database, "arxiv.org", 101.0, 139.0, 3.0) == 138.0


def test_of_many_at_once_one_gets_the_turn(database: Database) -> None:
    taken: list[float] = []
    threads = [
        threading.Thread(target=lambda: taken.append(visits.take_turn(database, "arxiv.org", 1.0, 31.0)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [0.0, *[31.0] * 7]


def test_a_cool_down_and_the_last_refresh_are_remembered(database: Database) -> None:
    assert visits.cooling_until(database, "arxiv.org") == 0.0
    visits.cool(database, "arxiv.org", 500.0)
    assert visits.take_turn(database, "arxiv.org", 1.0, 31.0) == 0.0
    assert visits.cooling_until(database, "arxiv.org") == 500.0
    visits.note_refreshed(database, "huggingface", NOW, "3 new")
    assert visits.refreshed(database) == {"huggingface": (NOW, "3 new")}


@pytest.mark.parametrize("steps", range(1, len(MIGRATIONS)))
def test_an_older_library_becomes_a_new_one_and_keeps_everything(tmp_path: Path, steps: int) -> None:
    old = Database(tmp_path / "library.db")
    old.migrate(MIGRATIONS[:steps], "0.1.0")
    with old.write() as connection:
        connection.execute(
            "INSERT INTO paper (key, title, title_key, named, published, added, arxiv_id, doi, other_id, authors, "
            "keywords, categories, code, url, summary, abstract) "
            "VALUES ('arxiv:1', 'T', 't', 1, '2024', 1, '1', '', '', '[]', '[]', '[]', '', '', '', 'A')"
        )
        connection.execute("INSERT INTO identity VALUES ('arxiv', '1', 1)")
        connection.execute("INSERT INTO bookmark VALUES (1, 5)")
    old.close()
    new = opened(tmp_path / "library.db")
    (paper,) = papers.papers(new, [1])
    assert (paper.title, paper.abstract, paper.bookmarked, paper.project) == ("T", "A", 5.0, "")
    *_, sums = recording.record(new, [Sighting(source="feed", arxiv_id="1", votes=3)], NOW, revive=False)
    assert sums.changed == 1
    new.close()


def test_a_list_that_counts_nothing_makes_no_day_of_trending(database: Database) -> None:
    again(database, NOW)
    announced = Sighting(source="arxiv cs.CV", arxiv_id="2401.00001", title="T", listed="2026-08-24")
    record(database, announced)
    assert tallies.latest_day(database, date.max) == date(2026, 8, 17)
    assert tallies.listed_between(database, date(2026, 8, 18), date(2026, 8, 30)) == {}
