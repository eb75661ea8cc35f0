"""Whatever is asked of a real library is answered: conditions from SQLite, counts, completions, other orders."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.library import Library
from paperreader.paper import Sort
from paperreader.paths import Paths
from tests.search.test_any_question import QUESTIONS


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path_factory.mktemp("home")))
    for _ in library.catch_up():
        pass
    yield library
    library.close()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUESTIONS, st.booleans(), st.sampled_from(Sort))
def test_any_question_is_answered(library: Library, question: str, finished: bool, sort: Sort) -> None:
    found = library.find(question, finished=finished, limit=20)
    assert set(found.ids) <= set(found.every)
    ordered = library.search.ordered(found, sort)
    assert set(ordered) <= set(found.every)
    assert set(library.passages(found, found.ids, 80)) == set(found.ids)
    for facet in library.search.facets(found):
        assert all(0 < value.count <= len(found.every) for value in facet.values)
    for full in library.search.complete(question):
        assert full.startswith(question)
        assert full != question
