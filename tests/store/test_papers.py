"""Lists, rows and whole papers come back as they were kept, in the order that was asked for."""

from __future__ import annotations

import pytest

from paperreader.paper import Sighting, Sort, View
from paperreader.store import changes, papers
from paperreader.store.database import Database
from tests.store.conftest import record

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
