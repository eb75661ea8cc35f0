"""How text is cut: decided here, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.search import words
from paperreader.search.words import asked, folded, pieces, sequence, terms

CUT = [
    ("GPT-4", "gpt 4 gpt4"),
    ("T5", "t5"),
    ("R-CNN", "r cnn rcnn"),
    ("LoRA", "lora"),
    ("C++", "c c++"),
    ("C#", "c c#"),
    ("PointNet++", "pointnet pointnet++ point net"),
    ("F1-score", "f1 score f1score"),
    ("state-of-the-art", "state of the art"),
    ("β-VAE", "beta vae betavae"),
    ("βVAE", "betavae beta vae"),
    ("beta-VAE", "beta vae betavae"),
    ("k-NN", "k nn knn"),
    ("$k$-NN", "k nn knn"),
    ("BootsTAP", "bootstap boots tap"),
    ("boots-tap", "boots tap bootstap"),
    ("Tracking-Any-Point", "tracking any point"),
    ("TrackAny", "trackany track any"),
    ("3D", "3d"),
    ("2.5", "2.5"),
    ("Qwen2.5-7B", "qwen2.5 7b qwen2.57b qwen"),
    ("ends with 3.", "ends with 3"),
    ("ResNet50", "resnet50 resnet res net"),
    ("GPT-4-turbo", "gpt 4 turbo gpt4 4turbo"),
    ("model's", "model"),
    ("O'Brien’s", "o brien obrien"),
    ("Łódź Ørsted naïve", "lodz orsted naive"),
    ("e\u0301tude", "etude"),
    ("ﬁne ＧＰＴ Straße", "fine gpt strasse"),
    ("Kullback–Leibler", "kullback leibler kullbackleibler"),
    ("H₂O and σ²", "h2o and sigma2 sigma"),
    ("注意力", "注 意 力 注意 意力"),
    ("力", "力"),
    ("基于Transformer的", "基 于 基于 transformer 的"),
    ("자연어", "자 연 어 자연 연어"),
    ("ハンﾊﾝ", "ハ ン ハ ン ハン ンハ ハン"),
    ("الذكاء الاصطناعي", "الذكاء الاصطناعي"),
    ("нейронная сеть, ёлка", "неиронная сеть елка"),
    ("Κύριος", "κυριοσ"),
    ("snake_case", "snake case snakecase"),
    ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ("\ud800 lone", "lone"),
    ("... -- '' $$", ""),
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_a_text_is_cut_into_these_words(text: str, expected: str) -> None:
    assert sorted(terms(text)) == sorted(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BootsTAP", "bootstap"),
        ("boots-tap", "boots tap"),
        ("C++", "c++"),
        ("c#", "c#"),
        ("PointNet++", "pointnet++"),
        ("β-VAE", "beta vae"),
        ("注意力", "注意 意力"),
        ("力", "力"),
        ("GPT-4", "gpt 4"),
        ("resnet50", "resnet50"),
        ("model's", "model"),
    ],
)
def test_a_question_is_cut_into_these_words(text: str, expected: str) -> None:
    assert asked(text) == expected.split()


def test_a_phrase_is_read_in_simple_words() -> None:
    assert [piece.word for piece in sequence("R-CNN's C++ for 注意")] == ["r", "cnn", "c++", "for", "注", "意"]


def test_places_count_in_the_text_as_it_was_given() -> None:
    text = "ﬁne-tuning, Straße, e\u0301tude\u200b and ＧＰＴ－４"
    assert {(p.word, text[p.start : p.end]) for p in pieces(text)} == {
        ("fine", "ﬁne"),
        ("tuning", "tuning"),
        ("finetuning", "ﬁne-tuning"),
        ("strasse", "Straße"),
        ("etude", "e\u0301tude"),
        ("and", "and"),
        ("gpt", "ＧＰＴ"),
        ("4", "４"),
        ("gpt4", "ＧＰＴ－４"),
    }


def test_parts_of_a_joined_word_have_their_own_places() -> None:
    assert ("tap", 5, 8) in pieces("BootsTAP")
    assert ("bootstap", 0, 8) in pieces("BootsTAP")


@given(st.text())
def test_whatever_is_cut_its_places_are_in_the_text(text: str) -> None:
    for piece in pieces(text):
        assert 0 <= piece.start < piece.end <= len(text)
    assert sorted(terms(text)) == sorted(piece.word for piece in pieces(text))


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_short_cut_for_plain_text_gives_the_same_words(text: str) -> None:
    plain = text.replace("$", "")
    # One letter of another script takes the long way, and is a word of its own.
    assert sorted(terms(plain + " ж")) == sorted([*terms(plain), "ж"])


@given(st.text())
def test_what_a_text_asks_for_it_is_found_by(text: str) -> None:
    assert set(asked(text)) <= set(terms(text))


@given(st.text(), st.text())
def test_every_word_can_be_written(one: str, other: str) -> None:
    for word in terms(one + other):
        assert word.encode()
        assert word == word.lower()


def test_a_very_long_text_is_cut_in_bounded_time() -> None:
    assert len(terms("a-" * 50_000)) >= 50_000
    assert terms("x" * 100_000) == ["x" * 100_000]


def test_the_commonest_words_are_not_asked_either() -> None:
    assert words.COMMONEST < words.UNASKED
    assert "paper" not in words.UNASKED


def test_folding_forgets_case_accents_and_forms() -> None:
    assert folded("Ünïcode ﬁ ＡＢＣ") == "unicode fi abc"
