"""A question's word -> the group of index words that it means, and the papers that have any of them.

A group is every form with the word's stem; while the word is being typed, also the most frequent words that begin
with it; and what is written as one (`bootstap`) or as two (`boots tap`). It counts as one word: counts are summed, the
frequency is of the union. Groups and lists are kept between questions, so a keystroke decodes only what is new.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from paperreader.search import fields, lexicon, scoring
from paperreader.search.phrases import has_phrase
from paperreader.search.postings import Opened, guarded
from paperreader.search.question import Where, Word
from paperreader.search.rows import Texts
from paperreader.search.scoring import NONE, Counts, Papers, Postings, Scored
from paperreader.search.words import unspaced

K = TypeVar("K")
V = TypeVar("V")

# Words that the last one may still become: the most frequent of the index, a little less worth than the word itself.
_BEGINNINGS = 50
_BEGINNING_FACTOR = 0.8
# What the long form of an abbreviation is worth to the short one, and a meaning less than what was typed.
_LONG_FACTOR = np.float32(0.5)
# Words that `word*` stands for, at most.
_STARRED = 200
# A word as rare as this may be two written as one; looked for in as many texts at most, from parts of as many letters.
_RARE = 20
_APART_TEXTS = 100
_APART_PART = 3
_APART_LONGEST = 24
# Memory for groups and for decoded lists, in postings of 8 bytes: 16 and 24 MB.
_KEPT_GROUPS = 2_000_000
_KEPT_LISTS = 3_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """What a word of a question means in this index."""

    papers: Papers
    gains: Counts
    """What it adds to each paper's score."""
    forms: frozenset[str]
    """The words to mark."""
    beginning: str = ""
    """Words that begin so are marked too."""
    in_row: tuple[tuple[str, ...], ...] = ()
    """Words that together are this one, where they stand in a row: its parts, its long form."""
    joined: bool = False
    """Whether the index has the word written as one with a neighbour."""


