from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.errors import UnreadableInput
from paperreader.imports import json_lines
from paperreader.imports.gleaned import OTHER_NAMES, Gleaned
from paperreader.imports.lines import Lines
from paperreader.paper import Sighting
from tests.imports.reading import read, sighting

# Lone surrogates and NUL are no text that a database keeps; everything else is.
STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = sorted(json_lines._KNOWN)


def refusal(raw: bytes | str) -> str:
    with pytest.raises(UnreadableInput) as refused:
        read(raw)
    return refused.value.message


def test_what_is_no_web_address_is_left_out_and_counted() -> None:
    lines = [{"id": "a", "code": "javascript:alert(1)", "url": "file:///etc/passwd"}, {"id": "b", "code": "see below"}]
    sightings, gleaned = read("\n".join(map(json.dumps, lines)))
    assert [(one.code, one.url) for one in sightings] == [("", ""), ("", "")]
    assert gleaned.remarks == ("code not understood: 2", "url not understood: 1")


def test_an_address_may_lack_its_beginning() -> None:
    assert sighting(code="github.com/a/b", url="http://example.org/x").code == "https://github.com/a/b"
    assert sighting(code=" HTTPS://Example.org/x ").code == "HTTPS://Example.org/x"


def test_every_field_of_a_full_line_is_kept() -> None:
    line = {
        "arxiv_id": "2401.01234",
        "doi": "10.1000/182",
        "id": "conf2024.7",
        "title": "A  title\non two lines ",
        "authors": ["Ana Lopez", " ", "李 雷"],
        "published": "2024-01-02",
        "abstract": "First.\n\nSecond.",
        "summary": "In short.",
        "keywords": ["graphs", "", "graphs", "trees"],
        "categories": ["cs.CL"],
        "code": "https://example.org/code",
        "url": "https://example.org/paper",
    }
    papers, gleaned = read(json.dumps(line))
    assert papers == [
        Sighting(
            source="import",
            arxiv_id="2401.01234",
            doi="10.1000/182",
            id="conf2024.7",
            title="A title on two lines",
            authors=("Ana Lopez", "李 雷"),
            published="2024-01-02",
            abstract="First.\n\nSecond.",
            summary="In short.",
            keywords=("graphs", "trees"),
            categories=("cs.CL",),
            code="https://example.org/code",
            url="https://example.org/paper",
        )
    ]
    assert not gleaned.ignored and not gleaned.misread


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("2024", "2024"),
        ("2024-02", "2024-02"),
        ("2024-02-29", "2024-02-29"),
        ("2024-02-29T23:59:59Z", "2024-02-29"),
        ("2024-02-29 23:59", "2024-02-29"),
        (2024, "2024"),
        ("2023-02-29", ""),
        ("2024-13", ""),
        ("0000", ""),
        ("2024-1-2", ""),
        ("29 February 2024", ""),
        ("٢٠٢٤", ""),
        ("2024-02T10:00", ""),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_one(said: object, known: str) -> None:
    (paper,), gleaned = read(json.dumps({"id": "x", "published": said}))
    assert paper.published == known
    assert gleaned.remarks == (() if known else ("published not understood: 1",))


@pytest.mark.parametrize("title", [None, "", "   ", "\n"])
def test_a_title_may_be_missing_or_empty(title: str | None) -> None:
    assert sighting(title=title).title == ""


def test_a_number_as_id_is_taken_by_its_digits_however_many_they_are() -> None:
    (short, long), _ = read('{"id": 7}\n{"id": ' + "9" * 5000 + "}")
    assert (short.id, long.id) == ("7", "9" * 5000)
    assert type(short.id) is str


@pytest.mark.parametrize(
    "line",
    [
        "[1, 2]",
        "null",
        '"text"',
        "{",
        '{"id": "x"} {"id": "y"}',
        '{"id": "x",}',
        "{'id': 'x'}",
        '{"title": "no identity"}',
        '{"id": ""}',
        '{"id": null, "doi": " ", "arxiv_id": ""}',
        '{"id": ["x"]}',
        '{"id": 1.5}',
        '{"id": true}',
        '{"id": "x", "more": ' + "[" * 100_000,
        '{"more": ' + '{"a":' * 100_000,
    ],
    ids=lambda line: line[:24],
)
def test_a_line_that_names_no_paper_is_refused_by_its_number(line: str) -> None:
    papers, gleaned = read('{"id": "a"}\n\n' + line + '\n{"id": "b"}\n')
    assert [paper.id for paper in papers] == ["a", "b"]
    assert [error.message.startswith("papers, line 3: ") for error in gleaned.refusals] == [True]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Knuth, Donald E.", "Donald E. Knuth"),
        ("de la Cruz, Ana", "Ana de la Cruz"),
        ("Müller-Lüdenscheidt, Jr., Hans", "Hans Müller-Lüdenscheidt Jr."),
        ("OpenAI, Inc.", "OpenAI, Inc."),
        ("Ilia Sucholutsky,Matthias Schonlau", "Ilia Sucholutsky,Matthias Schonlau"),
        ("Martin King, Jr.", "Martin King, Jr."),
        ("Smith, and others", "Smith, and others"),
        ("Donald E. Knuth", "Donald E. Knuth"),
    ],
)
def test_an_author_is_kept_given_name_first(said: str, kept: str) -> None:
    assert sighting(authors=[said]).authors == (kept,)


