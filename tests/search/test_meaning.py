"""Search by meaning: a real model, a small one, over real indexes and vector files that are damaged, stale, torn."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from paperreader.errors import IndexBusy, ModelUnusable
from paperreader.search import locking, meaning
from paperreader.search.document import Document
from paperreader.search.sentence_model import SentenceModel, fingerprint
from paperreader.search.understanding import make, stale
from paperreader.search.vectors import Appending, Stored
from tests.search.shelf import Shelf, paper
from tests.sentence_model import make_model

pytest.importorskip("onnxruntime", reason="the extra `semantic` is not installed")

PAPERS = [
    paper(1, "Compact vehicle", "an automobile"),
    paper(2, "Picture disease", "of a photo"),
    paper(3, "Tiny illness", "medical sickness"),
    paper(4, "Nothing of the kind", "zz"),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("model") / "small")


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    return tmp_path / "meaning" / "vectors"


def read(vectors: Path, model: Path, documents: Iterable[Document], keep: Sequence[int] | None = None) -> int:
    """Have the model read the papers; how many it read."""
    return list(make(vectors, model, documents, keep))[-1]


def stored(vectors: Path, model: Path) -> Stored:
    found = Stored(vectors, fingerprint(model))
    found.refresh()
    return found


def test_vectors_have_length_one_and_the_same_meaning_is_the_same_vector(model: Path) -> None:
    one, other, third = SentenceModel(model).encode(["tiny car", "compact automobile", "a picture"])
    assert np.linalg.norm(one) == pytest.approx(1)
    assert one @ other == pytest.approx(1)
    assert one @ third < 0.5


def test_a_text_means_the_same_alone_and_beside_longer_ones(model: Path) -> None:
    opened = SentenceModel(model)
    assert np.allclose(opened.encode(["tiny car"])[0], opened.encode(["tiny car", "photo " * 30])[0], atol=1e-6)


def test_papers_are_found_by_meaning_beside_those_that_have_the_words(
    tmp_path: Path, model: Path, vectors: Path
) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    assert shelf.ids("little car") == []
    read(vectors, model, PAPERS)
    shelf.finder.meaning = meaning.Meaning(model, vectors)
    assert shelf.ids("little car")[0] == 1
    assert shelf.ids("medical picture")[:2] == [2, 3]
    assert 4 not in shelf.ids("little car")
    assert shelf.finder.find("little car", finished=True, literal=True).total == 0


def test_signs_and_conditions_hold_for_papers_that_are_found_by_meaning(
    tmp_path: Path, model: Path, vectors: Path
) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    read(vectors, model, PAPERS)
    shelf.finder.meaning = meaning.Meaning(model, vectors)
    assert shelf.ids("+car") == []
    assert shelf.ids('"little car"') == []
    assert shelf.ids("title:car") == []
    assert list(shelf.finder.find("little car", finished=True, among=[1, 2]).ids) == [1]
    assert shelf.ids("little car is:read") == []  # no paper meets a condition here


def test_a_paper_whose_words_and_meaning_fit_is_before_one_that_has_only_one_of_them(
    tmp_path: Path, model: Path, vectors: Path
) -> None:
    papers = [paper(1, "Car zz"), paper(2, "Car vehicle"), paper(3, "Automobile driving"), paper(4, "Other")]
    shelf = Shelf(tmp_path, papers)
    read(vectors, model, papers)
    shelf.finder.meaning = meaning.Meaning(model, vectors)
    found = shelf.ids("car driving vehicle")
    assert found[0] in (2, 3)
    assert found.index(1) > max(found.index(2), found.index(3))


def test_papers_without_a_vector_yet_are_found_by_their_words(tmp_path: Path, model: Path, vectors: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    read(vectors, model, PAPERS[1:])
    shelf.finder.meaning = meaning.Meaning(model, vectors)
    assert shelf.ids("vehicle")[0] == 1
    assert shelf.ids("car") == []
    read(vectors, model, PAPERS[:1])  # the open finder hears of it by itself
    assert shelf.ids("car")[0] == 1


def test_only_what_is_new_or_changed_is_read_and_what_is_gone_goes(model: Path, vectors: Path) -> None:
    assert stale(vectors, model, PAPERS) == [1, 2, 3, 4]
    assert read(vectors, model, PAPERS) == 4
    assert stale(vectors, model, PAPERS) == []
    changed = paper(2, "Picture disease", "of a small photo")
    assert stale(vectors, model, [*PAPERS[:1], changed]) == [2]
    read(vectors, model, [changed])
    assert stored(vectors, model).rids.tolist() == [1, 2, 3, 4]
    assert stale(vectors, model, [changed]) == []
    read(vectors, model, [], keep=[1, 2])
    assert stored(vectors, model).rids.tolist() == [1, 2]


def test_vectors_in_whole_numbers_are_as_good_as_the_models_own(model: Path, vectors: Path) -> None:
    read(vectors, model, PAPERS)
    question = SentenceModel(model).encode(["tiny illness in a picture"])[0]
    exact = SentenceModel(model).encode([f"{p.title}. {p.text}" for p in PAPERS]) @ question
    assert np.allclose(stored(vectors, model).cosines(question), exact, atol=0.01)


def test_half_a_record_at_the_end_is_cut_off_and_what_came_before_counts(model: Path, vectors: Path) -> None:
    read(vectors, model, PAPERS[:2])
    os.truncate(vectors, vectors.stat().st_size - 5)
    (lost,) = stale(vectors, model, PAPERS[:2])
    read(vectors, model, PAPERS[2:])
    assert stale(vectors, model, PAPERS) == [lost]


def test_a_reading_that_is_ended_keeps_what_it_read(model: Path, vectors: Path) -> None:
    documents = [paper(rid, "Tiny car") for rid in range(200)]
    reading = make(vectors, model, documents)
    assert [next(reading), next(reading)] == [0, 64]
    reading.close()
    assert len(stale(vectors, model, documents)) == 136


@pytest.mark.parametrize("content", [b"", b"PRVECTOR", b"\0" * 500, b"x" * 1000])
def test_a_damaged_file_has_no_vectors_and_is_made_anew(content: bytes, tmp_path: Path, model: Path) -> None:
    vectors = tmp_path / "vectors"
    vectors.write_bytes(content)
    assert stored(vectors, model).rids.tolist() == []
    read(vectors, model, PAPERS)
    assert stored(vectors, model).rids.tolist() == [1, 2, 3, 4]


def test_every_length_of_the_file_and_any_bytes_in_it_are_read_without_a_fault(
    tmp_path: Path, model: Path, vectors: Path
) -> None:
    read(vectors, model, PAPERS)
    whole = vectors.read_bytes()
    shelf = Shelf(tmp_path, PAPERS)
    damaged = tmp_path / "damaged"
    for length in range(0, len(whole), 3):
        damaged.write_bytes(whole[:length])
        assert len(stored(damaged, model).rids) <= 4
    chance = np.random.default_rng(5)
    for _ in range(40):
        content = bytearray(whole)
        for place in chance.integers(64, len(whole), 20):
            content[place] = chance.integers(256)
        damaged.unlink()
        damaged.write_bytes(bytes(content))
        shelf.finder.meaning = meaning.Meaning(model, damaged)
        assert set(shelf.ids("vehicle tiny")) <= {1, 2, 3, 4}


def test_another_models_vectors_do_not_count(tmp_path: Path, model: Path, vectors: Path) -> None:
    read(vectors, model, PAPERS)
    other = make_model(tmp_path / "other", size=5)
    assert stale(vectors, other, PAPERS) == [1, 2, 3, 4]
    read(vectors, other, PAPERS[:1])
    assert stored(vectors, other).rids.tolist() == [1]
    assert stored(vectors, model).rids.tolist() == []


def test_two_do_not_read_at_once(model: Path, vectors: Path) -> None:
    first = make(vectors, model, PAPERS)
    next(first)
    descriptor = os.open(vectors.parent / "lock", os.O_RDONLY)
    os.close(descriptor)
    assert locking.is_being_written(vectors.parent)
    first.close()
    assert not locking.is_being_written(vectors.parent)


def test_a_reading_beside_another_process_is_refused(model: Path, vectors: Path) -> None:
    import fcntl

    vectors.parent.mkdir()
    with (vectors.parent / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(IndexBusy):
            read(vectors, model, PAPERS)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (shutil.rmtree, "no onnx/model.onnx"),
        (lambda folder: (folder / "onnx/model.onnx").write_bytes(b"no model"), "cannot be read"),
        (lambda folder: (folder / "vocab.txt").unlink(), "no vocab.txt"),
        (lambda folder: (folder / "vocab.txt").write_text("only\nthese\n"), "no vocab.txt of word pieces"),
        (lambda folder: (folder / "sentence_bert_config.json").write_text("{"), "cannot be read"),
    ],
)
def test_a_model_that_is_damaged_is_refused_with_what_is_the_matter(spoil: object, told: str, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    assert callable(spoil)
    spoil(folder)
    with pytest.raises(ModelUnusable, match=told):
        SentenceModel(folder)


def test_a_model_that_wants_what_nobody_gives_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model", inputs=("input_ids", "pixel_values"))
    with pytest.raises(ModelUnusable, match="pixel_values"):
        SentenceModel(folder)


def test_appending_goes_on_where_the_last_one_ended(model: Path, vectors: Path) -> None:
    for rid in (7, 8):
        file = Appending(vectors, fingerprint(model), 8)
        file.add([rid], [b"text"], np.ones((1, 8), np.float32))
        file.close()
    assert stored(vectors, model).rids.tolist() == [7, 8]
