"""Lists, rows and whole papers come back as they were kept, in the order that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperreader.identity import title_id
from paperreader.paper import Sighting, Sort, View
from paperreader.plain import printable
from paperreader.store import changes, identities, papers
from paperreader.store.database import Database
from tests.store.conftest import opened, record

FOUR = (
    Sighting(source="feed", id="a", title="Beta", published="2024-02", votes=5, authors=("Ada Lovelace", "B")),
    Sighting(source="feed", id="b", title="alpha", published="2024-02-01", votes=None),
    Sighting(source="feed", id="c", title="", abstract="First words of the text. " * 10, published="2023", votes=9),
    Sighting(source="feed", id="d", title="Delta", published="", votes=0),
)


@pytest.fixture
def four(database: Database) -> Database:
    record(database, *FOUR)
    return database


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (Sort.NEWEST, "bacd"),
        (Sort.OLDEST, "cabd"),
        (Sort.VOTES, "cadb"),
        (Sort.TITLE, "badc"),
        (Sort.ADDED, "dcba"),
        (Sort.RELEVANCE, "bacd"),
    ],
)
def test_each_order_is_what_it_says_and_the_unknown_comes_last(four: Database, sort: Sort, ids: str) -> None:
    listed = papers.papers(four, papers.listing(four, View.ALL, sort))
    assert "".join(paper.id for paper in listed) == ids


def test_a_row_has_what_the_line_shows(four: Database) -> None:
    first, second, third, _ = papers.rows(four, [1, 2, 3, 4])
    assert (first.title, first.first_author, first.year, first.votes) == ("Beta", "Ada Lovelace", "2024", 5)
    assert (second.votes, second.first_author, second.read, second.bookmarked) == (None, "", False, False)
    assert third.title.startswith("First words of the text.")
    assert third.title.endswith("…")


def test_rows_come_in_the_order_asked_and_unknown_ids_are_left_out(four: Database) -> None:
    assert [row.rid for row in papers.rows(four, [4, 99, 1, 4])] == [4, 1, 4]
    assert papers.rows(four, []) == []


def test_more_ids_than_a_statement_takes_are_read_in_chunks(four: Database) -> None:
    assert len(papers.rows(four, [1, 2] * 700)) == 1400
    assert len(list(papers.papers(four, [1, 2] * 700))) == 1400


def test_views_that_wait_for_a_refresh_are_empty(four: Database) -> None:
    for view in (View.TRENDING, View.NEW, View.RISING):
        assert len(papers.listing(four, view, Sort.NEWEST)) == 0
        assert view.waits_for_refresh
    assert papers.counts(four)[View.ALL] == 4


def test_papers_of_one_day_stand_in_one_order_whatever_came_first(tmp_path: Path) -> None:
    names = ["b", "d", "a", "c"]
    orders = set()
    for number, ids in enumerate((names, sorted(names), sorted(names, reverse=True))):
        database = opened(tmp_path / f"{number}.db")
        record(database, *(Sighting(source="import", id=name, title="T", published="2024-02") for name in ids))
        for sort in (Sort.NEWEST, Sort.OLDEST, Sort.VOTES, Sort.TITLE):
            listed = papers.papers(database, papers.listing(database, View.ALL, sort))
            orders.add((sort, "".join(paper.id for paper in listed)))
        with database.read() as connection:
            plan = connection.execute(
                "EXPLAIN QUERY PLAN SELECT rid FROM paper ORDER BY published DESC, key DESC"
            ).fetchall()
        assert "paper_newest" in plan[0][-1] and len(plan) == 1
        database.close()
    assert orders == {(Sort.NEWEST, "dcba"), (Sort.OLDEST, "abcd"), (Sort.VOTES, "dcba"), (Sort.TITLE, "abcd")}


TWINS = [
    Sighting(source="import", arxiv_id="2401.01234", title="On arXiv"),
    Sighting(source="import", id="2401.01234", title="In a collection"),
    Sighting(source="import", id="id:2401.01234", title="In another"),
    Sighting(source="import", doi="10.1000/x", title="By DOI"),
    Sighting(source="import", id="10.1000/X", title="Under another's DOI as its id"),
    Sighting(source="import", id="a\tb\nc", title="With breaks"),
    Sighting(source="import", id="a b c", title="With spaces"),
    Sighting(source="import", id="a%09b%0Ac", title="With per cents"),
    Sighting(source="import", id=" a b c ", title="With edges"),
    Sighting(source="import", id="\x1b[31m\u202e", title="With controls"),
    Sighting(source="import", id="\u200f", title="Invisible"),
    Sighting(source="import", title="No name at all"),
    Sighting(source="import", id=title_id("No name at all"), title="Its name is what another's title makes"),
    Sighting(source="import", arxiv_id="no number", title="Odd one on arXiv"),
    Sighting(source="import", id="no number", title="Odd one in a collection"),
]


def test_every_paper_is_reached_by_the_id_that_is_printed_of_it(database: Database) -> None:
    record(database, *TWINS)
    everything = list(papers.papers(database, papers.listing(database, View.ALL, Sort.NEWEST)))
    assert len(everything) == len(TWINS)
    for paper in everything:
        assert paper.id == printable(paper.id).strip()
        assert identities.find(database, paper.id) == paper.rid, paper
    shown = {paper.title: paper.id for paper in everything}
    assert shown["On arXiv"] == "2401.01234" and shown["In a collection"] == "id:2401.01234"
    assert shown["With spaces"] == "a b c" and shown["With breaks"] == "id:a%09b%0Ac"


def test_titles_are_found_without_an_index_by_parts_of_words(four: Database) -> None:
    assert papers.titled(four, ["ALPH"], 5) == [2]
    assert papers.titled(four, ["eta"], 5) == [1]
    assert papers.titled(four, ["beta", "alpha"], 5) == []
    assert papers.titled(four, ["?!"], 5) == []


def test_the_change_log_names_each_paper_once_and_forgets_what_was_heard(four: Database) -> None:
    record(four, Sighting(source="feed", id="a", title="Beta 2"))
    pending = changes.pending(four, 0, 100)
    assert sorted(pending.papers) == [1, 2, 3, 4]
    assert changes.lag(four, 0) == 4
    changes.forget(four, pending.through)
    assert changes.lag(four, 0) == 0
    assert changes.span(four) == (pending.through, pending.through)
    record(four, Sighting(source="feed", id="a", votes=77))  # votes are not words: the index need not hear
    assert changes.lag(four, pending.through) == 0


def test_forgetting_an_older_number_later_does_not_go_back(four: Database) -> None:
    changes.forget(four, 4)
    changes.forget(four, 2)
    assert changes.span(four) == (4, 4)
