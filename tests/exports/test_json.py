from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.errors import ExportError
from paperreader.exports import FORMATS, write
from paperreader.exports.paper_object import paper_object
from paperreader.paper import Paper, Sighting
from tests.exports.papers import BARE, FULL, as_recorded
from tests.imports.reading import read

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
LINE = TEXT.map(lambda text: " ".join(text.split()))
PROSE = TEXT.map(str.strip)
WORDS = st.lists(LINE.filter(bool), unique=True, max_size=3).map(tuple)
ADDRESSES = st.just("") | st.text(st.characters(categories=["L", "N", "P"])).map(lambda end: f"https://x.org/{end}")
SIGHTINGS = st.builds(
    Sighting,
    source=st.just("import"),
    id=TEXT.filter(bool),
    title=LINE,
    authors=WORDS,
    published=st.sampled_from(["", "2024", "2024-02", "2024-02-29"]),
    abstract=PROSE,
    summary=PROSE,
    keywords=WORDS,
    categories=WORDS,
    code=ADDRESSES,
    url=ADDRESSES,
)


def text(name: str, *papers: Paper) -> str:
    return "".join(write(name, papers))


def test_an_object_has_the_fields_that_import_reads_and_nothing_that_is_empty() -> None:
    assert paper_object(FULL) == {
        "arxiv_id": "2401.01234",
        "doi": "10.1000/182",
        "id": "conf2024.7",
        "title": "Graphs [and] *trees*",
        "authors": ["Ana Lopez", "李 雷"],
        "published": "2024-01-02",
        "abstract": "First.\n\nSecond.",
        "summary": "In short.",
        "keywords": ["graphs", "trees"],
        "categories": ["cs.CL"],
        "code": "https://example.org/code",
        "url": "https://example.org/paper",
        "bookmarked": True,
    }
    assert paper_object(BARE) == {"id": "only an id"}


def test_json_lines_are_one_object_a_line() -> None:
    lines = text("jsonl", FULL, BARE).splitlines()
    assert [json.loads(line) for line in lines] == [paper_object(FULL), paper_object(BARE)]


def test_json_is_one_array_whatever_the_number_of_papers() -> None:
    for papers in ([], [FULL], [FULL, BARE]):
        assert json.loads(text("json", *papers)) == [paper_object(paper) for paper in papers]
        assert text("json", *papers).endswith("]\n")


@pytest.mark.parametrize("name", FORMATS)
def test_papers_are_written_as_they_come(name: str) -> None:
    taken = []

    def coming() -> Iterator[Paper]:
        for rid in range(1000):
            taken.append(rid)
            yield FULL

    pieces = write(name, coming())
    for _ in range(3):
        next(pieces)
    assert len(taken) <= 3
    pieces.close()  # type: ignore[attr-defined]  # a generator, which is all that Iterator does not say


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ExportError) as refused:
        write("wordstar", [])
    assert "csv, json, jsonl" in refused.value.hint


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_that_is_shown_on_a_terminal_cannot_steer_it(name: str) -> None:
    hostile = "\x1b[2J\x9b2J\u202e\u2028\x7f\r"
    written = text(name, Paper(rid=1, title=hostile, other_id=hostile))
    assert not set("\x1b\x9b\u202e\u2028\x7f\r") & set(written)
    assert json.loads(written.strip("[]\n"))["title"] == hostile


@given(st.lists(SIGHTINGS, min_size=1, max_size=3))
def test_importing_what_was_exported_gives_the_same_sightings(sightings: list[Sighting]) -> None:
    again, gleaned = read(text("jsonl", *map(as_recorded, sightings)))
    assert again == sightings
    assert not gleaned.ignored and not gleaned.misread


def test_a_paper_known_by_its_title_alone_is_exported_with_an_id_that_means_the_same() -> None:
    known = Sighting(source="import", title="On Nothing")
    (again,), _ = read(text("jsonl", as_recorded(known)))
    assert again.identities == known.identities
