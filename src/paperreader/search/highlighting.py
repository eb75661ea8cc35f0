"""Showing why a paper was found: where the question's words stand in a text. Pure, and small enough to hand around."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from paperreader.search import words
from paperreader.search.question import Where
from paperreader.search.sought import sought

Span = tuple[int, int]
_CUT = "…"
_LINE_OF_WORDS = 0.3
"""How much of a passage stands before its first hit, where there is room."""


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A piece of text and the places to mark in it."""

    text: str
    spans: tuple[Span, ...]
    """Begin and end of each mark, in characters of `text`; ascending, never overlapping."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in one part of a paper."""

    where: Where
    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], bool], ...] = ()
    """Words in a row, and whether the last may be a beginning."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks what a question became: all forms of its words that the library has."""

    marks: tuple[Marks, ...] = field(default=())

    def spans(self, text: str, where: Where | None = None) -> tuple[Span, ...]:
        """Where to mark a text: begin and end in its own characters, however they fold; merged, ascending.

        `where` says what the text is, for words that were sought in one part only; None is title and abstract.
        """
        marks = [mark for mark in self.marks if _applies(mark.where, where)]
        if not marks or not text:
            return ()
        known = frozenset().union(*(mark.words for mark in marks))
        beginnings = tuple(start for mark in marks for start in mark.beginnings)
        found: list[Span] = []
        if known or beginnings:
            found += (
                (start, end)
                for _, start, end in sought(text, lambda word: word in known or word.startswith(beginnings))
            )
        phrases = [phrase for mark in marks for phrase in mark.phrases]
        if phrases:
            row = words.sequence(text)
            for phrase, unfinished in phrases:
                found += [(row[i].start, row[i + len(phrase) - 1].end) for i in places(row, phrase, unfinished)]
        return _merged(found)

    def passage(self, text: str, width: int, where: Where | None = None) -> Highlighted:
        """The piece of about `width` characters that has most of the words, with `…` at its cut ends.

        It is cut at word borders where they are near.

        Without any hit it is the beginning. Give it the text as it will be shown: marks count its characters.
        """
        width = max(width, 1)
        spans = self.spans(text, where)
        if len(text) <= width:
            return Highlighted(text, spans)
        begin, end = _cut(text, width, _best(text, spans, width))
        before, after = _CUT if begin else "", _CUT if end < len(text) else ""
        shift = len(before) - begin
        inside = tuple((max(a, begin) + shift, min(b, end) + shift) for a, b in spans if a < end and b > begin)
        return Highlighted(f"{before}{text[begin:end]}{after}", inside)


def places(row: list[words.Piece], phrase: tuple[str, ...], unfinished: bool) -> list[int]:
    """Where in a row of words a phrase begins; when `unfinished`, its last word may be a beginning."""
    *firm, last = phrase
    size = len(firm)
    found: list[int] = []
    for i in range(len(row) - size):
        if size and row[i].word != firm[0]:
            continue
        end = row[i + size].word
        if (end == last or (unfinished and end.startswith(last))) and all(
            row[i + k].word == firm[k] for k in range(size)
        ):
            found.append(i)
    return found


def _applies(sought: Where, where: Where | None) -> bool:
    if sought is Where.ANYWHERE:
        return True
    return sought is not Where.AUTHOR if where is None else sought is where


def _merged(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _best(text: str, spans: tuple[Span, ...], width: int) -> Span:
    """The first and last character of the hits to show: those with the most different words, then the most."""
    if not spans:
        return 0, 0
    seen = [words.folded(text[start:end]) for start, end in spans]
    best, chosen = (0, 0), (0, 0)
    last = 0
    for first, (start, _) in enumerate(spans):
        last = max(last, first)
        while last + 1 < len(spans) and spans[last + 1][1] - start <= width:
            last += 1
        worth = (len(set(seen[first : last + 1])), last - first + 1)
        if worth > best:
            best, chosen = worth, (start, spans[last][1])
    return chosen


_RAGGED = 9
"""Characters that may stay empty at the end of a passage for the sake of a whole word; a longer one is cut."""


def _cut(text: str, width: int, hits: Span) -> Span:
    """About `width` characters around the hits, from a word's begin to a word's end, or into a long word."""
    spare = max(0, width - (hits[1] - hits[0]))
    begin = max(0, min(hits[0] - int(spare * _LINE_OF_WORDS), len(text) - width))
    end = min(len(text), begin + width)
    spaces = [i for i in range(begin, end) if text[i].isspace()]
    if begin and not text[begin - 1].isspace():
        i = bisect_left(spaces, begin)
        if i < len(spaces) and spaces[i] < hits[0]:
            begin = spaces[i] + 1
            end = min(len(text), begin + width)
            spaces = [i for i in range(begin, end) if text[i].isspace()]
    if end < len(text) and not text[end].isspace() and spaces and spaces[-1] >= max(hits[1], begin + 1, end - _RAGGED):
        end = spaces[-1]
    return begin, end
