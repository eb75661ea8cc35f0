"""Files as other programs write them: what is the person's in them comes in."""

from __future__ import annotations

import json

import pytest

from paperreader.errors import UnreadableInput
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


@pytest.mark.parametrize(
    ("raw", "titles", "reasons"),
    [
        ("@misc{a, title={A\n}\n@misc{b, title={B}}\n@misc{c, title={C}}\n", ["B", "C"], ["line 1: no BibTeX entry"]),
        ("@misc{a, title={A}}\n@misc{b title}\n@misc{c, title={C}}\n", ["A", "C"], ["line 2: no BibTeX entry"]),
        ("TY  - A\nTI  - A\nER  - \nTY  - B\nPY  - 2020\nER  - \n", ["A"], ["line 4: the reference has neither"]),
        ("TY  - A\nTI  - A\nER  - \nAU  - B\nKW  - C\nTY  - D\nTI  - D\n", ["A", "D"], ["line 4: AU stands outside"]),
        ('[{"type": "book", "title": "A"},\n7,\n{"type": "book"}]', ["A"], ["line 2: an item", "line 3: the item has"]),
        ('[{"type": "book", "title": "A"},\n{"type": "bo', ["A"], ["line 2: no JSON"]),
        ('{"id": "a", "title": "A"}\n[]\n{"id": "b", "title": "B"}\n{"id"', ["A", "B"], ["line 2: no", "line 4: no"]),
    ],
)
def test_a_bad_entry_is_refused_and_the_others_come_in(raw: str, titles: list[str], reasons: list[str]) -> None:
    papers, gleaned = read(raw)
    assert [paper.title for paper in papers] == titles
    assert gleaned.refused == len(reasons)
    for error, reason in zip(gleaned.refusals, reasons, strict=True):
        assert error.message.startswith(f"papers, {reason}")


def test_many_broken_entries_end_the_reading() -> None:
    with pytest.raises(UnreadableInput, match="more than 1,000 entries are broken"):
        read("@misc{a, title={A}}\n" + "@misc{b title}\n" * 1002)
