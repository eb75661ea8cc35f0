"""Exports, read by programs that did not write them: BibTeX, biber, pandoc, libraries of each format's field."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest

from paperreader.exports import write
from paperreader.latex.reading import read as plain
from paperreader.latex.writing import as_read
from paperreader.paper import Paper
from tests.exports.papers import FULL, UGLY, kept

PAPERS = kept()
NAMED = [paper for paper in PAPERS if paper.title]
SCHEMA = Path(__file__).parents[1] / "data" / "csl" / "csl-data.json"


def text(name: str, papers: list[Paper] = PAPERS) -> str:
    return "".join(write(name, papers))


@pytest.fixture
def judge(tmp_path: Path) -> Callable[..., str]:
    """`judge("pandoc", "-f", "org", stdin=...)`: what the program says; skips, saying so, where it is not installed."""

    def judged(program: str, *words: str, stdin: str = "") -> str:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed: it judges exports where it is")
        done = subprocess.run(
            [program, *words], input=stdin.encode(), capture_output=True, cwd=tmp_path, check=False, timeout=120
        )
        assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")
        return (done.stdout + done.stderr).decode(errors="replace")

    return judged


def shown(paper: Paper) -> str:
    return as_read(paper.title)


def test_bibtex_has_no_complaint_and_keeps_the_capitals(judge: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(text("bibtex"), encoding="utf-8")
    (tmp_path / "all.aux").write_text("\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{papers}\n")
    said = judge("bibtex", "all")
    assert "Warning" not in said and "error" not in said, said
    listed = (tmp_path / "all.bbl").read_text(encoding="utf-8")
    assert listed.count("\\bibitem") == len(PAPERS)
    for kept_as_it_is in ("{BERT}", "{C++}", "{$^2$}", "{Markov}", "{Paris}", r"\& {PF}", r"\#1\_a", r"50\%"):
        assert " ".join(kept_as_it_is.split()) in " ".join(listed.split())


def test_biber_gives_every_entry_back(judge: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(text("biblatex"), encoding="utf-8")
    said = judge("biber", "--tool", "--output-file=out.bib", "papers.bib")
    assert "ERROR" not in said and "WARN" not in said, said
    again = _pybtex((tmp_path / "out.bib").read_text(encoding="utf-8"))
    before = _pybtex(text("biblatex"))
    assert again.keys() == before.keys()
    for key, values in before.items():
        assert again[key].keys() == values.keys(), key
        assert {name: _meant(again[key][name]) for name in values} == {name: _meant(values[name]) for name in values}


def _meant(value: str) -> str:
    """What it says: biber writes lists without spaces, and one sign of accents as another."""
    return re.sub(", ?", ", ", plain(" ".join(value.split()))).replace("`", "‘")


def _pybtex(source: str) -> dict[str, dict[str, str]]:
    from pybtex.database import parse_string

    entries = parse_string(source, "bibtex").entries
    return {
        key.lower(): {
            **{name.lower(): str(value) for name, value in entry.fields.items()},
            **({"author": " and ".join(map(str, entry.persons["author"]))} if entry.persons else {}),
        }
        for key, entry in entries.items()
    }


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_two_parsers_of_bibtex_find_the_same_fields(form: str) -> None:
    import bibtexparser

    ours = _pybtex(text(form))
    assert list(ours) == [paper.citation_key for paper in PAPERS]
    library: Any = bibtexparser.parse_string(text(form))  # type: ignore[attr-defined]  # it is there, not in its __all__
    assert not library.failed_blocks
    theirs = {entry.key: {field.key.lower(): str(field.value) for field in entry.fields} for entry in library.entries}
    months = {"month"}
    for key, values in ours.items():
        assert theirs[key].keys() == values.keys()
        for name in values.keys() - months - {"author"}:
            assert " ".join(theirs[key][name].split()) == values[name]
    assert [plain(ours[paper.citation_key]["title"]) for paper in NAMED] == [shown(paper) for paper in NAMED]


def test_names_come_apart_as_bibtex_takes_them_apart() -> None:
    from pybtex.database import parse_string

    people = parse_string(text("bibtex"), "bibtex").entries["key3"].persons["author"]
    first, team, several, accents, chinese = people
    assert (first.prelast_names, first.last_names, first.lineage_names) == (["van", "der"], ["Maaten"], ["Jr."])
    assert [str(person) for person in (team, several, chinese)] == ["{OpenAI}", "{A. Kamor and D. Goldman}", "{李 雷}"]
    assert plain(str(accents)) == unicodedata.normalize("NFC", "Ánh, Nguyễn Thị")
    assert text("bibtex", [UGLY[1]]).splitlines()[0] == "@misc{vandermaaten2004schrodinger,"


def test_ris_is_read_by_rispy() -> None:
    import rispy

    entries = rispy.loads(text("ris"))
    assert [entry.get("id") for entry in entries] == [paper.citation_key for paper in PAPERS]
    assert [entry.get("title", "") for entry in entries] == [" ".join(paper.title.split()) for paper in PAPERS]
    assert entries[1]["authors"] == [
        *("van der Maaten, João Łukasz, Jr.", "OpenAI", "A. Kamor and D. Goldman"),
        *("Ánh, Nguyễn Thị", "李 雷"),
    ]
    assert entries[1]["keywords"] == ["a, b", "=cmd()"]


def test_ris_is_read_by_pandoc(judge: Callable[..., str]) -> None:
    pypandoc = pytest.importorskip("pypandoc", reason="brings a pandoc that reads RIS, which Debian's does not")
    items = json.loads(judge(pypandoc.get_pandoc_path(), "-f", "ris", "-t", "csljson", stdin=text("ris", NAMED)))
    assert [_unmarked(item["title"]) for item in items] == [" ".join(paper.title.split()) for paper in NAMED]


def test_csl_json_is_as_its_schema_wants_it() -> None:
    items = json.loads(text("csl-json"))
    schema: Any = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(items, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**items[0], "type": "preprint of mine"}], schema)
    assert json.loads(text("csl-json", [])) == []


def test_pandoc_makes_a_bibliography_of_csl_json(judge: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "papers.json").write_text(text("csl-json"), encoding="utf-8")
    page = "---\nbibliography: papers.json\nnocite: '@*'\n---\n"
    listed = judge("pandoc", "--citeproc", "-f", "markdown", "-t", "plain", "--wrap=none", stdin=page)
    for words in ("Lopez, Ana", "Beethoven, Ludwig van", "A Study of Markov Chains", "Graphs [and] *trees*"):
        assert words.casefold() in listed.casefold()


def _unmarked(title: str) -> str:
    return re.sub(r"</?span[^>]*>", "", title)


def test_pandoc_reads_in_org_what_the_papers_say(judge: Callable[..., str]) -> None:
    said = json.loads(judge("pandoc", "-f", "org", "-t", "json", stdin=text("org")))
    heads = [block["c"] for block in said["blocks"] if block["t"] == "Header"]
    spoken = [_spoken(inlines).replace("\u2060", "") for level, _, inlines in heads if level == 1]
    assert spoken == [" ".join(paper.shown_title.split()) for paper in PAPERS]
    unwanted = {"BulletList", "OrderedList", "Table", "RawBlock", "RawInline", "Emph", "Strong"}
    assert not _kinds(said["blocks"]) & unwanted


def _spoken(inlines: list[dict[str, Any]]) -> str:
    kinds: dict[str, Callable[[Any], str]] = {
        "Space": lambda _: " ",
        "SoftBreak": lambda _: " ",
        "Str": str,
        "Math": lambda formula: f"${formula[1]}$",
    }
    return "".join(kinds[one["t"]](one.get("c")) for one in inlines)


def _kinds(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {str(value.get("t"))} | _kinds(value.get("c"))
    return set().union(*map(_kinds, value)) if isinstance(value, list) else set()


def test_pandoc_reads_in_html_what_the_papers_say_and_nothing_runs(judge: Callable[..., str]) -> None:
    page = text("html")
    assert "prefers-color-scheme: dark" in page and "@media print" in page
    assert not re.findall(r"<script|<b>BERT|<img|<link|\ssrc=|@import|url\(", page)
    said = json.loads(judge("pandoc", "-f", "html", "-t", "json", stdin=page))
    heads = [block["c"] for block in said["blocks"] if block["t"] == "Header"]
    assert len([1 for level, *_ in heads if level == 3]) == len(PAPERS)


def test_no_cell_of_a_table_is_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(text("csv"))))
    assert [row["id"] for row in rows] == [paper.id for paper in PAPERS]
    assert rows[2]["title"] == "'=HYPERLINK(1) A study of Markov chains in Paris"
    hostile = [Paper(rid=1, title=f"{sign}1", other_id=f" {sign}") for sign in "=+-@\t＝＋－＠"]
    cells = [cell for row in csv.reader(io.StringIO(text("csv", hostile))) for cell in row]
    assert not [cell for cell in cells if cell.strip()[:1] in set("=+-@\t＝＋－＠") - {""}]


def test_feedparser_finds_the_feed_well_formed() -> None:
    read = feedparser.parse(text("atom").encode())
    assert not read.bozo and read.version == "atom10" and read.feed.id and read.feed.updated
    assert next(entry.title for entry in read.entries) == FULL.title
    assert all(entry.id and entry.updated for entry in read.entries)
    assert len({entry.id for entry in read.entries}) == len(PAPERS)
    odd = feedparser.parse(text("atom", [Paper(rid=1, title="\x00\x1b\ufffe<&>", other_id="\x07")]).encode())
    assert not odd.bozo


def test_a_json_feed_has_what_its_specification_demands() -> None:
    read = json.loads(text("jsonfeed"))
    assert read["version"] == "https://jsonfeed.org/version/1.1" and read["title"]
    for item in read["items"]:
        assert isinstance(item["id"], str) and item["id"] and isinstance(item["content_text"], str)
    assert json.loads(text("jsonfeed", []))["items"] == []
