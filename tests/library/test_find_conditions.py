"""Conditions, answered from real rows; ids and links that open their paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.library.untold import FROM_TITLES
from paperreader.paper import IMPORT, Sighting
from paperreader.paths import Paths
from paperreader.search.finding import Found
from paperreader.store import arrivals, recording
from paperreader.store.database import Database

NOON = 1_790_000_000.0
"""In September 2026."""
DAY = 86_400.0


def sighted(name: str, title: str, source: str = IMPORT, **more: object) -> Sighting:
    return Sighting(source=source, arxiv_id=f"2401.0000{name}", title=title, **more)  # type: ignore[arg-type]  # fields


SIGHTINGS = [
    sighted("1", "Graph nets", published="2024-03-05", categories=("cs.LG", "cs.AI"), code="https://x.org", stars=900),
    sighted("2", "Graph kernels", published="2025", categories=("cs.CL",), organisation="Meta AI", votes=20),
    sighted("3", "Video", "huggingface", published="2026-09-01", categories=("stat.ML",), project="https://y.org"),
    sighted("4", "Speech graphs", "arxiv cs.CL", published="2026-09-20", categories=("math.CO", "cs.CLx"), comments=3),
    sighted("5", "Unknown", abstract="Its text.", citations=7),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path), now=lambda: NOON, starter=False)
    database: Database = library._database
    for _ in recording.record(database, SIGHTINGS[:3], NOON - 40 * DAY, revive=False):
        pass
    arrivals.end_visit(database, NOON - DAY)
    arrivals.begin_visit(database, NOON - DAY)
    for _ in recording.record(database, SIGHTINGS[3:], NOON, revive=False):
        pass
    for _ in library.catch_up():
        pass
    yield library
    library.close()


def names(library: Library, found: Found) -> str:
    """The last digits of the ids, in the order of the answer."""
    return "".join(paper.arxiv_id[-1] for paper in library.papers(found.ids))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("cat:cs.LG", "1"),
        ("cat:CS.cl", "2"),
        ("cat:cs", "421"),
        ("cat:cs.LG,cs.CL", "21"),
        ("cat:(cs.LG OR stat.ML)", "31"),
        ("org:meta", "2"),
        ('org:"meta ai"', "2"),
        ("source:huggingface", "3"),
        ("source:arxiv", "4"),
        ("source:import", "215"),
        ("is:unread", "43215"),
        ("is:new", "4"),
        ("since:last", "4"),
        ("since:2d", "45"),
        ("since:2026", "43215"),
        ("has:code", "1"),
        ("has:project", "3"),
        ("has:abstract", "5"),
        ("stars:>500", "1"),
        ("stars:>900", ""),
        ("votes:>=20", "2"),
        ("votes:20", "2"),
        ("comments:1..3", "4"),
        ("citations:<10", "5"),
        ("date:2025", "2"),
        ("date:2024-01..2025-06", "21"),
        ("date:<2025", "1"),
        ("date:>2025", "43"),
        ("date:<30d", "43"),
        ("date:<10d", "4"),
        ("date:>30d", "21"),
        ("-cat:cs", "35"),
        ("graph cat:cs.CL", "2"),
        ("graph -has:code date:>=2026", "4"),
        ("id:2401.00003", "3"),
        ("author:nobody", ""),
    ],
)
def test_a_condition_finds_newest_first(library: Library, question: str, expected: str) -> None:
    found = library.find(question, finished=True)
    assert names(library, found) == expected
    assert found.total == len(expected)


def test_marks_are_seen_at_once(library: Library) -> None:
    rid = library.resolve("2401.00002")
    library.bookmark([rid])
    library.mark_read([rid])
    assert list(library.find("is:bookmarked", finished=True).ids) == [rid]
    assert list(library.find("is:read", finished=True).ids) == [rid]
    assert names(library, library.find("is:unread", finished=True)) == "4315"
    library.undo()
    assert names(library, library.find("is:read", finished=True)) == ""


def test_what_a_refresh_brings_is_seen_at_once(library: Library) -> None:
    assert names(library, library.find("stars:>500", finished=True)) == "1"
    more = sighted("3", "", "huggingface", stars=700)
    for _ in recording.record(library._database, [more], NOON, revive=False):
        pass
    assert names(library, library.find("stars:>500", finished=True)) == "31"


@pytest.mark.parametrize(
    "question", ["2401.00002", "2401.00002v3", "arXiv:2401.00002", " https://arxiv.org/pdf/2401.00002v1 "]
)
def test_a_bare_id_or_link_opens_its_paper(library: Library, question: str) -> None:
    found = library.find(question)
    assert names(library, found) == "2"
    assert found.opens == found.ids[0] == library.resolve("2401.00002")
    assert (found.total, found.complete, found.remarks) == (1, 1, ())


def test_an_id_that_the_library_lacks_is_said(library: Library) -> None:
    found = library.find("2407.12345", finished=True)
    assert (found.total, found.opens) == (0, None)
    assert found.remarks == ("the library has no paper 2407.12345",)
    hidden = library.find("2401.00002", among=[library.resolve("2401.00001")], finished=True)
    assert hidden.total == 0
    assert hidden.remarks == ("2401.00002 is not among the papers shown here",)


def test_removed_papers_meet_no_condition(library: Library) -> None:
    library.remove([library.resolve("2401.00001")])
    assert library.find("cat:cs.LG", finished=True).total == 0


@pytest.mark.parametrize(
    ("question", "expected"),
    [("graph cat:cs.CL", "2"), ("cat:cs", "421"), ("graph -has:code", "42"), ("has:code AND graph", "1")],
)
def test_without_an_index_conditions_hold_too(library: Library, question: str, expected: str) -> None:
    (library.paths.index / "current").unlink()
    found = library.find(question, finished=True)
    assert names(library, found) == expected
    assert FROM_TITLES in found.remarks


def test_a_day_that_never_was_is_no_error(library: Library) -> None:
    for question in ("date:2025-02-31", "since:2025-02-31", "since:0000", "date:0000..9999", "date:<99999y"):
        library.find(question, finished=True)
    assert date.fromtimestamp(NOON).year == 2026
