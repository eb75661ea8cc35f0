"""Seeking in a folded text gives what cutting it would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperreader.search import words
from paperreader.search.document import Text
from paperreader.search.highlighting import places
from paperreader.search.phrases import has_phrase, holds
from paperreader.search.question import Where, Word

BITS = ["self", "attention", "selfie", " ", "-", "'s ", "++", "#", ".", "2", ".5", "é", "$", "注", "_", "A", "\n", "b"]
TEXTS = st.lists(st.sampled_from(BITS), max_size=12).map("".join)
PHRASES = st.lists(st.sampled_from(["self", "attention", "a", "b", "2", "注"]), min_size=1, max_size=3).map(tuple)


@given(PHRASES, st.booleans(), TEXTS)
def test_a_phrase_is_there_when_its_words_are_in_a_row(phrase: tuple[str, ...], unfinished: bool, text: str) -> None:
    assert has_phrase(phrase, unfinished, text) == bool(places(words.sequence(text), phrase, unfinished))


@given(st.sampled_from(["self", "attention", "selfattention", "b2", "2.5", "c++", "注"]), TEXTS)
def test_a_word_is_in_the_abstract_when_the_paper_is_found_by_it(word: str, text: str) -> None:
    asked = Word(word, Where.ABSTRACT)
    assert holds(asked, frozenset({word}), "", Text(word, text, ())) == (word in words.terms(text))


@given(st.sampled_from(["se", "att", "2", "注"]), TEXTS)
def test_a_beginning_is_in_the_abstract_when_a_word_there_begins_so(start: str, text: str) -> None:
    asked = Word(start, Where.ABSTRACT, unfinished=True)
    expected = any(word.startswith(start) for word in words.terms(text))
    assert holds(asked, frozenset({start}), start, Text("", text, ())) == expected
