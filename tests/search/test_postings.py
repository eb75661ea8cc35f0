"""What we read by Whoosh's private names, against what Whoosh says itself."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from paperreader.search import fields, generations, segments
from paperreader.search.document import Document
from paperreader.search.lexicon import Lexicon, write
from paperreader.search.postings import Opened
from tests.search.shelf import Shelf, paper


def some_papers(count: int) -> list[Document]:
    chance = random.Random(3)
    words = [f"word{i}" for i in range(300)]

    def text(most: int) -> str:
        return " ".join(words[min(299, int(chance.expovariate(0.02)))] for _ in range(chance.randint(0, most)))

    return [paper(rid * 3 + 1, text(9), text(60), [text(3)]) for rid in range(count)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    papers = some_papers(900)
    patch = pytest.MonkeyPatch()
    patch.setattr(segments, "_BLOCK", 64)  # many blocks, as a large library has
    shelf = Shelf(tmp_path_factory.mktemp("postings"), papers[:600])
    shelf.update(papers[500:])
    shelf.update(gone=[papers[3].rid])
    patch.undo()
    return shelf


def whoosh_reader(shelf: Shelf) -> Any:
    return FileIndex(FileStorage(str(generations.current(shelf.folder))), indexname=segments.NAME).reader()


def test_lists_are_those_of_whooshs_own_matcher(shelf: Shelf) -> None:
    opened, reader = Opened(generations.current(shelf.folder)), whoosh_reader(shelf)
    compared = 0
    for segment, (leaf, base) in zip(opened.segments, reader.leaf_readers(), strict=True):
        for field in fields.BAGS:
            for word in leaf.lexicon(field):
                matcher = leaf.postings(field, word)
                theirs = {}
                while matcher.is_active():
                    theirs[matcher.id() + base] = matcher.weight()
                    matcher.next()
                papers, counts = segment.postings(field, word.decode())
                ours = dict(zip(papers.tolist(), counts.tolist(), strict=True))
                assert {paper: ours[paper] for paper in ours if opened.alive[paper]} == theirs
                compared += len(theirs)
    assert compared > 20_000
    opened.close()
    reader.close()


def test_numbers_are_those_of_whooshs_own_columns(shelf: Shelf) -> None:
    opened, reader = Opened(generations.current(shelf.folder)), whoosh_reader(shelf)
    for segment, (leaf, _) in zip(opened.segments, reader.leaf_readers(), strict=True):
        for name, column, ours in (
            (fields.RID, fields.RID_COLUMN, segment.rids),
            (fields.LENGTH, fields.LENGTH_COLUMN, segment.lengths),
        ):
            assert list(leaf.column_reader(name)) == ours.tolist()
            assert column == leaf.schema[name].column_type or column.default_value() is not None
    opened.close()
    reader.close()


def test_counts_are_those_of_the_papers(shelf: Shelf) -> None:
    opened = Opened(generations.current(shelf.folder))
    expected = {rid: fields.bags(document) for rid, document in shelf.papers.items()}
    for word in ("word0", "word7", "word150"):
        for field in fields.BAGS:
            found: dict[int, float] = {}
            for segment in opened.segments:
                papers, counts = segment.postings(field, word)
                kept = opened.alive[papers]
                found |= dict(zip(opened.rids[papers[kept]].tolist(), counts[kept].tolist(), strict=True))
            assert found == {rid: bags[field][word] for rid, bags in expected.items() if word in bags[field]}
    opened.close()


def test_the_lexicon_has_the_words_of_the_segment(shelf: Shelf) -> None:
    opened, reader = Opened(generations.current(shelf.folder)), whoosh_reader(shelf)
    for segment, (leaf, _) in zip(opened.segments, reader.leaf_readers(), strict=True):
        words = segment.lexicon
        assert [words.word(i) for i in range(len(words))] == sorted(
            {word.decode() for field in fields.BAGS for word in leaf.lexicon(field)}
        )
        for field in fields.BAGS:
            for word in leaf.lexicon(field):
                number = words.find(word.decode())
                assert number is not None
                assert words.frequency(field, number) == leaf.doc_frequency(field, word)
    opened.close()
    reader.close()


def test_a_lexicon_knows_forms_and_beginnings(tmp_path: Path) -> None:
    counts = {"track": 5, "tracking": 3, "tracked": 1, "trace": 9, "ünï": 2, "注意": 1, "c++": 4, "running": 1}
    write(tmp_path / "words", [counts, {}, {"track": 2}])
    words = Lexicon(tmp_path / "words", fields.BAGS)
    for asked in ("track", "tracks", "tracking"):
        assert {words.word(n) for n in words.forms(asked)} == {"track", "tracking", "tracked"}
    assert [words.word(n) for n in words.forms("runs")] == ["running"]
    assert [words.word(n) for n in words.forms("c++")] == ["c++"]
    assert words.forms("nothing") == []
    assert words.find("tracks") is None
    assert {words.word(n) for _, n in words.beginning("tra", "all", 9)} == {"track", "tracking", "tracked", "trace"}
    assert sorted(words.beginning("tra", "all", 2)) == [(5, words.find("track")), (9, words.find("trace"))]
    assert [words.word(n) for _, n in words.beginning("tra", "title", 9)] == ["track"]
    assert [words.word(n) for _, n in words.beginning("注", "all", 9)] == ["注意"]
    assert words.beginning("zz", "all", 9) == []


def test_an_empty_lexicon_is_one(tmp_path: Path) -> None:
    write(tmp_path / "words", [{}, {}, {}])
    words = Lexicon(tmp_path / "words", fields.BAGS)
    assert (len(words), words.find("a"), words.forms("a"), words.beginning("a", "all", 3)) == (0, None, [], [])


def test_removed_papers_do_not_count(shelf: Shelf) -> None:
    opened = Opened(generations.current(shelf.folder))
    assert opened.papers == len(shelf.papers)
    assert len(np.unique(opened.rids[opened.alive])) == opened.papers
    opened.close()
