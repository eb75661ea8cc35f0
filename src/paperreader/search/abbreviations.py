"""Abbreviations as papers introduce them: "Large Language Model (LLM)", "LLM (Large Language Model)".

A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", Pacific
Symposium on Biocomputing 8 (2003): the short form's letters are sought backwards in the words before it. Each segment
of the index keeps what its papers introduced; together they say what a short word of a question may also mean.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from paperreader.search import words
from paperreader.search.stems import stem

Long = tuple[str, ...]
"""The words of a long form, folded."""
Introduced = Counter[tuple[str, str]]
"""How many papers introduce a short form (one folded word) for a long one (its words with spaces)."""

_INSIDE = re.compile(r"\(([^()]{2,80})\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w.+-]{1,9}")
_WORD_BEFORE = re.compile(r"(\S{2,10})\s+$")
# Where a sentence or its part ends, no long form goes on.
_BORDER = re.compile(r"[.;:!?](?:\s|$)|[()]")
# Of a library this large, what a single paper introduces is its own affair.
_LARGE = 2000
_LEAST = 3
# A meaning counts when so large a share of those who introduce the short form mean it, ...
_SHARE = 0.25
_MEANINGS = 2
# ... and the word is an abbreviation at all when so large a share of the papers that have it introduce it.
_INTRODUCED = 0.02


def introduced(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a text introduces: short form and long form, folded."""
    for match in _INSIDE.finditer(text):
        inside, before = match.group(1).strip(), text[max(0, match.start() - 200) : match.start()]
        if _SHORT.fullmatch(inside):
            short, candidate = inside, _BORDER.split(before)[-1]
        elif (word := _WORD_BEFORE.search(before)) and _SHORT.fullmatch(word.group(1)):
            short, candidate = word.group(1), inside
        else:
            continue
        if not any(c.isupper() for c in short):
            continue
        short = short[:-1] if short[-1] == "s" and short[:-1].isupper() else short
        long = _long_form(short, candidate)
        if long:
            folded, parts = words.asked(short), [piece.word for piece in words.sequence(long)]
            if len(folded) == 1 and len(parts) > 1:
                yield folded[0], " ".join(parts)


def _long_form(short: str, candidate: str) -> str:
    """The shortest end of the candidate that has the short form's letters in order, the first at a word's begin."""
    tokens = candidate.split()
    text = " ".join(tokens[-min(len(short) + 5, len(short) * 2) :])
    at = len(text)
    for i in range(len(short) - 1, -1, -1):
        letter = short[i].lower()
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and (text[at].lower() != letter or (i == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    start = max(text.rfind(" ", 0, at + 1) + 1, text.rfind("-", 0, at + 1) + 1) if at else 0
    long = text[start:]
    sound = len(long) > len(short) and short.lower() not in long.lower().split()
    return long if sound else ""


def write(path: Path, found: Introduced) -> None:
    """Write what the papers of a segment introduced. Raises OSError."""
    lists: dict[str, dict[str, int]] = {}
    for (short, long), number in sorted(found.items()):
        lists.setdefault(short, {})[long] = number
    path.write_text(json.dumps(lists, separators=(",", ":")), "ascii")


def read(path: Path) -> dict[str, dict[str, int]]:
    """Read it again. Raises ValueError, TypeError or AttributeError where the file is damaged."""
    told = json.loads(path.read_bytes())
    return {str(short): {str(long): int(n) for long, n in longs.items()} for short, longs in told.items()}


class Abbreviations:
    """What short words may also mean in a library: put together from its segments."""

    def __init__(self, parts: Sequence[Mapping[str, Mapping[str, int]]], papers: int) -> None:
        self._parts = parts
        self._least = _LEAST if papers > _LARGE else 1

    def of(self, short: str, frequency: int) -> tuple[Long, ...]:
        """The long forms of a word that stands in so many papers, the usual one first; none of a word that is none."""
        counts: Counter[str] = Counter()
        for part in self._parts:
            counts.update(part.get(short, {}))
        if not counts or counts.total() < _INTRODUCED * frequency:
            return ()
        # Singular and plural are one meaning, spelt as most papers spell it.
        together: dict[Long, Counter[str]] = {}
        for long, number in counts.items():
            together.setdefault(tuple(stem(word) for word in long.split()), Counter())[long] += number
        least = max(self._least, _SHARE * counts.total())
        kept = [(meaning.total(), meaning.most_common(1)[0][0]) for meaning in together.values()]
        usual = sorted((-number, long) for number, long in kept if number >= least)
        return tuple(tuple(long.split()) for _, long in usual[:_MEANINGS])