class Groups:
    """The groups of one open index, worked out when they are asked for and kept."""

    def __init__(self, opened: Opened, texts: Texts) -> None:
        self._opened = opened
        self._texts = texts
        self._folder = opened.generation.parent
        self._norm = scoring.norms(opened.lengths, opened.mean_length)
        self._groups: _Kept[Word, Group] = _Kept(_KEPT_GROUPS)
        self._lists: _Kept[tuple[str, str], Postings] = _Kept(_KEPT_LISTS)

    def of(self, word: Word) -> Group:
        """The group of a word. Raises IndexDamaged."""
        group = self._groups.get(word)
        if group is None:
            group = self._made(word)
            self._groups.keep(word, group, len(group.papers))
        return group

    def _made(self, word: Word) -> Group:
        field, short = _field_of(word)
        forms = self._forms(word.text, field, exact=short or field == fields.AUTHOR)
        parts = [(self.list_of(field, form), 1.0) for form in forms]
        ahead: list[str] = []
        if word.beginning or word.unfinished:
            where = fields.TITLE if field == fields.ALL and _titles_only(word) else field
            ahead = self.ahead(word.text, where, _STARRED if word.beginning else _BEGINNINGS)
            factor = 1.0 if word.beginning else _BEGINNING_FACTOR
            parts += [(self.list_of(where, form), factor) for form in ahead if form not in forms]
        found = scoring.summed(parts, self._opened.alive)
        as_one = self._as_one(word) if word.where is Where.ANYWHERE else []
        if as_one:
            ones = scoring.summed([(self.list_of(fields.ALL, form), 1.0) for form in as_one], self._opened.alive)
            found = scoring.larger(found, ones, len(self._opened.alive))
        apart: list[tuple[str, str]] = []
        if field == fields.ALL and word.where is Where.ANYWHERE and len(found.papers) <= _RARE:
            apart, papers = self._apart(word.text)
            ones = Postings(papers, np.ones(len(papers), np.float32))
            found = scoring.larger(found, ones, len(self._opened.alive))
        marked = frozenset([word.text, *forms, *as_one])
        scored = Scored(found.papers, scoring.gains(found, self._opened.papers, self._norm))
        for long in word.also:
            scored = scoring.either(scored, self._meant(long), len(self._opened.alive))
        in_row = (*apart, *word.also)
        return Group(scored.papers, scored.gains, marked, word.text if ahead else "", in_row, bool(as_one))

    def _meant(self, long: tuple[str, ...]) -> Scored:
        """Papers that have all words of a long form, worth less than the short form itself."""
        lists = []
        for text in dict.fromkeys(long):
            forms = [(self.list_of(fields.ALL, form), 1.0) for form in self._forms(text, fields.ALL, exact=False)]
            if forms:
                lists.append(scoring.summed(forms, self._opened.alive))
        together = scoring.together(lists)
        return Scored(together.papers, scoring.gains(together, self._opened.papers, self._norm) * _LONG_FACTOR)

    def meanings(self, short: str) -> tuple[tuple[str, ...], ...]:
        """What a word is short for, as the library's papers introduce it."""
        return self._opened.abbreviations.of(short, len(self.list_of(fields.ALL, short).papers))

    def _forms(self, text: str, field: str, *, exact: bool) -> set[str]:
        """The words of the field that are this one."""
        forms: set[str] = set()
        for segment in self._opened.segments:
            words = segment.lexicon
            number = words.find(text)
            numbers = ([] if number is None else [number]) if exact else words.forms(text)
            forms.update(words.word(n) for n in numbers if words.frequency(field, n))
        return forms

    def frequency(self, word: str, field: str) -> int:
        """In how many papers the word or another with its stem stands, roughly: forms and removed ones add up."""
        return sum(
            segment.lexicon.frequency(field, number)
            for segment in self._opened.segments
            for number in segment.lexicon.forms(word)
        )

    def count_of(self, field: str, form: str) -> int:
        """In how many papers this very word stands, roughly (removed ones count): its list is not read."""
        found = ((segment.lexicon, segment.lexicon.find(form)) for segment in self._opened.segments)
        return sum(words.frequency(field, number) for words, number in found if number is not None)

    def ahead(self, start: str, field: str, most: int) -> list[str]:
        """The most frequent words of the field that begin so."""
        counts: dict[str, int] = {}
        for segment in self._opened.segments:
            words = segment.lexicon
            for frequency, number in words.beginning(start, field, most):
                form = words.word(number)
                counts[form] = counts.get(form, 0) + frequency
        return lexicon.most_frequent(counts, most)

    def _as_one(self, word: Word) -> list[str]:
        """What is written as one with the word before or after: `boots tap` as `bootstap`."""
        candidates: set[str] = set()
        if word.before:
            joined = word.before + word.text
            candidates |= self._forms(joined, fields.ALL, exact=True)
            if word.unfinished and len(word.text) > 1:
                candidates.update(self.ahead(joined, fields.ALL, _BEGINNINGS // 10))
        if word.after:
            joined = word.text + word.after
            candidates |= self._forms(joined, fields.ALL, exact=True)
            if word.after_unfinished and len(word.after) > 1:
                candidates.update(self.ahead(joined, fields.ALL, _BEGINNINGS // 10))
        return sorted(candidates)

    def _apart(self, text: str) -> tuple[list[tuple[str, str]], Papers]:
        """Pairs of words that together are this one, and the papers where they stand in a row."""
        found: list[tuple[str, str]] = []
        papers: set[int] = set()
        if not (text.isascii() and text.isalpha() and len(text) <= _APART_LONGEST):
            return found, NONE.papers
        for cut in range(_APART_PART, len(text) - _APART_PART + 1):
            pair = text[:cut], text[cut:]
            both = self._with_both(*pair)
            in_row = self._in_row(both, pair) if 0 < len(both) <= _APART_TEXTS else []
            if in_row:
                found.append(pair)
                papers.update(in_row)
        return found, np.array(sorted(papers), np.int32)

    def _with_both(self, one: str, other: str) -> Papers:
        if not self._forms(one, fields.ALL, exact=True) or not self._forms(other, fields.ALL, exact=True):
            return NONE.papers
        both = np.intersect1d(self.list_of(fields.ALL, one).papers, self.list_of(fields.ALL, other).papers, True)
        return both[self._opened.alive[both]]

    def _in_row(self, papers: Papers, pair: tuple[str, str]) -> list[int]:
        rids = self._opened.rids[papers].tolist()
        texts = self._texts(rids)
        return [
            int(paper)
            for paper, rid in zip(papers, rids, strict=True)
            if rid in texts and any(has_phrase(pair, False, part) for part in (texts[rid].title, texts[rid].text))
        ]

    def list_of(self, field: str, form: str) -> Postings:
        """The papers of all segments that have exactly this word."""
        key = (field, form)
        found = self._lists.get(key)
        if found is None:
            parts = guarded(self._folder, self._decoded, field, form)
            if len(parts) == 1:
                found = parts[0]
            elif parts:
                papers, counts = zip(*parts, strict=True)
                found = Postings(np.concatenate(papers), np.concatenate(counts))
            else:
                found = NONE
            self._lists.keep(key, found, len(found.papers))
        return found

    def _decoded(self, field: str, form: str) -> list[Postings]:
        parts: list[Postings] = []
        for segment in self._opened.segments:
            number = segment.lexicon.find(form)
            if number is not None and segment.lexicon.frequency(field, number):
                parts.append(segment.postings(field, form))
        return parts


class _Kept(Generic[K, V]):
    """The values that were used last, as many as fit."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        kept = self._values.get(key)
        if kept is None:
            return None
        self._values.move_to_end(key)
        return kept[0]

    def keep(self, key: K, value: V, postings: int) -> None:
        # Empty ones take room as well: some hundred bytes.
        size = postings + 50
        self._values[key] = value, size
        self._size += size
        while self._size > self._most and len(self._values) > 1:
            _, (_, freed) = self._values.popitem(last=False)
            self._size -= freed


def _field_of(word: Word) -> tuple[str, bool]:
    """The bag that a word is sought in, and whether it is one letter or digit, which only titles and names have."""
    short = len(word.text) == 1 and word.text.isascii()
    match word.where:
        case Where.AUTHOR:
            return fields.AUTHOR, short
        case Where.TITLE:
            return fields.TITLE, short
        case _:
            return fields.TITLE if short else fields.ALL, short


def _titles_only(word: Word) -> bool:
    """Whether so many words begin so that only those of titles are meant."""
    return len(word.text) <= 2 and not unspaced(word.text)
