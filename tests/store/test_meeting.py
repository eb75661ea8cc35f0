"""What events of another machine do to papers that are not here, to notes of both, and to lines that are none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from paperreader.paper import Sighting, State
from paperreader.store import (
    arrivals,
    event_lines,
    events,
    identities,
    list_acts,
    marks,
    merging,
    notes,
    paper_acts,
    papers,
    tag_acts,
    undoing,
)
from paperreader.store.marks import Hand
from tests.store.conftest import NOW, opened, record
from tests.store.test_merging import KEYS, Machine, state

BOOK = (("type", "book"), ("volume", "3"), ("publisher", "MIT Press"))


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Machine, Machine]:
    return Machine(tmp_path / "one.db", "one"), Machine(tmp_path / "two.db", "two", NOW + 1, papers_of=())


def test_a_kept_paper_that_is_not_here_is_made_of_what_the_events_tell(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    record(
        one.database,
        Sighting(
            source="import",
            id="x-1",
            title="By hand",
            authors=("A. Person",),
            abstract="Its text.",
            url="http://x",
            organisation="A lab",
            bibliography=BOOK,
        ),
    )
    list_acts.add(one.hand, [one.rid("x-1"), one.rid(KEYS[0])], "to read")
    one.act("read", KEYS[1])
    told = two.merge(one)
    assert (told.made, told.waiting) == (2, 1)
    (paper,) = papers.papers(two.database, [two.rid("x-1")])
    assert (paper.title, paper.authors, paper.abstract) == ("By hand", ("A. Person",), "Its text.")
    assert (paper.url, paper.organisation, paper.bibliography) == ("http://x", "A lab", BOOK)
    assert paper.lists == ("to read",)
    assert not arrivals.since(two.database, 0.0)  # no feed brought it
    assert identities.find(two.database, KEYS[1]) is None  # read and not kept: it waits for a feed


def test_what_was_done_with_a_paper_waits_until_a_feed_brings_it(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    paper_acts.set_state(one.hand, [one.rid(KEYS[0])], State.DISMISSED)
    one.act("read", KEYS[1])
    assert two.merge(one).waiting == 2
    record(two.database, Sighting(source="feed", arxiv_id=KEYS[0], title="Zero"))
    record(two.database, Sighting(source="feed", arxiv_id=KEYS[1], title="One"))
    assert [paper.state for paper in papers.papers(two.database, [two.rid(KEYS[0]), two.rid(KEYS[1])])] == [
        State.DISMISSED,
        State.READ,
    ]
    assert two.merge(one).waiting == 0


def test_a_paper_known_by_another_name_here_is_met_and_not_doubled(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    record(one.database, Sighting(source="feed", arxiv_id="2402.00001", doi="10.1000/x", title="Two names"))
    record(two.database, Sighting(source="import", doi="10.1000/x", title="Two names"))
    one.act("bookmark", "2402.00001")
    two.merge(one)
    assert papers.total(two.database) == 1
    assert two.rid("2402.00001") == two.rid("10.1000/x")
    (paper,) = papers.papers(two.database, [two.rid("10.1000/x")])
    assert paper.bookmarked == NOW


def test_of_a_note_that_both_wrote_both_are_kept_until_the_person_makes_one_of_them(tmp_path: Path) -> None:
    one, two = Machine(tmp_path / "one.db", "one"), Machine(tmp_path / "two.db", "two", NOW + 1)
    paper_acts.annotate(one.hand, one.rid(KEYS[0]), "common", None)
    two.merge(one)
    paper_acts.annotate(one.hand, one.rid(KEYS[0]), "common, and one", None)
    paper_acts.annotate(two.hand, two.rid(KEYS[0]), "common, and two", None)
    one.merge(two)
    two.merge(one)
    both = notes.note(one.database, one.rid(KEYS[0]))
    assert both == notes.note(two.database, two.rid(KEYS[0])) == "common, and one\n\n---\n\ncommon, and two"
    paper_acts.annotate(two.hand, two.rid(KEYS[0]), "one of them", both)
    one.merge(two)
    assert notes.note(one.database, one.rid(KEYS[0])) == "one of them"
    paper_acts.annotate(one.hand, one.rid(KEYS[0]), "", None)
    two.merge(one)
    assert notes.note(two.database, two.rid(KEYS[0])) == ""
    assert state(one.database) == state(two.database)


def test_a_clock_that_is_years_behind_does_not_lose_what_is_done_by_it(tmp_path: Path) -> None:
    one, two = Machine(tmp_path / "one.db", "one"), Machine(tmp_path / "two.db", "two", NOW - 1e8)
    one.act("bookmark", KEYS[0])
    two.merge(one)
    two.act("unbookmark", KEYS[0])
    one.merge(two)
    (paper,) = papers.papers(one.database, [one.rid(KEYS[0])])
    assert paper.bookmarked is None


def test_two_events_of_one_name_are_both_kept(tmp_path: Path) -> None:
    one, copy, third = (Machine(tmp_path / f"{name}.db", "one") for name in ("one", "copy", "third"))
    one.act("bookmark", KEYS[0])
    copy.act("bookmark", KEYS[1])
    for _ in range(2):
        third.merge(one, copy)
        assert set(state(third.database)["papers"]) == {f"arxiv:{KEYS[0]}", f"arxiv:{KEYS[1]}"}
    assert len(third.events()) == 2


def test_an_event_of_a_newer_paperreader_is_kept_and_passed_on(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    one.act("bookmark", KEYS[0])
    (event,) = one.events()
    newer = event._replace(
        counter=2, clock=event.clock + 1, what="glow", detail={"sets": [{"field": "glow", "to": [{"x": 1}]}]}
    )
    assert event_lines.event(event_lines.line(newer)) == newer
    merging.merge(two.database, [event, newer], NOW)
    assert two.events() == [event, newer]


def test_two_rows_that_become_one_paper_have_what_both_machines_and_both_rows_had(tmp_path: Path) -> None:
    one, two = (Machine(tmp_path / f"{name}.db", name, papers_of=()) for name in ("one", "two"))
    apart = (Sighting(source="import", title="One paper"), Sighting(source="feed", doi="10.1000/y", title="Another"))
    record(one.database, *apart)
    by_title, by_doi = papers.all_rids(one.database)
    paper_acts.annotate(one.hand, by_title, "on the first", None)
    paper_acts.annotate(one.hand, by_doi, "on the second", None)
    paper_acts.rate(one.hand, [by_doi], 4)
    marks.act(one.database, "one", "remove", [by_title], NOW)
    two.merge(one)
    meeting = Sighting(source="feed", arxiv_id="2403.00003", doi="10.1000/y", title="One paper")
    record(one.database, meeting)
    for name in ("One paper",):
        record(one.database, Sighting(source="import", arxiv_id="2403.00003", title=name))
    record(two.database, meeting)
    one.merge(two)
    two.merge(one)
    assert state(one.database)["papers"] == state(two.database)["papers"]


def test_importing_a_removed_paper_again_brings_it_back_on_every_machine(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    record(two.database, Sighting(source="feed", arxiv_id=KEYS[0], title="Zero"))
    one.act("remove", KEYS[0])
    two.merge(one)
    record(one.database, Sighting(source="import", arxiv_id=KEYS[0], title="Zero"), revive=True, now=NOW + 5)
    two.merge(one)
    for machine in (one, two):
        with machine.database.read() as connection:
            assert connection.execute("SELECT count(*) FROM removed").fetchone()[0] == 0


GOOD = {"machine": "m", "counter": 1, "clock": 1.0, "at": 1.0, "what": "rate", "papers": ["arxiv:2401.00001"]}


@pytest.mark.parametrize(
    "change",
    [
        {"machine": ""},
        {"machine": 7},
        {"counter": 0},
        {"counter": True},
        {"counter": 10**30},
        {"clock": float("nan")},
        {"clock": float("inf")},
        {"clock": -1},
        {"clock": None},
        {"at": "now"},
        {"what": None},
        {"of": "1"},
        {"papers": "arxiv:1"},
        {"papers": ["nonsense"]},
        {"papers": ["arxiv:\ud800"]},
        {"detail": []},
        {"detail": {"sets": 3}},
        {"detail": {"sets": [{}]}},
        {"detail": {"sets": [{"field": "rating", "to": 6}]}},
        {"detail": {"sets": [{"field": "rating", "each_to": [1, 2]}]}},
        {"detail": {"sets": [{"field": "rating", "papers": [4], "to": 1}]}},
        {"detail": {"sets": [{"field": "rating", "only": "never", "to": 1}]}},
        {"detail": {"sets": [{"field": "state", "to": ["asleep", 1.0]}]}},
        {"detail": {"sets": [{"field": "state", "to": ["read", float("nan")]}]}},
        {"detail": {"sets": [{"field": "in", "of": 5, "to": 1}]}},
        {"detail": {"sets": [{"field": "note", "to": {"a": 1}}]}},
        {"detail": {"sets": [{"field": "saved", "of": "x", "to": ["one"]}]}},
        {"detail": {"about": [1]}},
    ],
)
def test_a_line_that_is_no_event_is_refused_with_the_reason(change: dict[str, object]) -> None:
    assert event_lines.event(json.dumps(GOOD)).what == "rate"
    with pytest.raises(ValueError, match=r"\w"):
        event_lines.event(json.dumps(GOOD | change))


_MERGER = """
import sys
from pathlib import Path
from paperreader.store import event_lines, merging, undoing
from paperreader.store.database import Database
from paperreader.store.schema import MIGRATIONS