def test_a_bad_first_line_is_told_as_a_line() -> None:
    _, gleaned = read('nonsense\n{"id": "a"}\n')
    assert [error.message.startswith("papers, line 1: no JSON object") for error in gleaned.refusals] == [True]


def test_the_refusal_says_which_identity_was_no_string() -> None:
    with pytest.raises(UnreadableInput) as refused:
        read('{"doi": {"prefix": 10}}')
    assert "doi must be a string" in refused.value.hint


def test_blank_lines_carriage_returns_and_a_byte_order_mark_are_skipped() -> None:
    raw = b'\xef\xbb\xbf\r\n{"id": "a"}\r\n \t\r\n\r\n{"id": "b"}'
    assert [paper.id for paper in read(raw)[0]] == ["a", "b"]


def test_line_ends_within_text_are_no_line_ends_of_the_file() -> None:
    raw = json.dumps({"id": "a", "title": "one\u2028two\u0085three\x0bfour"}, ensure_ascii=False)
    assert [paper.title for paper in read(raw)[0]] == ["one two three four"]


def test_unknown_fields_are_left_out_and_counted() -> None:
    _, gleaned = read('{"id": "a", "pages": "X", "votes": 3}\n{"id": "b", "pages": "Y"}')
    assert gleaned.ignored == {"pages": 2, "votes": 1}


def test_a_field_with_a_value_of_the_wrong_kind_is_left_empty_and_counted() -> None:
    line = {"id": "a", "title": ["x"], "authors": "One, Two", "keywords": ["good", 3.5, None], "abstract": {"a": 1}}
    (paper,), gleaned = read(json.dumps(line))
    assert (paper.title, paper.authors, paper.keywords, paper.abstract) == ("", (), ("good",), "")
    assert gleaned.misread == {"title": 1, "authors": 1, "keywords": 1, "abstract": 1}


def test_a_file_with_a_field_of_its_own_on_each_line_does_not_fill_the_memory() -> None:
    _, gleaned = read("\n".join(json.dumps({"id": "a", f"field {n}": 1}) for n in range(200)))
    assert len(gleaned.ignored) == 51
    assert gleaned.ignored[OTHER_NAMES] == 150
    assert gleaned.ignored.total() == 200


def test_nan_and_infinity_are_read_as_nothing() -> None:
    (paper,), gleaned = read('{"id": "a", "title": NaN, "doi": Infinity, "authors": -Infinity, "score": NaN}')
    assert (paper.title, paper.doi, paper.authors) == ("", "", ())
    assert gleaned.ignored == {"score": 1}


def test_of_a_field_said_twice_the_last_counts() -> None:
    (paper,), _ = read('{"id": "a", "title": "first", "title": "second"}')
    assert paper.title == "second"


def test_nul_and_lone_surrogates_become_replacement_characters() -> None:
    (paper,), _ = read(r'{"id": "a", "title": "x\u0000y\ud800z", "authors": ["\udfff"], "abstract": "\ud83d\ude00"}')
    assert (paper.title, paper.authors, paper.abstract) == ("x\ufffdy\ufffdz", ("\ufffd",), "😀")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2401.01234", "2401.01234"),
        ("arXiv:2401.01234v3", "2401.01234"),
        ("https://arxiv.org/pdf/2401.01234v2.pdf", "2401.01234"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("no arXiv id at all", "no arXiv id at all"),
    ],
)
def test_an_arxiv_id_is_kept_bare(said: str, kept: str) -> None:
    assert sighting(arxiv_id=said).arxiv_id == kept


@given(STORABLE)
def test_an_id_comes_in_unchanged_whatever_string_it_is(text: str) -> None:
    assert sighting(id=text).id == text


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_papers_or_refused(raw: bytes) -> None:
    lines = Lines("papers", io.BytesIO(raw))
    try:
        for paper in json_lines.read(lines, Gleaned(), "import"):
            assert paper.identities
    except UnreadableInput as refused:
        assert refused.message.startswith("papers, line ")


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(), JSON))
def test_whatever_an_object_says_what_is_kept_can_be_stored(values: dict[str, Any]) -> None:
    try:
        (paper,), _ = read(json.dumps({**values, "id": "x"}))
    except UnreadableInput as refused:
        raise AssertionError(refused.message) from refused
    texts = [paper.title, paper.arxiv_id, paper.doi, paper.abstract, paper.summary, paper.code, paper.url]
    for text in (*texts, *paper.authors, *paper.keywords, *paper.categories):
        assert type(text) is str
        text.encode()
        assert "\x00" not in text
