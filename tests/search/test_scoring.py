"""Sums over arrays."""

from __future__ import annotations

import math

import numpy as np
import pytest

from paperreader.search import scoring
from paperreader.search.scoring import NONE, Postings


def postings(counts: dict[int, float]) -> Postings:
    return Postings(np.array(list(counts), np.int32), np.array(list(counts.values()), np.float32))


def told(found: Postings) -> dict[int, float]:
    return dict(zip(found.papers.tolist(), found.counts.tolist(), strict=True))


ALIVE = np.array([True] * 5 + [False])


def test_words_of_a_group_are_summed_and_removed_papers_left_out() -> None:
    parts = [(postings({0: 1, 2: 3, 5: 9}), 1.0), (postings({2: 1, 4: 2}), 0.5)]
    assert told(scoring.summed(parts, ALIVE)) == {0: 1.0, 2: 3.5, 4: 1.0}
    assert told(scoring.summed([(postings({1: 2, 5: 1}), 0.5)], ALIVE)) == {1: 1.0}
    assert told(scoring.summed([(NONE, 1.0)], ALIVE)) == {}


def test_of_two_ways_to_write_a_word_the_more_frequent_counts() -> None:
    assert told(scoring.larger(postings({0: 1, 2: 3}), postings({2: 2, 3: 1}), 6)) == {0: 1.0, 2: 3.0, 3: 1.0}


def test_a_gain_is_bm25() -> None:
    norm = scoring.norms(np.array([10, 30], np.float32), 20)
    gain = scoring.gains(postings({0: 2}), 2, norm)
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    assert gain.tolist() == pytest.approx([idf * 3.2 * 2 / (2 + 2.2 * (0.2 + 0.8 * 10 / 20))])


def test_coverage_counts_in_short_questions_only() -> None:
    scores, hits = np.array([8, 8], np.float32), np.array([1, 4], np.int16)
    assert scoring.covered(scores, hits, 4).tolist() == [4.0, 8.0]
    assert scoring.covered(scores, hits, 5).tolist() == [8.0, 8.0]
    assert scoring.covered(scores, hits, 1).tolist() == [8.0, 8.0]


def test_equal_papers_are_told_apart_by_their_row() -> None:
    rids = np.array([5, 9, 7, 1])
    scores = np.array([1, 1, 1, 2], np.float32)
    every = np.arange(4, dtype=np.int32)
    assert [rids[p] for p in scoring.best(every, scores, rids, 3)] == [1, 9, 7]
    assert [rids[p] for p in scoring.best(every[:3], scores, rids, 9)] == [9, 7, 5]
    assert scoring.best(every, scores, rids, 0).tolist() == []
