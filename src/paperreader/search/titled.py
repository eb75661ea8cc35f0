"""Papers whose title has what was typed, word for word: whoever types the first words of a title means that paper.

The commonest words count here (`attention is all you`), and so does the order. Only for questions of a few plain
words: a sentence is no title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from paperreader.search import words
from paperreader.search.groups import Groups
from paperreader.search.postings import Opened
from paperreader.search.question import Where, Word
from paperreader.search.rows import Titles
from paperreader.search.scoring import Scores
from paperreader.search.stems import stem

FEWEST, MOST = 2, 8
# What a title is worth that has all of the words, has them in a row, begins with them, is them (known items: see
# benchmarks/search_typos.py).
_ALL = 1.0
_ROW = 2.0
_BEGIN = 4.0
_WHOLE = 5.0
_STEMS = 0.9
# `graph attention network` means "Graph Attention Networks", and that before "Graph Attention Network for Scenes".
# Titles that are read.
_READ = 100


_stem = lru_cache(1 << 14)(stem)
"""A hundred titles' words: 10 ms of a keystroke otherwise."""


def raised(opened: Opened, groups: Groups, titles: Titles, heard: Sequence[Word], scores: Scores) -> Scores:
    """The scores, raised for papers whose title has all words that were heard; those of the others are as before."""
    have = opened.alive & (scores > 0)
    for word in heard:
        found = np.zeros(len(have), np.bool_)
        found[groups.of(replace(word, where=Where.TITLE)).papers] = True
        have &= found
    papers = np.flatnonzero(have)
    if not len(papers):
        return scores
    scores = scores.copy()
    scores[papers] *= np.float32(_ALL)
    best = papers if len(papers) <= _READ else papers[np.argpartition(scores[papers], -_READ)[-_READ:]]
    rids = opened.rids[best].tolist()
    known = titles(rids)
    row = [word.text for word in heard]
    for paper, rid in zip(best.tolist(), rids, strict=True):
        scores[paper] *= np.float32(_worth(row, heard[-1].unfinished, known.get(rid, "")))
    return scores


def _worth(row: list[str], unfinished: bool, title: str) -> float:
    """What the score is multiplied by, where the words stand in the title in a row; by their stems, a little less."""
    found = [piece.word for piece in words.sequence(title)]
    place, share = _place(row, unfinished, found), 1.0
    if place is None:
        place, share = _place([_stem(word) for word in row], False, [_stem(word) for word in found]), _STEMS
    if place is None:
        return 1.0
    return share * (_ROW if place else _WHOLE if len(row) == len(found) else _BEGIN)


def _place(row: list[str], unfinished: bool, found: list[str]) -> int | None:
    """Where in the title the words stand in a row."""
    *firm, last = row
    for start in range(len(found) - len(firm)):
        end = found[start + len(firm)]
        if found[start : start + len(firm)] == firm and (end == last or (unfinished and end.startswith(last))):
            return start
    return None