database = Database(Path(sys.argv[1]))
database.migrate(MIGRATIONS, "test")
lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
print("begun", flush=True)
while True:
    for n in range(0, len(lines), 3):
        merging.merge(database, map(event_lines.event, lines[: n + 3]), 5.0)
        print(n, flush=True)
    while undoing.undo(database, "m", 6.0):
        print("undone", flush=True)
    while undoing.redo(database, "m", 7.0):
        print("redone", flush=True)
"""


@pytest.mark.parametrize("lines", [1, 4, 30])
def test_kill_9_during_merge_and_undo_leaves_what_events_say_and_merging_again_completes_it(
    tmp_path: Path, lines: int
) -> None:
    one = Machine(tmp_path / "one.db", "one")
    for n in range(20):
        list_acts.add(one.hand, [one.rid(KEYS[n % 4])], f"list {n}")
        paper_acts.annotate(one.hand, one.rid(KEYS[n % 4]), f"note {n}", None)
    file = tmp_path / "events.jsonl"
    file.write_text("".join(event_lines.line(event) + "\n" for event in one.events()), encoding="utf-8")
    two = Machine(tmp_path / "two.db", "m", NOW + 5)
    for key in KEYS:
        paper_acts.rate(two.hand, [two.rid(key)], 3)
    two.database.close()
    process = subprocess.Popen(
        [sys.executable, "-c", _MERGER, str(tmp_path / "two.db"), str(file)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    database = opened(tmp_path / "two.db")
    with database.read() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        known = list(events.every(connection))
    merging.merge(database, [], NOW)
    fresh = Machine(tmp_path / "fresh.db", "fresh")
    merging.merge(fresh.database, known, NOW)
    assert state(fresh.database) == state(database)
    merging.merge(database, one.events(), NOW)
    merging.merge(fresh.database, one.events(), NOW)
    assert state(fresh.database) == state(database)
    database.close()
    fresh.database.close()


def test_undo_after_a_merge_leaves_what_others_did_to_the_same_thing(tmp_path: Path) -> None:
    one, two = Machine(tmp_path / "one.db", "one"), Machine(tmp_path / "two.db", "two", NOW + 1)
    paper_acts.rate(one.hand, [one.rid(KEYS[0])], 2)
    two.merge(one)
    paper_acts.rate(two.hand, [two.rid(KEYS[0])], 5)
    one.merge(two)
    undone = undoing.undo(one.database, "one", NOW + 9)
    assert undone is not None
    assert not undone.changed
    (paper,) = papers.papers(one.database, [one.rid(KEYS[0])])
    assert paper.rating == 5


def test_a_large_library_is_merged_in_short_transactions(tmp_path: Path) -> None:
    keys = [f"2404.{n:05}" for n in range(3000)]
    one, two = (Machine(tmp_path / f"{name}.db", name, papers_of=keys) for name in ("one", "two"))
    rids = list(papers.all_rids(one.database))
    marks.act(one.database, "one", "read", rids, NOW)
    list_acts.add(Hand(one.database, "one", lambda: NOW), rids, "everything")
    for n in range(300):
        tag_acts.tag(one.hand, rids[n : n + 1], f"tag {n}")
    said: list[tuple[str, int]] = []
    coming = one.events()
    with two.database.read() as connection:
        connection.set_trace_callback(lambda statement: said.append((statement[:6], connection.total_changes)))
        merging.merge(two.database, coming, NOW)
        connection.set_trace_callback(None)
    begun, ended = ([changes for said_, changes in said if said_ == word] for word in ("BEGIN ", "COMMIT"))
    assert len(begun) == len(ended) > 30
    assert max(after - before for before, after in zip(begun, ended, strict=True)) < 1000, "rows in one transaction"
    assert len([word for word, _ in said if word in ("SELECT", "DELETE")]) < 3000, "not one by one"
    assert state(one.database) == state(two.database)


def test_what_another_process_does_while_events_are_merged_is_kept_and_nobody_waits_long(tmp_path: Path) -> None:
    keys = [f"2404.{n:05}" for n in range(1500)]
    one, two = (Machine(tmp_path / f"{name}.db", name, papers_of=keys) for name in ("one", "two"))
    rids = list(papers.all_rids(one.database))
    marks.act(one.database, "one", "read", rids, NOW)
    for n in range(0, 1500, 5):
        tag_acts.tag(one.hand, rids[n : n + 5], "theirs")
        paper_acts.annotate(one.hand, rids[n], "their note", "")
    list_acts.add(one.hand, rids, "everything")
    coming = one.events()
    other = Hand(opened(tmp_path / "two.db"), "two", lambda: NOW + 1)
    ended = threading.Event()
    acts: list[object] = []

    def meanwhile() -> None:
        while not ended.is_set() and len(acts) < 1500:
            rid = rids[len(acts)]
            acts.append(paper_acts.rate(other, [rid], 4))
            paper_acts.annotate(other, rid, f"my note {rid}", "")
            list_acts.rename(other, "to read", f"to read {rid}") if len(acts) == 1 else None

    writer = threading.Thread(target=meanwhile)
    writer.start()
    try:
        merging.merge(two.database, coming, NOW)
    finally:
        ended.set()
        writer.join()
    assert len(acts) > 3
    fresh = Machine(tmp_path / "fresh.db", "fresh", papers_of=keys)
    merging.merge(fresh.database, two.events(), NOW)
    assert state(fresh.database) == state(two.database)
    (paper,) = papers.papers(two.database, rids[:1])
    assert "their note" in paper.note and "my note" in paper.note
    assert paper.tags == ("theirs",)
    other.database.close()
    fresh.database.close()
