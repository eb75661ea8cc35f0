"""Marks and passages."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from paperreader.search.highlighting import Marker, Marks
from paperreader.search.question import Where

TRACKS = Marker((Marks(Where.ANYWHERE, frozenset({"tracking", "tracked", "tracks", "bootstap"})),))
PHRASE = Marker((Marks(Where.ANYWHERE, phrases=((("self", "attention"), False),)),))
BEGINNING = Marker((Marks(Where.ANYWHERE, beginnings=("conv",)),))


def marked(marker: Marker, text: str, where: Where | None = None) -> list[str]:
    return [text[start:end] for start, end in marker.spans(text, where)]


def test_forms_are_marked_where_they_stand() -> None:
    assert marked(TRACKS, "Tracking what was tracked; tracker") == ["Tracking", "tracked"]


def test_folded_letters_do_not_shift_the_marks() -> None:
    text = "ﬁrst Ｔracking of straße, e\u0301tude tracked"
    assert marked(TRACKS, text) == ["Ｔracking", "tracked"]


def test_what_is_written_as_one_is_marked_as_two() -> None:
    assert marked(TRACKS, "BootsTAP, boots-tap, boots tap") == ["BootsTAP", "boots-tap"]


def test_a_phrase_is_marked_as_a_whole_and_nowhere_else() -> None:
    assert marked(PHRASE, "Self-attention; attention to self") == ["Self-attention"]


def test_beginnings_are_marked() -> None:
    assert marked(BEGINNING, "convolutions, unconvinced") == ["convolutions"]


def test_a_words_part_of_the_paper_is_respected() -> None:
    marker = Marker((Marks(Where.TITLE, frozenset({"bert"})), Marks(Where.AUTHOR, frozenset({"lecun"}))))
    text = "bert by lecun"
    assert marked(marker, text) == ["bert"]
    assert marked(marker, text, Where.TITLE) == ["bert"]
    assert marked(marker, text, Where.ABSTRACT) == []
    assert marked(marker, text, Where.AUTHOR) == ["lecun"]


def test_a_short_text_is_shown_whole() -> None:
    passage = TRACKS.passage("what tracks", 20)
    assert passage.text == "what tracks"
    assert passage.spans == ((5, 11),)


def test_a_passage_has_the_hits_and_is_cut_between_words() -> None:
    text = "lorem ipsum dolor " * 20 + "it tracked and tracks well " + "sit amet " * 20
    passage = TRACKS.passage(text, 60)
    assert "tracked and tracks" in passage.text
    assert passage.text.startswith("…")
    assert passage.text.endswith("…")
    assert set(passage.text.strip("…").split()) <= set(text.split())
    assert len(passage.text) <= 62
    assert [passage.text[a:b] for a, b in passage.spans] == ["tracked", "tracks"]


def test_a_passage_prefers_different_words_to_the_same_word_often() -> None:
    text = "tracks tracks tracks " + "x " * 60 + "tracks and tracked" + " y" * 60
    assert "tracked" in TRACKS.passage(text, 40).text


def test_without_hits_the_passage_is_the_beginning() -> None:
    assert TRACKS.passage("one two three four five six", 12).text == "one two…"


@given(st.text(), st.integers(-5, 80))
def test_marks_are_in_order_and_inside_whatever_the_text(text: str, width: int) -> None:
    marker = Marker((Marks(Where.ANYWHERE, frozenset({"a", "0"}), ("b", "é"), ((("a", "b"), True),)),))
    passage = marker.passage(text, width)
    ends = [0]
    for start, end in passage.spans:
        assert ends[-1] <= start < end <= len(passage.text)
        ends.append(end)
    assert passage.text.strip("…") in text


def test_a_marker_travels_and_compares() -> None:
    assert pickle.loads(pickle.dumps(TRACKS)) == TRACKS
    assert hash(TRACKS) == hash(pickle.loads(pickle.dumps(TRACKS)))
