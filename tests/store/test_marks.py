"""What the person does is written at once, with its event, and can be undone, also by the next program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperreader.paper import STARTER, Sighting, Sort, View
from paperreader.store import events, marks, papers, starter, undoing
from paperreader.store.database import Database
from tests.store.conftest import NOW, opened, record


@pytest.fixture
def rids(database: Database) -> list[int]:
    record(database, *(Sighting(source="feed", title=f"Paper {n}", arxiv_id=f"2401.0000{n}") for n in range(5)))
    return list(papers.all_rids(database))


def bookmarks(database: Database) -> set[int]:
    return set(papers.listing(database, View.BOOKMARKS, Sort.NEWEST))


def test_an_act_says_what_it_really_changed(database: Database, rids: list[int]) -> None:
    assert marks.act(database, "m", "bookmark", rids[:2], NOW).rids == tuple(rids[:2])
    assert marks.act(database, "m", "bookmark", rids[:3], NOW).rids == (rids[2],)
    assert bookmarks(database) == set(rids[:3])


def test_an_act_that_changes_nothing_is_no_event(database: Database, rids: list[int]) -> None:
    marks.act(database, "m", "bookmark", rids[:1], NOW)
    assert marks.act(database, "m", "bookmark", rids[:1], NOW).rids == ()
    assert marks.act(database, "m", "unread", rids, NOW).rids == ()
    assert marks.act(database, "m", "bookmark", [10_000], NOW).rids == ()
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone()[0] == 1


def test_an_event_names_machine_counter_time_and_papers_by_key(database: Database, rids: list[int]) -> None:
    marks.act(database, "m", "read", rids[:2], NOW)
    marks.act(database, "m", "remove", rids[:1], NOW + 1)
    with database.read() as connection:
        rows = connection.execute("SELECT machine, counter, at, what, papers FROM event ORDER BY counter").fetchall()
    assert rows == [
        ("m", 1, NOW, "read", json.dumps(["arxiv:2401.00000", "arxiv:2401.00001"])),
        ("m", 2, NOW + 1, "remove", json.dumps(["arxiv:2401.00000"])),
    ]


@pytest.mark.parametrize(("what", "back"), [("bookmark", "unbookmark"), ("read", "unread"), ("remove", "restore")])
def test_every_act_can_be_undone_and_redone(database: Database, rids: list[int], what: str, back: str) -> None:
    before = papers.counts(database)
    marks.act(database, "m", what, rids[:2], NOW)
    after = papers.counts(database)
    assert after != before
    undone = undoing.undo(database, "m", NOW + 1)
    assert undone == marks.Act(what, tuple(rids[:2]))
    assert papers.counts(database) == before
    assert undoing.undo(database, "m", NOW + 2) is None
    redone = undoing.redo(database, "m", NOW + 3)
    assert redone == marks.Act(what, tuple(rids[:2]))
    assert papers.counts(database) == after


def test_undoing_the_end_of_a_bookmark_gives_back_its_time(database: Database, rids: list[int]) -> None:
    marks.act(database, "m", "bookmark", rids[:1], NOW)
    marks.act(database, "m", "unbookmark", rids[:1], NOW + 50)
    undoing.undo(database, "m", NOW + 60)
    (paper,) = papers.papers(database, rids[:1])
    assert paper.bookmarked == NOW


def test_undo_reaches_across_a_restart_and_stops_at_a_new_act_for_redo(tmp_path: Path) -> None:
    first = opened(tmp_path / "x.db")
    record(first, Sighting(source="import", id="a"), Sighting(source="import", id="b"))
    a, b = papers.all_rids(first)
    marks.act(first, "m", "bookmark", [a], NOW)
    marks.act(first, "m", "bookmark", [b], NOW)
    first.close()
    second = opened(tmp_path / "x.db")
    undoing.undo(second, "m", NOW)
    assert bookmarks(second) == {a}
    marks.act(second, "m", "read", [a], NOW)
    assert undoing.redo(second, "m", NOW) is None
    undoing.undo(second, "m", NOW)
    undoing.undo(second, "m", NOW)
    assert bookmarks(second) == set()
    second.close()


def test_what_happened_by_itself_is_passed_over_by_undo(database: Database, rids: list[int]) -> None:
    marks.act(database, "m", "bookmark", rids[:1], NOW)
    marks.act(database, "m", "read", rids[1:2], NOW, auto=True)
    assert undoing.undo(database, "m", NOW) == marks.Act("bookmark", (rids[0],))
    assert papers.counts(database)[View.UNREAD] == 4


def test_undo_finds_a_paper_that_has_got_a_stronger_name_since(database: Database) -> None:
    record(database, Sighting(source="import", title="One"))
    (rid,) = papers.all_rids(database)
    marks.act(database, "m", "bookmark", [rid], NOW)
    record(database, Sighting(source="import", title="One", arxiv_id="2401.00001"))
    assert undoing.undo(database, "m", NOW) == marks.Act("bookmark", (rid,))


def test_undo_and_redo_meet_two_papers_that_have_become_one_since(database: Database) -> None:
    record(
        database, Sighting(source="import", title="One"), Sighting(source="feed", title="Two", arxiv_id="2401.00001")
    )
    one, two = papers.all_rids(database)
    marks.act(database, "m", "read", [one, two], NOW)
    marks.act(database, "m", "unread", [one, two], NOW + 1)
    with database.write() as connection:
        connection.execute("UPDATE identity SET paper = ? WHERE paper = ?", (two, one))
    assert undoing.undo(database, "m", NOW + 2) == marks.Act("unread", (two,))
    assert undoing.undo(database, "m", NOW + 3) == marks.Act("read", (two,))


def test_an_act_on_thousands_of_papers_is_a_few_statements(database: Database) -> None:
    record(database, *(Sighting(source="feed", title=f"P {n}", arxiv_id=f"2402.{n:05}") for n in range(2000)))
    many = list(papers.all_rids(database))
    said: list[str] = []
    with database.read() as connection:
        connection.set_trace_callback(said.append)
        assert marks.act(database, "m", "read", many[::-1], NOW).rids == tuple(many[::-1])
        selects = [statement for statement in said if not statement.startswith("INSERT INTO reading")]
        assert undoing.undo(database, "m", NOW) == marks.Act("read", tuple(many[::-1]))
        connection.set_trace_callback(None)
    assert len(selects) < 20
    assert len(said) < 2000 + 50


def test_undo_of_another_machine_is_not_ours(database: Database, rids: list[int]) -> None:
    marks.act(database, "theirs", "bookmark", rids, NOW)
    assert undoing.undo(database, "ours", NOW) is None


def test_replaying_a_long_story_keeps_the_stacks_right() -> None:
    story = [
        events.Step(1),
        events.Step(2),
        events.Step(3, subject=2, undoes=True),
        events.Step(4, subject=1, undoes=True),
        events.Step(5, subject=1),
        events.Step(6, subject=999, undoes=True),
    ]
    undoable, redoable = events.replayed(story)
    assert undoable == [1]
    assert redoable == [2]


def test_the_starter_papers_go_and_come_but_for_the_bookmarked_ones(database: Database) -> None:
    record(database, *(Sighting(source=STARTER, title=f"S {n}", arxiv_id=f"1701.0000{n}") for n in range(4)))
    record(database, Sighting(source="feed", arxiv_id="1701.00003"))
    kept, read, plain, fed = papers.all_rids(database)
    marks.act(database, "m", "bookmark", [kept], NOW)
    marks.act(database, "m", "read", [read], NOW)
    assert starter.withhold(database) == 2
    assert set(papers.listing(database, View.ALL, Sort.NEWEST)) == {kept, fed}
    marks.act(database, "m", "bookmark", [plain], NOW)
    assert bookmarks(database) == {kept, plain}
    assert starter.delete(database) == 0  # the one left was read: that is the person's
    assert starter.show(database) == 1
