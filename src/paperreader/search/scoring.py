"""Groups of postings -> the best papers. Sums over arrays, no index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# BM25 (Robertson and Zaragoza 2009, section 3.2), idf as Lucene's (never negative). One setting for all collections: of
# k1 1.2 to 2.4, b .65 to .85 and titles counted two or three times, best or near it on four (search_quality.py).
_K1 = 2.2
_B = 0.8
# A question of few words names a paper that is known: papers that have all of them are favoured (first place .724 ->
# .732). A long one does not: there it costs up to .08 nDCG@10.
FEW = 4
_COVERAGE = 0.5

Papers = NDArray[np.int32]
"""Places of papers in the index, from 0."""
Counts = NDArray[np.float32]
Scores = NDArray[np.float32]
Hits = NDArray[np.int16]
"""How many words of the question each paper has."""
Mask = NDArray[np.bool_]


class Postings(NamedTuple):
    """The papers that have a word, ascending, and how often each has it."""

    papers: Papers
    counts: Counts


class Scored(NamedTuple):
    """The papers that have a word, ascending, and what it adds to the score of each."""

    papers: Papers
    gains: Counts


NONE = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


def norms(lengths: NDArray[np.float32], mean: float) -> NDArray[np.float32]:
    """The part of BM25's denominator that depends on a paper alone."""
    return (_K1 * (1 - _B + _B * lengths / np.float32(mean))).astype(np.float32)


def summed(parts: Sequence[tuple[Postings, float]], alive: Mask) -> Postings:
    """Several words as one: counts added up, each times its factor; removed papers left out."""
    parts = [(postings, factor) for postings, factor in parts if len(postings.papers)]
    if not parts:
        return NONE
    if len(parts) == 1:
        (papers, counts), factor = parts[0]
        counts = counts if factor == 1.0 else counts * np.float32(factor)
    else:
        papers, counts = _dense(parts, len(alive))
    kept = alive[papers]
    return Postings(papers, counts) if kept.all() else Postings(papers[kept], counts[kept])


def larger(one: Postings, other: Postings, size: int) -> Postings:
    """The papers of both, each with the larger of its counts; `size` is how many the index has, removed ones too."""
    if not len(other.papers):
        return one
    dense = np.zeros(size, np.float32)
    dense[one.papers] = one.counts
    dense[other.papers] = np.maximum(dense[other.papers], other.counts)
    return _from(dense)


def together(lists: Sequence[Postings]) -> Postings:
    """The papers that have all of several words, each with the least of its counts."""
    if not lists:
        return NONE
    papers = lists[0].papers
    for postings in lists[1:]:
        papers = np.intersect1d(papers, postings.papers, assume_unique=True)
    counts = [postings.counts[np.searchsorted(postings.papers, papers)] for postings in lists]
    return Postings(papers, np.minimum.reduce(counts))


def either(one: Scored, other: Scored, size: int) -> Scored:
    """The papers of both, each with the larger of its gains."""
    papers, gains = larger(Postings(*one), Postings(*other), size)
    return Scored(papers, gains)


def _dense(parts: Sequence[tuple[Postings, float]], size: int) -> Postings:
    # `np.union1d` would say the same; since NumPy 2.3 it hashes, which takes 50 ms where this takes 0.2.
    dense = np.zeros(size, np.float32)
    for postings, factor in parts:
        dense[postings.papers] += postings.counts if factor == 1.0 else postings.counts * np.float32(factor)
    return _from(dense)


def _from(dense: Counts) -> Postings:
    papers = np.flatnonzero(dense > 0).astype(np.int32)
    return Postings(papers, dense[papers])


def gains(group: Postings, papers: int, norm: NDArray[np.float32]) -> Counts:
    """What the group adds to the score of each of its papers; `papers` is how many the index has."""
    frequency = len(group.papers)
    idf = np.float32(np.log(1 + (papers - frequency + 0.5) / (frequency + 0.5)))
    return (idf * np.float32(_K1 + 1) * group.counts / (group.counts + norm[group.papers])).astype(np.float32)


def covered(scores: Scores, hits: Hits, asked: int) -> Scores:
    """The scores, less where a paper lacks words of a question of few."""
    if not 1 < asked <= FEW:
        return scores
    shares = (np.arange(asked + 1, dtype=np.float32) / np.float32(asked)) ** np.float32(_COVERAGE)
    return scores * shares[hits]


def best(candidates: Papers, scores: Scores, rids: NDArray[np.int64], limit: int) -> Papers:
    """The best of the candidates, best first; of equal ones the higher rid first, however the papers lie."""
    if limit <= 0 or not len(candidates):
        return candidates[:0]
    values = scores[candidates]
    if len(candidates) > limit:
        least = np.partition(values, len(values) - limit)[len(values) - limit]
        kept = values >= least
        candidates, values = candidates[kept], values[kept]
    order = np.lexsort((-rids[candidates], -values))[:limit]
    return candidates[order]
