"""Search by meaning and the real app: the model reads the papers behind the screen."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.paths import Paths
from tests.sentence_model import make_model
from tests.terminal.pty import Terminal

pytest.importorskip("onnxruntime", reason="the extra `semantic` is not installed")
_PATIENCE = 60.0


def test_the_papers_are_read_behind_the_screen_and_then_found_by_meaning(tmp_path: Path) -> None:
    home = tmp_path / "home"
    library = Library.open(Paths.under(home))
    for _ in library.catch_up():
        pass
    model = json.dumps(str(make_model(tmp_path / "model")))
    (home / "settings.toml").write_text(f"[refresh]\non_start_hours = 0\n[search]\nmodel = {model}\n", "utf-8")
    with Terminal.of_paperreader(home) as terminal:
        end = time.monotonic() + _PATIENCE
        while library.search.meaning.state().wants_making and time.monotonic() < end:
            terminal.settle(0.1)
        assert library.search.meaning.count() == 247
        terminal.type("q")
        terminal.wait()
    assert library.find("sickness", finished=True).total
    library.close()
