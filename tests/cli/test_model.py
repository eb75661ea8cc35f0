"""`paperreader model` as a person uses it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.sentence_model import make_model
from tests.terminal.pty import Terminal

pytest.importorskip("onnxruntime", reason="the extra `semantic` is not installed")


def test_the_model_reads_the_papers_and_find_answers_by_meaning(paperreader: Program, tmp_path: Path) -> None:
    shown = paperreader("model")
    assert "model   none" in shown.out
    assert "paperreader model get" in shown.err
    model = make_model(tmp_path / "model")
    (paperreader.home / "settings.toml").write_text(f"[search]\nmodel = {json.dumps(str(model))}\n")
    assert "read    0 of 247" in paperreader("model").out
    assert paperreader("find", "sickness").code == 1
    assert "247 were new or changed" in paperreader("model", "make").err
    shown = paperreader("model")
    assert "read    247 of 247" in shown.out
    assert shown.err == ""
    assert paperreader("find", "-n", "3", "sickness").code == 0
    assert paperreader("find", "--literal", "sickness").code == 1
    assert "Removed what it read" in paperreader("model", "remove").err
    assert paperreader("model", "remove").code == 1


def test_without_a_model_reading_says_how_to_get_one(paperreader: Program) -> None:
    answer = paperreader("model", "make")
    assert answer.code == 1
    assert "model get" in answer.err


def test_without_the_extra_one_line_says_how_to_get_it(paperreader: Program, tmp_path: Path) -> None:
    # An interpreter that has only what paperreader needs: the runtime cannot be found there.
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['onnxruntime'] = None\n")
    environment = {"PYTHONPATH": ":".join([str(tmp_path), *sys.path])}
    answer = paperreader("model", environment=environment)
    assert "not installed" in answer.out
    assert answer.err == "pip install 'paperreader[semantic]' adds search by meaning.\n"
    assert paperreader("find", "attention", environment=environment).code == 0


def test_a_person_whose_words_no_paper_has_all_hears_of_search_by_meaning(paperreader: Program) -> None:
    paperreader("find", "attention")
    with Terminal.of_paperreader(paperreader.home, "find", "-n", "2", "making models run on tiny phones") as terminal:
        assert terminal.wait() == 0
    assert "`paperreader model get` fetches a model" in terminal.text
    assert paperreader("find", "-n", "2", "making models run on tiny phones").err == ""


def test_fetching_says_where_from_and_what_is_wrong(paperreader: Program) -> None:
    answer = paperreader("model", "get", environment={"HF_ENDPOINT": "http://127.0.0.1:9"})
    assert answer.code == 1
    assert "Fetching all-MiniLM-L6-v2 (Apache-2.0) from 127.0.0.1:9" in answer.err
    assert "Traceback" not in answer.err


def test_a_word_that_is_nothing_to_do_is_refused(paperreader: Program) -> None:
    assert paperreader("model", "train").code == 2
