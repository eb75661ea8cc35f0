"""Files as other programs write them: what is the person's in them comes in."""

from __future__ import annotations

import json

import pytest

from paperreader.paper import Owned
from tests.imports.reading import read

RIS = "TY  - JOUR\nTI  - A\nKW  - tag one\nN1  - {}\nER  - \n"


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("@misc{a, title={A}, annote={My \\emph{own} note\n\nand more}}", "My own note\n\nand more"),
        ("@misc{a, title={A}, annotation={One}, review={Two}, comment={One}}", "One\n\nTwo"),
        (
            "@misc{a, title={A}, note={arXiv:1706.03762 [cs]\nComment: 15 pages}}",
            "arXiv:1706.03762 [cs]\nComment: 15 pages",
        ),
        ("@misc{a, title={A}, note={arXiv:1706.03762 [cs.CL]}}", ""),
        (RIS.format("<p>My <b>note</b> &amp; more</p><p>Two</p>"), "My **note** & more\n\nTwo"),
        (RIS.format("first\nsecond\n\nTwo\nN1  - Another"), "first\nsecond\n\nTwo\n\nAnother"),
        (
            json.dumps([{"id": "x", "type": "book", "title": "A", "note": "tex.key: foo\nRead it\narXiv: 2105.00001"}]),
            "Read it",
        ),
    ],
)
def test_notes_become_the_persons_notes(raw: str, note: str) -> None:
    (paper,), gleaned = read(raw)
    assert (paper.owned or Owned()).note == note
    assert not gleaned.ignored


def test_tags_are_told_from_keywords_where_the_file_tells_them() -> None:
    (paper,), _ = read("@misc{a, title={A}, keywords={deep, mine}, mendeley-tags={mine}}")
    assert (paper.keywords, paper.owned) == (("deep",), Owned(tags=("mine",)))
    (zotero,), _ = read("@misc{a, title={A}, keywords={deep, mine}}")
    assert (zotero.keywords, zotero.owned) == (("deep", "mine"), None)
    (both,), _ = read("@misc{a, title={A}, keywords={rl, graphs, rl}, tags={rl}, rating={7}}")
    assert (both.keywords, both.owned) == (("rl", "graphs"), Owned(tags=("rl",)))


def test_a_rating_that_is_none_is_counted() -> None:
    (paper,), gleaned = read("@misc{a, title={A}, rating={7}, state={Texas}}")
    assert paper.owned is None and gleaned.misread == {"rating": 1, "state": 1}


def test_the_key_of_better_bibtex_is_kept() -> None:
    (paper,), _ = read(
        json.dumps([{"id": "http://zotero.org/1", "type": "book", "title": "A", "note": "Citation Key: vinci2019"}])
    )
    assert (paper.citation_key, paper.owned) == ("vinci2019", None)
