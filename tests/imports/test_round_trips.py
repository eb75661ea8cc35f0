"""What goes out comes back: exported, imported into an empty library, exported again, it is the same text."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.paper import State, View
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


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_what_the_person_keeps_comes_back_and_replaces_nothing(tmp_path: Path, form: str) -> None:
    library = filled(tmp_path / "home")
    keeping, rids = library.keeping, list(library.in_lasting_order(library.listing(View.ALL)))
    keeping.tag(rids[:3], "RL", "später")
    keeping.add(rids[1:5], "Thesis, part 1")
    keeping.add(rids[2:3], "to read")
    keeping.rate(rids[:2], 4)
    keeping.set_state(rids[3:4], State.DISMISSED)
    library.mark_read(rids[4:5])
    library.bookmark(rids[5:7])
    keeping.annotate(rids[0], "# Idea\n\n=1+1, \u202e and  spaces")
    comes_back(library, form, tmp_path)
    text = written(library, form)
    keeping.rate(rids[:1], 2)
    keeping.annotate(rids[0], "Another thought")
    keeping.untag(rids[:3], "rl")
    file = tmp_path / f"out-{form}"
    before = len(list(library.dump()))
    *_, last = library.import_files([file])
    assert last.report is not None and "ratings or states of 3" in last.report.sentence
    first = library.paper(rids[0])
    assert first is not None
    assert (first.rating, first.tags) == (2, ("RL", "später"))
    assert first.note == "Another thought\n\n---\n\n# Idea\n\n=1+1, \u202e and  spaces"
    assert len(list(library.dump())) == before + 1, "one event for many papers"
    *_, last = library.import_files([file])
    assert last.report is not None and "ratings" not in last.report.sentence
    assert len(list(library.dump())) == before + 1, "twice changes nothing"
    assert written(library, form) != text
    library.close()


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_one_can_leave_for_a_reference_manager_and_come_back(tmp_path: Path, form: str) -> None:
    library = filled(tmp_path / "home")
    keeping, rids = library.keeping, list(library.in_lasting_order(library.listing(View.ALL)))[:4]
    keeping.tag(rids[:3], "RL", "später")
    keeping.add(rids[1:3], "Thesis")
    keeping.rate(rids[:2], 4)
    keeping.set_state(rids[:1], State.DISMISSED)
    keeping.annotate(rids[0], "# Idea & 50%\n\n- one\n  - two\n\nAB - no tag, `code`")
    text = "".join(library.export(rids, form))
    owned = [(paper.tags, paper.lists, paper.rating, paper.state, paper.note) for paper in library.papers(rids)]
    library.close()
    (tmp_path / "out").write_text(text, encoding="utf-8", newline="")
    again = filled(tmp_path / "again", tmp_path / "out")
    back = list(again.in_lasting_order(again.listing(View.ALL)))
    assert [(paper.tags, paper.lists, paper.rating, paper.state, paper.note) for paper in again.papers(back)] == owned
    assert "".join(again.export(back, form)) == text
    again.close()


LIBRARY = r"""@article{a, title={On Foo}, author={Doe, Jane and others}, journal={J. Foo}, volume={3}, number={2},
  pages={1--9}, year=2020, doi={10.1/foo}, issn={1234-5678}}
@inproceedings{b, title={On Bar}, author={Doe, Jane}, editor={Ed, A. and Itor, B.}, booktitle={Proc. Bar}, pages={7},
  publisher={ACM}, address={Paris}, year=2021}
@book{c, title={A Book}, author={Doe, Jane}, publisher={MIT Press}, edition={2}, year=2019, isbn={978-3-16-148410-0}}
@phdthesis{d, title={A Thesis}, author={Doe, Jane}, school={MIT}, year=2018}
@inproceedings{e, title={A Child}, author={Doe, Jane}, crossref={f}}
@proceedings{f, title={Conf}, booktitle={The Conf}, editor={Ed, A.}, publisher={ACM}, year=2021}
"""


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_on_no_arxiv_goes_out_as_what_it_came_in(tmp_path: Path, form: str) -> None:
    (tmp_path / "library.bib").write_text(LIBRARY, encoding="utf-8")
    library = filled(tmp_path / "home", tmp_path / "library.bib")
    text = written(library, "bibtex")
    for kind in ("article{a,", "inproceedings{b,", "book{c,", "phdthesis{d,", "inproceedings{e,", "proceedings{f,"):
        assert f"@{kind}" in text
    for name, value in {
        **{"author": "Doe, Jane and others", "volume": "3", "number": "2", "pages": "1--9", "school": "MIT"},
        **{"editor": "Ed, A. and Itor, B.", "edition": "2", "booktitle": "The Conf", "isbn": "978-3-16-148410-0"},
    }.items():
        assert f"  {name:<13} = {{{value}}}" in text
    comes_back(library, form, tmp_path)
    library.close()


def test_an_abstract_with_odd_lines_comes_back_from_ris(tmp_path: Path) -> None:
    abstract = "One.\n  Two.\n\n\n   TY  - three\nER  -\n\u00a0four"
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "title": "A", "abstract": abstract}), encoding="utf-8")
    library = filled(tmp_path / "home", tmp_path / "in.jsonl")
    comes_back(library, "ris", tmp_path)
    library.close()


def test_what_the_person_keeps_is_read_with_care(tmp_path: Path) -> None:
    file = tmp_path / "odd.jsonl"
    odd = {
        "tags": ["#a", " ", "x" * 500, "A", {}],
        "rating": 4.5,
        "state": "open",
        "lists": "no list",
        "note": " ",
        "bookmarked": 1,
    }
    file.write_text(json.dumps({"id": "a", "title": "A", **odd}) + "\n", encoding="utf-8")
    library = Library.open(Paths.under(tmp_path / "home"), starter=False)
    *_, last = library.import_files([file])
    (paper,) = library.papers(library.listing(View.ALL))
    assert (paper.tags, paper.rating, paper.state, paper.lists, paper.note) == (("a",), None, State.UNREAD, (), "")
    assert last.report is not None
    assert last.report.remarks == tuple(
        f"{name} not understood: 1" for name in ("bookmarked", "lists", "rating", "state", "tags")
    )
    library.close()


def test_the_report_tells_by_what_papers_were_known(tmp_path: Path) -> None:
    library = Library.open(Paths.under(tmp_path / "home"), starter=False)
    ids = ({"arxiv_id": "2401.00001"}, {"doi": "10.1000/2"}, {"id": "x-3"}, {"arxiv_id": "2401.00004"})
    lines = [{"title": f"The paper number {n}", "authors": ["Ann Lee"], **one} for n, one in enumerate(ids)]
    more = [{**one, "abstract": "More."} for one in lines[:3]]
    reports = []
    for name, objects in (("first", lines), ("second", more)):
        (tmp_path / name).write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    (tmp_path / "third").write_text("@misc{x, title={The Paper {N}umber 3}, author={Lee, A.}, year={2024}}\n")
    for name in ("first", "second", "third"):
        *_, last = library.import_files([tmp_path / name])
        assert last.report is not None
        reports.append(last.report)
    assert reports[0].sentence == "4 new, 0 changed, 0 as they were."
    assert reports[1].sentence == "0 new, 3 changed, 0 as they were; known by arXiv id 1, DOI 1, id 1."
    assert reports[2].sentence == "0 new, 1 changed, 0 as they were; known by title 1."
    assert reports[2].by_title == ["Known by its title: The Paper Number 3 (arxiv:2401.00004)."]
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
