"""Text -> the numbers of word pieces, as BERT's uncased models cut them.

The way of `google-research/bert`'s tokenization.py (Devlin et al. 2019): cleaned, lower case without accents, cut at
spaces and punctuation, Chinese characters alone; then each word into the longest pieces that the vocabulary has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Longer runs are no words; cutting them would take time that grows with the square of their length.
_LONGEST_WORD = 100
_KEPT = 20_000
# Characters of a text that are looked at for each piece that is wanted: pieces of scientific English have four.
_CHARACTERS = 12
_CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_PLAIN = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WordPieces:
    """A vocabulary that cuts texts."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Pieces by their numbers; those within a word begin with ##. Raises KeyError where [CLS] and its like lack."""
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._start, self._end, self._unknown = (self._numbers[name] for name in (_START, _END, _UNKNOWN))
        self._pieces = lru_cache(_KEPT)(self._cut)

    def numbers(self, text: str, most: int) -> list[int]:
        """At most so many numbers, the start's and the end's included."""
        found = [self._start]
        for word in words(text[: most * _CHARACTERS]):
            found += self._pieces(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest pieces from left to right; where one lacks, the word is unknown as a whole."""
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            head = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(head + word[start:end])
                if number is not None:
                    break
            else:
                return (self._unknown,)
            found.append(number)
            start = end
        return tuple(found)


def words(text: str) -> list[str]:
    """Words and punctuation, in lower case and without accents."""
    lowered = text.lower()
    if lowered.isascii():
        lowered = "".join(sign if sign.isprintable() or sign.isspace() else "" for sign in lowered)
        return _PLAIN.findall(lowered)
    found: list[str] = []
    for word in "".join(map(_cleaned, text)).split():
        plain = "".join(
            sign for sign in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(sign) != "Mn"
        )
        found += "".join(f" {sign} " if _is_punctuation(sign) else sign for sign in plain).split()
    return found


def _cleaned(sign: str) -> str:
    if sign.isspace():
        return " "
    if sign == "\ufffd" or unicodedata.category(sign).startswith("C"):
        return ""
    number = ord(sign)
    return f" {sign} " if any(low <= number <= high for low, high in _CHINESE) else sign


def _is_punctuation(sign: str) -> bool:
    return (sign.isascii() and sign.isprintable() and not sign.isalnum()) or unicodedata.category(sign)[0] == "P"
