"""Search by meaning in a whole library: what there is and what is missing, reading papers, models from everywhere."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.errors import ModelUnusable
from paperreader.library import Library
from paperreader.library.meaning import FETCH, MAKE
from paperreader.library.model_files import Fetching, fetch, fetched_folder, forget, model_folder, remote_files
from paperreader.paths import Paths
from tests.feeds.test_download import CONTENT, Server, server
from tests.sentence_model import make_model

pytest.importorskip("onnxruntime", reason="the extra `semantic` is not installed")
__all__ = ["server"]

STARTER = 247


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path / "home")


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    library = Library.open(paths)
    yield library
    library.close()


def named(paths: Paths, model: str | Path) -> None:
    paths.settings.write_text(f"[search]\nmodel = {json.dumps(str(model))}\n", "utf-8")


def exhaust(news: Iterator[object]) -> None:
    for _ in news:
        pass


def test_from_nothing_to_answers_by_meaning_each_step_says_what_the_next_one_is(
    library: Library, paths: Paths, tmp_path: Path
) -> None:
    care = library.search.meaning
    exhaust(library.catch_up())
    assert care.state().hint == FETCH
    assert library.find("sickness", finished=True).remarks == ()
    named(paths, make_model(tmp_path / "model"))
    assert care.state().hint == MAKE
    assert care.state().wants_making
    literally = library.find("compact automobile", finished=True, literal=True)
    steps = list(care.make())
    assert (steps[0].done, steps[-1].done, steps[-1].total) == (0, STARTER, STARTER)
    assert care.state().hint == ""
    assert care.count() == STARTER
    found = library.find("compact automobile", finished=True)
    assert found.total > literally.total
    assert library.find("compact automobile", finished=True, literal=True).total == literally.total
    assert [step.done for step in care.make()] == [0]


def test_papers_that_come_later_are_read_later(library: Library, paths: Paths, tmp_path: Path) -> None:
    named(paths, make_model(tmp_path / "model"))
    care = library.search.meaning
    exhaust(care.make())
    more = tmp_path / "more.jsonl"
    more.write_text('{"id": "own:1", "title": "Vehicle", "abstract": "driving"}\n', "utf-8")
    exhaust(library.import_files([more]))
    assert care.state().wants_making
    assert [step.done for step in care.make()] == [0, 1]
    exhaust(library.catch_up())
    (best, *_) = library.search.bare_ids(library.find("automobile", finished=True).ids)
    assert best == "own:1"


def test_reading_that_is_ended_goes_on_the_next_time(library: Library, paths: Paths, tmp_path: Path) -> None:
    named(paths, make_model(tmp_path / "model"))
    care = library.search.meaning
    stops = iter([False, False, True])
    steps = list(care.make(lambda: next(stops)))
    assert 0 < steps[-1].done < STARTER
    assert care.state().wants_making
    (first, *_, last) = care.make()
    assert first.total == STARTER - steps[-1].done
    assert last.done == last.total


def test_a_model_that_is_damaged_is_told_once_and_words_still_find(
    library: Library, paths: Paths, tmp_path: Path
) -> None:
    exhaust(library.catch_up())
    model = make_model(tmp_path / "model")
    named(paths, model)
    exhaust(library.search.meaning.make())
    (model / "onnx/model.onnx").write_bytes(b"spoilt")
    found = library.find("attention", finished=True)
    assert found.total
    assert "not by meaning" in found.remarks[0]
    assert library.find("attention", finished=True).remarks == ()


def test_what_it_read_can_be_thrown_away_at_any_time(library: Library, paths: Paths, tmp_path: Path) -> None:
    named(paths, make_model(tmp_path / "model"))
    care = library.search.meaning
    exhaust(care.make())
    exhaust(library.catch_up())
    assert library.find("automobile", finished=True).total
    shutil.rmtree(paths.cache / "meaning")
    assert library.find("attention", finished=True).total
    assert care.state().wants_making
    assert care.forget() == 0


@pytest.mark.parametrize("name", ["no such folder", "os", "nowhere-at-all"])
def test_a_model_that_is_not_where_settings_say_is_a_sentence(name: str, library: Library, paths: Paths) -> None:
    named(paths, name)
    state = library.search.meaning.state()
    assert state.problem
    assert state.hint == state.problem
    assert not state.wants_making
    exhaust(library.catch_up())
    assert library.find("attention", finished=True).total


def test_a_model_may_be_named_from_the_settings_folder_or_come_in_a_package(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model(paths.settings.parent / "models" / "small")
    assert model_folder(paths, "models/small") == paths.settings.parent / "models" / "small"
    package = tmp_path / "site" / "tiny_model"
    make_model(package / "data")
    (package / "__init__.py").write_text("raise RuntimeError('it is not imported')\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    assert model_folder(paths, "tiny-model") == package / "data"
    with pytest.raises(ModelUnusable):
        model_folder(paths, "json")


def test_a_model_is_fetched_only_when_it_is_said_and_can_be_removed(paths: Paths, server: Server) -> None:
    files = dict.fromkeys(remote_files(), server.file("whole"))
    assert model_folder(paths, "") is None
    steps = list(fetch(paths, files))
    assert steps[-1] == Fetching(2 * len(CONTENT), 2 * len(CONTENT))
    assert model_folder(paths, "") == fetched_folder(paths)
    assert forget(paths)
    assert not forget(paths)
    assert model_folder(paths, "") is None


def test_what_is_fetched_is_pinned_by_its_bytes_and_a_mirror_changes_only_the_host() -> None:
    files, mirrored = remote_files({}), remote_files({"HF_ENDPOINT": "https://mirror.example.org/"})
    assert all(file.url.startswith("https://huggingface.co/") for file in files.values())
    for name, file in mirrored.items():
        assert file.url.startswith("https://mirror.example.org/Xenova/")
        assert (file.sha256, file.size) == (files[name].sha256, files[name].size)
        assert len(file.sha256) == 64
