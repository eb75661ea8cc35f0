from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from paperreader.wrapping import width, wrapped
from tests.cli.conftest import Program

Jsonl = Callable[..., Path]


def test_a_starter_paper_is_shown_with_its_summary_marked_as_one(paperreader: Program) -> None:
    answer = paperreader("show", "2402.00847")
    assert answer.code == 0
    assert answer.lines[0] == "BootsTAP: Bootstrapped Training for Tracking-Any-Point"
    for told in ("2024-02-01", "https://arxiv.org/abs/2402.00847", "starter", "Summary, in other words"):
        assert told in answer.out
    assert all(len(line) <= 88 for line in answer.lines if "keywords" not in line)


def test_an_abstract_keeps_its_paragraphs_and_is_no_summary(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl({"id": "a", "title": "T", "abstract": "First.\n\nSecond\nline.", "summary": "Short."}))
    assert paperreader("show", "a").out.endswith("\n\nFirst.\n\nSecond line.\n")


def test_664_authors_do_not_drown_the_abstract(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader(
        "import", jsonl({"id": "a", "title": "T", "abstract": "Text.", "authors": [f"A. {n}" for n in range(664)]})
    )
    answer = paperreader("show", "a")
    assert "A. 11 and 652 more" in " ".join(answer.out.split()) and len(answer.lines) < 15


def test_marks_are_shown(paperreader: Program) -> None:
    paperreader("bookmark", "2402.00847")
    assert "\nbookmarked " in paperreader("show", "2402.00847").out


def test_several_papers_are_shown_in_the_order_of_their_ids(paperreader: Program) -> None:
    answer = paperreader("show", "--json", "2402.00847", "2104.09791")
    assert [paper["arxiv_id"] for paper in answer.objects] == ["2402.00847", "2104.09791"]


def test_an_unknown_id_is_told_and_ends_with_1(paperreader: Program) -> None:
    for word in ("9999.99999", b"\xff", " ", "-x", "title-0123456789abcdef"):
        answer = paperreader("show", "--", word)
        assert (answer.code, answer.out) == (1, "")
        assert "No paper of the library has the id" in answer.err


def test_hostile_text_is_shown_as_text(paperreader: Program, jsonl: Jsonl) -> None:
    hostile = "\x1b[2J [CLS] \u202e\r\nx"
    paperreader(
        "import", jsonl({"id": "a", "title": hostile, "abstract": hostile, "authors": [hostile], "url": hostile})
    )
    answer = paperreader("show", "a")
    assert not set("\x1b\u202e\r") & set(answer.out)
    assert answer.out.count("␛[2J [CLS]") == 3


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = list(wrapped(text, columns))
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_characters_take_two_columns() -> None:
    assert list(wrapped("深度学习 models", 8)) == ["深度学习", "models"]
    assert list(wrapped("深度学习深度学习", 6)) == ["深度学", "习深度", "学习"]
    assert width("e\u0301") == 1
