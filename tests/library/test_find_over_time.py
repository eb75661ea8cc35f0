"""The index of a library that is refreshed every day: commits leave pieces, catching up makes few of them again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.catching_up import GATHERED, SEGMENTS
from paperreader.library import Library
from paperreader.paper import IMPORT, Sighting
from paperreader.paths import Paths
from paperreader.store import recording


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path), starter=False)
    brought(library, 0, 100)
    for _ in library.catch_up():
        pass
    yield library
    library.close()


def brought(library: Library, first: int, number: int, title: str = "Paper") -> None:
    sightings = [Sighting(source=IMPORT, id=f"p{n}", title=f"{title} number{n}") for n in range(first, first + number)]
    for _ in recording.record(library._database, sightings, 1_790_000_000.0, revive=False):
        pass


def test_catching_up_gathers_what_many_days_scattered(library: Library) -> None:
    for day in range(SEGMENTS):
        brought(library, 100 + day * 3, 3)
        for _ in library.commit_changes():
            pass
    state = library.index_state()
    assert (state.segments, state.lag, state.scattered) == (SEGMENTS + 1, 0, True)
    steps = list(library.catch_up())
    assert (steps[-1].done, steps[-1].total, steps[-1].writing) == (3 * SEGMENTS, 3 * SEGMENTS, True)
    state = library.index_state()
    assert state.segments <= GATHERED
    assert not state.scattered
    assert library.find("paper", finished=True).total == 100 + 3 * SEGMENTS
    assert list(library.catch_up()) == []


def test_stopping_leaves_what_is_scattered_in_use(library: Library) -> None:
    for day in range(SEGMENTS):
        brought(library, 100 + day * 3, 3)
        for _ in library.commit_changes():
            pass
    list(library.catch_up(stop=lambda: True))
    assert library.index_state().scattered
    assert library.find("paper", finished=True).total == 100 + 3 * SEGMENTS


def test_an_index_worn_by_changes_is_built_anew(library: Library) -> None:
    for turn in range(3):
        brought(library, 0, 100, f"Paper{turn}")
        for _ in library.commit_changes():
            pass
    assert library.index_state().worn
    for _ in library.catch_up():
        pass
    state = library.index_state()
    assert (state.segments, state.worn, state.lag) == (1, False, 0)
