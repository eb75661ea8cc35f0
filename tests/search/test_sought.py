"""Few words sought in a text stand where cutting the whole text finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperreader.search.sought import sought
from paperreader.search.words import pieces

_TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("aabBC-'_ .$+#5βΑ注意é\u0301\u200b½")), max_size=60)


@given(_TEXTS, st.sets(st.integers(0, 40)))
def test_what_is_sought_is_found_where_cutting_everything_finds_it(text: str, chosen: set[int]) -> None:
    every = pieces(text)
    known = {piece.word for place, piece in enumerate(every) if place in chosen}
    assert sought(text, known.__contains__) == [piece for piece in every if piece.word in known]


def test_a_beginning_is_found_in_plain_and_joined_words_alike() -> None:
    text = "Bootstrapping (boots-tap) BOOTS, e.g. BootsTAP's boots."
    found = sought(text, lambda word: word.startswith("boots"))
    assert found == [piece for piece in pieces(text) if piece.word.startswith("boots")]
    assert len(found) > 4
