"""Conditions on what the library knows of a paper: how they are typed, and how they join with words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

import pytest

from paperreader.search.finding import Finder
from paperreader.search.parsing import parse
from paperreader.search.question import Filter, filters_of
from tests.search.shelf import LIBRARY, Shelf, paper

READ = [
    ("cat:cs.CL", Filter("cat", ("cs.CL",))),
    ("category:cs.CL,cs.LG", Filter("cat", ("cs.CL", "cs.LG"))),
    ("cat:(cs.CL OR cs.LG)", Filter("cat", ("cs.CL", "cs.LG"))),
    ('org:"Meta AI"', Filter("org", ("Meta AI",))),
    ("source:arxiv", Filter("source", ("arxiv",))),
    ("is:unread", Filter("is", ("unread",))),
    ("is:Read,bookmarked", Filter("is", ("read", "bookmarked"))),
    ("has:code", Filter("has", ("code",))),
    ("stars:>500", Filter("stars", (), 501, None)),
    ("votes:>=20", Filter("votes", (), 20, None)),
    ("comments:<5", Filter("comments", (), None, 4)),
    ("rating:>3", Filter("rating", (), 4, None)),
    ("rating:2..4", Filter("rating", (), 2, 4)),
    ("tag:rl,agents", Filter("tag", ("rl", "agents"))),
    ('list:"to read"', Filter("list", ("to read",))),
    ("note:idea", Filter("note", ("idea",))),
    ("is:reading,dismissed", Filter("is", ("reading", "dismissed"))),
    ("has:note", Filter("has", ("note",))),
    ("citations:<=1k", Filter("citations", (), None, 1000)),
    ("stars:7", Filter("stars", (), 7, 7)),
    ("stars:20..50", Filter("stars", (), 20, 50)),
    ("stars:20..", Filter("stars", (), 20, None)),
    ("date:2025", Filter("date", ("2025", "2025~"))),
    ("date:2025-03..2025-06", Filter("date", ("2025-03", "2025-06~"))),
    ("date:..2020", Filter("date", ("0", "2020~"))),
    ("date:>2020", Filter("date", ("2020~", "~"))),
    ("date:<2020-05", Filter("date", ("0", "2020-05"))),
    ("year:>=2020", Filter("date", ("2020", "~"))),
    ("date:<30d", Filter("age", (), None, 30)),
    ("date:2w", Filter("age", (), None, 14)),
    ("date:>1y", Filter("age", (), 365, None)),
    ("since:last", Filter("since", ("last",))),
    ("since:7d", Filter("since", (), None, 7)),
    ("since:2025-01-31", Filter("since", ("2025-01-31",))),
    ("id:2401.01234v2", Filter("id", ("2401.01234v2",))),
    ("id:https://arxiv.org/abs/2401.01234", Filter("id", ("https://arxiv.org/abs/2401.01234",))),
    ("(id:10.1016/0370(93)9-x)", Filter("id", ("10.1016/0370(93)9-x",))),
]


@pytest.mark.parametrize(("text", "condition"), READ)
def test_a_condition_is_read_so(text: str, condition: Filter) -> None:
    question = parse(text, finished=True)
    assert question.root == condition
    assert question.remarks == ()


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("is:funny", "is: wants unread, reading, read, dismissed, bookmarked or new: read as words"),
        (
            "has:notes",
            "has: wants code, project, abstract, note, tag, list, rating, model, dataset or space: read as words",
        ),
        ("stars:many", "stars: wants a number, such as >500 or 20..50: read as words"),
        ("date:soon", "date: wants a date, such as 2025, 2025-03..2025-06 or <30d: read as words"),
        ("date:2025-13", "date: wants a date, such as 2025, 2025-03..2025-06 or <30d: read as words"),
        ("since:ever", "since: wants last, a date or 7d: read as words"),
        ("autor:lecun", "no field is called autor: read as words (author: is near)"),
        ("star:5", "no field is called star: read as words (stars: is near)"),
        ("cat:", "cat: with nothing behind it read as a word"),
    ],
)
def test_what_is_no_condition_is_read_as_words_and_said(text: str, remark: str) -> None:
    question = parse(text, finished=True)
    assert question.remarks == (remark,)
    assert question.root is not None
    assert list(filters_of(question.root)) == []


@pytest.mark.parametrize("text", ["is:", "is:u", "has:c", "stars:>", "date:20", "date:2025-0", "since:la", "cat:"])
def test_while_it_is_typed_a_condition_asks_nothing_yet(text: str) -> None:
    half = parse(text)
    assert half.is_empty
    assert len(half.remarks) == 1
    assert parse(f"graphs {text}").root == parse("graphs ").root


def test_a_value_that_is_still_being_typed_may_be_a_beginning() -> None:
    assert parse("cat:cs.C").root == Filter("cat", ("cs.C",), beginning=True)
    assert parse("cat:cs.C ").root == Filter("cat", ("cs.C",))


@pytest.mark.parametrize("text", ["The question is: what", "Date: a note", "has: x", "ratio 3:1"])
def test_sentences_with_a_colon_are_no_conditions(text: str) -> None:
    root = parse(text, finished=True).root
    assert root is not None
    assert list(filters_of(root)) == []


def test_so_many_conditions_are_read_and_no_more() -> None:
    question = parse("stars:1 " * 500, finished=True)
    assert question.root is not None
    assert len(list(filters_of(question.root))) <= 32
    assert "read up to word 256" in question.remarks


@pytest.fixture
def finder(tmp_path: Path) -> Finder:
    titles = ["graph neural nets", "graph kernels", "neural fields", "video graph", "speech"]
    shelf = Shelf(tmp_path, [paper(i, title) for i, title in enumerate(titles, 1)])

    def met(condition: Filter) -> Sequence[int]:
        return {"has": [1, 3, 5], "is": [2, 3, 77]}[condition.name]

    return Finder(shelf.folder, library=LIBRARY, texts=shelf.texts, conditions=met)


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("has:code", {1, 3, 5}),
        ("-has:code", {2, 4}),
        ("NOT has:code graph", {2, 4}),
        ("has:code graph", {1}),
        ("graph has:code", {1}),
        ("has:code is:read", {3}),
        ("has:code OR is:read", {1, 2, 3, 5}),
        ("(has:code OR is:read) graph", {1, 2}),
        ("has:code AND neural", {1, 3}),
        ("has:code -neural", {5}),
        ('has:code "neural fields"', {3}),
        ('has:code OR "graph kernels"', {1, 2, 3, 5}),
        ("title:(graph has:code)", {1}),
    ],
)
def test_conditions_join_with_words(finder: Finder, question: str, ids: set[int]) -> None:
    found = finder.find(question, finished=True)
    assert set(found.ids) == set(found.every) == ids
    assert found.total == len(ids)


def test_where_no_word_ranks_the_answer_has_the_order_of_what_it_was_chosen_from(finder: Finder) -> None:
    among = array("q", [5, 1, 4, 3, 2])
    assert list(finder.find("has:code", among=among, finished=True).ids) == [5, 1, 3]
    assert list(finder.find("has:code", among=among, limit=2, finished=True).ids) == [5, 1]
    assert list(finder.find("-has:code", among=among, finished=True).ids) == [4, 2]
    assert finder.find("has:code graph", among=among, finished=True).whole == array("q", [1])
