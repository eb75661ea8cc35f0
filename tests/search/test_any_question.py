"""A question can be anything: whatever is typed is answered in bounded time, and the odd is said in a word."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.search.finding import Finder
from paperreader.search.parsing import parse
from paperreader.search.question import Filter, filters_of
from tests.search.shelf import LIBRARY, Shelf, paper

TYPED = """cat: cs.CL org: "Meta_AI" source: is: unread read is:unread has: code stars: >500 < >=20 .. date: 2025
2025-03..2025-06 <30d since: last id: 2401.00001 ( ) " - + * : , AND OR NOT title: author: abstract: autor: graph neural
grpah RL GNN diffusion c++ 注意 é ~ https://arxiv.org/abs/2401.00001v2 10.1000/x tag:x year: date:9999-99 votes:1.."""
PIECES = st.sampled_from([*TYPED.split(), " ", "\ud800", "\x00", "\u202e", "9" * 30, "k" * 40])
_ROWS = st.lists(PIECES, max_size=14)
QUESTIONS = st.one_of(st.text(max_size=60), _ROWS.map("".join), _ROWS.map(" ".join))
SECONDS = 1.0
"""CPU time that no question of this library may take; most take a hundredth of that."""


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    titles = ["Graph neural networks (GNN)", "Reinforcement learning (RL)", "Neural diffusion", "C++ 注意力", "Speech"]
    papers = [paper(i, titles[i % 5], f"Text {i} about graphs", ["Yann LeCun"]) for i in range(1, 60)]
    shelf = Shelf(tmp_path_factory.mktemp("shelf"), papers)

    def met(condition: Filter) -> Sequence[int]:
        assert condition.name
        return range(1, 60, 1 + len(condition.values))

    finder = Finder(shelf.folder, library=LIBRARY, texts=shelf.texts, conditions=met)
    yield finder
    finder.close()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUESTIONS, st.booleans(), st.booleans())
def test_whatever_is_asked_is_answered(finder: Finder, question: str, finished: bool, literal: bool) -> None:
    began = time.process_time()
    found = finder.find(question, finished=finished, literal=literal, expand=not literal, limit=10)
    assert time.process_time() - began < SECONDS
    assert len(found.ids) <= min(10, found.total)
    assert set(found.ids) <= set(found.every)
    assert len(found.whole) == found.complete
    assert found.exact == (len(found.every) == found.total) or not found.exact
    assert all(remark and len(remark) < 200 for remark in found.remarks)
    assert not (literal and (found.corrections or found.also))
    for word in finder.complete(question, 5):
        assert word


@settings(max_examples=300, deadline=None)
@given(QUESTIONS)
def test_every_condition_that_is_read_is_a_whole_one(question: str) -> None:
    for finished in (False, True):
        parsed = parse(question, finished=finished)
        for condition in [] if parsed.root is None else filters_of(parsed.root):
            assert condition.values or condition.low is not None or condition.high is not None
            assert (condition.low or 0) >= 0
        assert parse(question, finished=finished) == parsed


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_a_question_of_any_length_is_read_in_bounded_time(piece: str) -> None:
    began = time.process_time()
    parse((piece or "x") * 5000, finished=True)
    assert time.process_time() - began < SECONDS
