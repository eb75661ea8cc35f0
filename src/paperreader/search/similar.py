"""Papers that are like others: by the words that weigh most in these, count times idf, summed over all of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from paperreader.search import fields, scoring, words
from paperreader.search.document import Text
from paperreader.search.groups import Groups
from paperreader.search.highlighting import Marker, Marks
from paperreader.search.postings import Opened
from paperreader.search.question import Where, Word
from paperreader.search.scoring import Mask, Papers
from paperreader.search.stems import stem

TERMS = 20
"""As many as a paper is told by: 22 ms; twelve find nearly the same papers in half the time."""
# Titles say it shortest.
_TITLE_COUNTS = 3
# A word of one paper finds that paper only; one of every fifth says nothing (of many papers, one of every twentieth).
_LEAST = 2
_MOST_SHARE = 0.2
_MOST_SHARE_OF_MANY = 0.05
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Term:
    """A word by which similar papers are sought."""

    word: str
    """As the papers spell it most often, folded."""
    weight: float
    """From 1, the weightiest, down; as the person sets it where they do."""


def terms(opened: Opened, groups: Groups, texts: Sequence[Text], unlike: Sequence[Text], most: int) -> list[Term]:
    """The weightiest terms of some papers, those of the papers they shall be unlike taken off; weightiest first."""
    wanted, unwanted = _weights(opened, groups, texts), _weights(opened, groups, unlike)
    for root, (_, weight) in unwanted.items():
        if root in wanted:
            wanted[root] = (wanted[root][0], wanted[root][1] - weight)
    best = sorted(wanted.values(), key=lambda term: (-term[1], term[0]))[:most]
    top = best[0][1] if best else 0.0
    return [Term(word, round(weight / top, 3)) for word, weight in best if weight > 0]


def nearest(opened: Opened, groups: Groups, chosen: Sequence[Term], allowed: Mask, limit: int) -> Papers:
    """The papers that have most of the terms, best first."""
    scores = np.zeros(len(opened.rids), np.float32)
    for term in chosen:
        if term.weight > 0:
            group = groups.of(Word(term.word))
            scores[group.papers] += group.gains * np.float32(term.weight)
    return scoring.best(np.flatnonzero(allowed & (scores > 0)).astype(np.int32), scores, opened.rids, limit)


def weighted(found: Sequence[Term], without: Collection[str], weights: Mapping[str, float]) -> list[Term]:
    """The terms as the person wants them: struck out, weighted otherwise, added; stems are one word."""
    struck = {stem(word) for text in without for word in words.asked(text)}
    given = {stem(word): (word, weight) for text, weight in weights.items() for word in words.asked(text)}
    kept = [term for term in found if stem(term.word) not in struck]
    kept = [Term(t.word, given[stem(t.word)][1]) if stem(t.word) in given else t for t in kept]
    known = {stem(term.word) for term in kept} | struck
    return kept + [Term(word, weight) for root, (word, weight) in given.items() if root not in known]


def marker(groups: Groups, chosen: Sequence[Term]) -> Marker:
    """Marks the terms in what was found."""
    forms = frozenset(form for term in chosen if term.weight > 0 for form in groups.of(Word(term.word)).forms)
    return Marker((Marks(Where.ANYWHERE, forms),)) if forms else Marker()


def _weights(opened: Opened, groups: Groups, texts: Sequence[Text]) -> dict[str, tuple[str, float]]:
    """For each stem the commonest of its words and what it weighs in these papers, each paper counting alike."""
    weights: dict[str, float] = {}
    spelt: dict[str, Counter[str]] = {}
    for text in texts:
        bag = Counter(words.terms(text.title) * _TITLE_COUNTS + words.terms(text.text))
        counts: Counter[str] = Counter()
        for word, count in bag.items():
            if word not in words.UNASKED and len(word) > 1 and not word.replace(".", "").isdigit():
                counts[stem(word)] += count
                spelt.setdefault(stem(word), Counter())[word] += count
        for root, count in counts.items():
            weights[root] = weights.get(root, 0.0) + count / (count + 1.6)
    found: dict[str, tuple[str, float]] = {}
    most = opened.papers * (_MOST_SHARE_OF_MANY if opened.papers > _MANY else _MOST_SHARE)
    for root, weight in weights.items():
        word = min(spelt[root].items(), key=lambda entry: (-entry[1], entry[0]))[0]
        frequency = groups.frequency(word, fields.ALL)
        if _LEAST <= frequency <= max(_LEAST, most):
            found[root] = (word, weight * math.log(1 + opened.papers / frequency))
    return found
