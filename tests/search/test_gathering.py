"""The index over time: many small segments become one, and every answer stays what a new index would give."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from paperreader.errors import IndexDamaged
from paperreader.search.document import Document
from paperreader.search.indexing import WRITING, check, gather, verify
from tests.search.shelf import LIBRARY, Shelf, paper

WORDS = [
    *("graph", "neural", "diffusion", "video", "point", "tracking"),
    *("language", "model", "reward", "policy", "speech", "kernel"),
]


def made(rid: int, chance: random.Random) -> Document:
    title = " ".join(chance.choices(WORDS, k=3))
    return paper(rid, title, f"Some study of {' '.join(chance.choices(WORDS, k=8))} (SSO).")


def reading(shelf: Shelf) -> Iterator[Document]:
    yield from shelf.papers.values()


def gathered(shelf: Shelf, segments: int = 3) -> list[int]:
    def read(rids: Sequence[int]) -> Iterable[Document]:
        return [shelf.papers[rid] for rid in rids if rid in shelf.papers]

    return list(gather(shelf.folder, read, library=LIBRARY, segments=segments))


def test_a_year_of_days_answers_as_one_new_index_would(tmp_path: Path) -> None:
    chance = random.Random(4)
    shelf = Shelf(tmp_path / "year", [made(rid, chance) for rid in range(1, 200)])
    most = 0
    for day in range(60):
        new = [made(200 + day * 5 + i, chance) for i in range(5)]
        changed = [made(chance.choice(list(shelf.papers)), chance)]
        shelf.update([*changed, *new], gone=[chance.choice(list(shelf.papers))], heard=day)
        most = max(most, check(shelf.folder, library=LIBRARY).segments)
        if check(shelf.folder, library=LIBRARY).segments > 8:
            gathered(shelf)
            verify(shelf.folder)
    stamp = check(shelf.folder, library=LIBRARY)
    assert most == 9
    assert stamp.segments <= 8
    assert stamp.papers == len(shelf.papers)
    assert stamp.heard == 59
    fresh = Shelf(tmp_path / "fresh", shelf.papers.values())
    for _ in range(30):
        question = " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
        mine, theirs = shelf.finder.find(question), fresh.finder.find(question)
        assert (mine.ids, mine.total, mine.complete) == (theirs.ids, theirs.total, theirs.complete)


def test_large_segments_are_left_alone(tmp_path: Path) -> None:
    chance = random.Random(1)
    shelf = Shelf(tmp_path, [made(rid, chance) for rid in range(1, 500)])
    for rid in range(500, 506):
        shelf.update([made(rid, chance)])
    assert gathered(shelf) == [6, WRITING]
    assert check(shelf.folder, library=LIBRARY).segments == 2
    assert gathered(shelf) == []


def test_what_is_gone_since_is_left_out(tmp_path: Path) -> None:
    chance = random.Random(1)
    shelf = Shelf(tmp_path, [made(rid, chance) for rid in range(1, 100)])
    for rid in range(500, 506):
        shelf.update([made(rid, chance)])
    del shelf.papers[502]
    shelf.update(gone=[503])
    gathered(shelf)
    assert check(shelf.folder, library=LIBRARY).papers == 99 + 4
    assert not {502, 503} & set(shelf.ids("study"))


def test_ending_early_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    chance = random.Random(1)
    shelf = Shelf(tmp_path, [])
    for start in range(0, 900, 300):
        shelf.update([made(rid, chance) for rid in range(start, start + 300)])
    before = check(shelf.folder, library=LIBRARY)
    answer = shelf.ids("graph")
    going = gather(shelf.folder, lambda _: reading(shelf), library=LIBRARY, segments=1)
    assert next(going) == 250
    going.close()
    assert check(shelf.folder, library=LIBRARY) == before
    assert shelf.ids("graph") == answer
    verify(shelf.folder)


def test_an_index_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        list(gather(tmp_path / "none", lambda _: [], library=LIBRARY, segments=1))


def test_a_reader_goes_on_while_segments_vanish(tmp_path: Path) -> None:
    chance = random.Random(1)
    shelf = Shelf(tmp_path, [made(rid, chance) for rid in range(1, 100)])
    for rid in range(500, 506):
        shelf.update([made(rid, chance)])
    opened, groups = shelf.finder._open()
    before = list(shelf.finder.find("graph").ids)
    gathered(shelf, 1)
    assert len(groups.list_of("all", "neural").papers) > 0
    assert len(opened.segments) == 7
    assert list(shelf.finder.find("graph").ids) == before
