from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.names import Name, family_key, joined, parts


@pytest.mark.parametrize(
    ("name", "given_name", "family", "suffix"),
    [
        ("Carl Doersch", "Carl", "Doersch", ""),
        ("Laurens van der Maaten", "Laurens", "van der Maaten", ""),
        ("Luc Van Gool", "Luc", "Van Gool", ""),
        ("Martin Luther King Jr.", "Martin Luther", "King", "Jr."),
        ("Di Wu", "Di", "Wu", ""),
        ("Jean-Baptiste Alayrac", "Jean-Baptiste", "Alayrac", ""),
    ],
)
def test_a_persons_name_has_parts(name: str, given_name: str, family: str, suffix: str) -> None:
    assert parts(name) == Name(given_name, family, suffix)


@pytest.mark.parametrize(
    "name", ["OpenAI", "Gemini Team", "李 雷", "A. Kamor and D. Goldman", "Smith, John", "Gu *", ""]
)
def test_what_is_no_persons_name_for_certain_stays_whole(name: str) -> None:
    assert parts(name) == Name(whole=name)


@given(st.text())
def test_the_parts_are_the_name_again(name: str) -> None:
    known = parts(name)
    whole = joined(given=known.given, family=known.family, suffix=known.suffix, whole=known.whole)
    assert whole == " ".join(name.split())


def test_spellings_of_one_persons_name_share_a_key() -> None:
    spellings = ["Carl Doersch", "C. Doersch", "Doersch, Carl", "DOERSCH, C."]
    assert {family_key(name) for name in spellings} == {"doersch"}
    assert family_key("João Pérez") == "perez" and family_key("?") == ""
