"""What goes out comes back: exported, imported into an empty library, exported again, it is the same text."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths

FORMATS = ["bibtex", "biblatex", "ris", "csl-json", "json", "jsonl"]
ODD = frozenset('\\{}$&%_#~^"<>`*[]')


def written(library: Library, form: str) -> str:
    return "".join(library.export(library.in_lasting_order(library.listing(View.ALL)), form))


def filled(home: Path, file: Path | None = None) -> Library:
    library = Library.open(Paths.under(home), starter=file is None)
    if file is not None:
        *_, last = library.import_files([file])
        assert last.report is not None
        assert not last.report.ignored and not last.report.remarks
    return library


def comes_back(library: Library, form: str, folder: Path) -> None:
    text = written(library, form)
    file = folder / f"out-{form}"
    file.write_text(text, encoding="utf-8", newline="")
    again = filled(folder / f"again-{form}", file)
    assert written(again, form) == text
    again.close()


@pytest.mark.parametrize("form", FORMATS)
def test_the_starter_library_comes_back(tmp_path: Path, form: str) -> None:
    library = filled(tmp_path / "home")
    comes_back(library, form, tmp_path)
    library.close()


def test_a_thousand_papers_with_the_ugliest_titles_come_back(shared: Callable[[str], Path], tmp_path: Path) -> None:
    with lzma.open(shared("corpus/papers.jsonl.xz"), "rt", encoding="utf-8") as corpus:
        papers = [json.loads(line) for line in corpus]
    papers.sort(key=lambda paper: (-sum(sign in ODD or not sign.isascii() for sign in paper["title"]), paper["id"]))
    file = tmp_path / "ugly.jsonl"
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers[:1000]), encoding="utf-8")
    library = filled(tmp_path / "home", file)
    for form in FORMATS:
        comes_back(library, form, tmp_path)
    library.close()
