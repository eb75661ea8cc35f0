"""The words of the library that are nearest to a misspelt one.

The distance counts letters left out, put in, exchanged, and neighbours that changed places (optimal string alignment:
Damerau 1964, restricted so that no letter is edited twice). All words of about the right length are measured at once,
a letter at a time: 2 ms for 70,000 words, so no index of deletions is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search.postings import Opened

_SHORTEST, _LONGEST = 3, 24
# In a large library a word of fewer papers is as likely a misspelling itself.
_LEAST = 3
_SMALL = 2000
# Two slips are looked for in words of as many letters.
_TWO_FROM = 8
# How likely the second slip is to the first, and a wrong first letter to any other.
_SECOND = 0.01
_FIRST_LETTER = 0.1

Lengths = NDArray[np.int16]


class Near(NamedTuple):
    """A word that may be meant."""

    word: str
    frequency: int
    """In how many papers it stands."""
    likely: float
    """How likely it is meant, against others."""


class Speller:
    """The words of one field that others are measured by; made once for an open index (some 100 ms, 3 MB)."""

    def __init__(self, opened: Opened, field: str) -> None:
        counts: dict[str, int] = {}
        least = _LEAST if opened.papers > _SMALL else 1
        for segment in opened.segments:
            # In a large segment the rare words are two thirds of all: they need not be looked at.
            for word, frequency in segment.lexicon.all_of(field, least if len(segment.rids) > _SMALL else 1):
                if _SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha():
                    counts[word] = counts.get(word, 0) + frequency
        known = sorted((word for word, n in counts.items() if n >= least), key=len)
        self._words = known
        self._frequencies = np.array([counts[word] for word in known], np.int64)
        table = np.array([word.encode() for word in known], f"S{_LONGEST}")
        self._letters = np.ascontiguousarray(table.view(np.uint8).reshape(len(known), _LONGEST).T)
        self._begins = np.searchsorted(np.array([len(word) for word in known]), np.arange(_LONGEST + 3))

    def near(self, word: str, *, least: int, most: int) -> list[Near]:
        """The likeliest words, at most `most`, that stand in `least` papers or more; none for what is no plain word."""
        if not (_SHORTEST < len(word) <= _LONGEST and word.isascii() and word.isalpha()):
            return []
        reach = 2 if len(word) >= _TWO_FROM else 1
        low = int(self._begins[max(0, len(word) - reach)])
        high = int(self._begins[min(_LONGEST + 1, len(word) + reach + 1)])
        distances = _distances(word.encode(), self._letters[:, low:high], len(word) + reach)
        found: list[Near] = []
        for i in np.flatnonzero((distances <= reach) & (self._frequencies[low:high] >= least)).tolist():
            other = self._words[low + i]
            if other == word:
                continue
            frequency = int(self._frequencies[low + i])
            likely = frequency * _SECOND ** (int(distances[i]) - 1) * (1.0 if other[0] == word[0] else _FIRST_LETTER)
            found.append(Near(other, frequency, likely))
        return sorted(found, key=lambda near: (-near.likely, near.word))[:most]


def _distances(word: bytes, letters: NDArray[np.uint8], longest: int) -> Lengths:
    """The distance of the word to each column of letters, which ends at its first zero."""
    width = min(longest, len(letters))
    size = letters.shape[1]
    rows = [np.full(size, j, np.int16) for j in range(width + 1)]
    before: list[Lengths] = []
    for i, letter in enumerate(word, 1):
        row = [np.full(size, i, np.int16)]
        for j in range(1, width + 1):
            best = np.minimum(rows[j] + 1, row[j - 1] + 1)
            np.minimum(best, rows[j - 1] + (letters[j - 1] != letter), out=best)
            if i > 1 and j > 1:
                swapped = (letters[j - 1] == word[i - 2]) & (letters[j - 2] == letter)
                np.minimum(best, np.where(swapped, before[j - 2] + 1, 99), out=best, casting="unsafe")
            row.append(best)
        before, rows = rows, row
    lengths = (letters != 0).sum(axis=0)
    return np.choose(np.minimum(lengths, width), rows) if width < 31 else rows[width]
