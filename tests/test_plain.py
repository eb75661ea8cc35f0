from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.plain import folded, one_line, printable, shown_title, storable

ANY = st.text(st.characters(exclude_categories=[]))
CONTROLS = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc"]
REORDERING = list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("control", CONTROLS + REORDERING, ids=lambda control: f"U+{ord(control):04X}")
def test_no_control_reaches_a_terminal(control: str) -> None:
    shown = printable(f"a{control}b")
    assert control not in shown
    assert shown[0] == "a" and shown[-1] == "b"


def test_controls_are_shown_as_their_pictures() -> None:
    assert printable("\x1b[31m\x07\x7f") == "␛[31m␇␡"
    assert printable("two\r\nlines\tand\u2028more") == "two  lines and more"


def test_text_in_any_script_is_shown_as_it_is() -> None:
    for text in ("naïve café", "深度学习", "नमस्ते", "שלום", "👩‍🔬", "e\u0301"):
        assert printable(text) == text


@given(ANY)
def test_what_is_storable_is_utf8_without_nul(text: str) -> None:
    assert b"\x00" not in storable(text).encode()
    assert storable(storable(text)) == storable(text)
    assert len(storable(text)) == len(text)


@given(ANY)
def test_a_line_is_one_and_has_no_white_space_to_spare(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line)
    assert "  " not in line and not any(c.isspace() and c != " " for c in line)


@pytest.mark.parametrize("word", ["İstanbul", "ǅ", "Ὀδυσσεύς", "ﬃ", "Å", "ẞ"])
def test_folding_twice_changes_nothing_more(word: str) -> None:
    assert folded(folded(word)) == folded(word)


def test_a_paper_without_title_is_shown_by_its_first_words() -> None:
    assert shown_title("", "One two three") == "One two three"
    assert shown_title(" \n", "w " * 20) == " ".join(["w"] * 12) + "…"
    assert shown_title("", " \n ") == shown_title("") == "(untitled)"
    assert shown_title("\u202e", "text") == "text"
