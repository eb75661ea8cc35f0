"""Texts cut into word pieces as BERT's uncased models cut them; the expectations are of the `tokenizers` library."""

from __future__ import annotations

import pytest

from paperreader.search.wordpiece import WordPieces, words

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "track", "##ing", "##er", "naive", "-", "日", "本", "any", "$", "un"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Tracking tracker", "[CLS] track ##ing track ##er [SEP]"),
        ("naïve  ＮＡÏＶＥ", "[CLS] naive [UNK] [SEP]"),
        ("track-any\tng", "[CLS] track - any [UNK] [SEP]"),
        ("日本", "[CLS] 日 本 [SEP]"),
        ("$any\x00thing$\u200b", "[CLS] $ [UNK] $ [SEP]"),
        ("unknown", "[CLS] [UNK] [SEP]"),
        ("", "[CLS] [SEP]"),
        ("x" * 101, "[CLS] [UNK] [SEP]"),
    ],
)
def test_a_text_is_cut_into_the_longest_pieces_there_are(text: str, cut: str) -> None:
    assert [VOCABULARY[number] for number in WordPieces(VOCABULARY).numbers(text, 32)] == cut.split()


def test_what_is_too_long_ends_with_the_end() -> None:
    pieces = WordPieces(VOCABULARY)
    numbers = pieces.numbers("track " * 10_000, 16)
    assert len(numbers) == 16
    assert VOCABULARY[numbers[-1]] == "[SEP]"


def test_plain_and_odd_texts_are_cut_alike() -> None:
    text = "Self-attention: F1-score, (GPT-4) & C++!"
    assert words(f"{text} é")[:-1] == words(text)


def test_a_vocabulary_without_the_signs_of_a_start_and_an_end_is_refused() -> None:
    with pytest.raises(KeyError):
        WordPieces(["track", "##ing"])
