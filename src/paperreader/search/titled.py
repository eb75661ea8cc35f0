"""Papers whose title has what was typed, word for word: whoever types the first words of a title means that paper.

The commonest words count here (`attention is all you`), and so does the order. Only for questions of a few plain
words: a sentence is no title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from paperreader.search import words
from paperreader.search.groups import Groups
from paperreader.search.postings import Opened
from paperreader.search.question import Where, Word
from paperreader.search.rows import Titles
from paperreader.search.scoring import Scores

FEWEST, MOST = 2, 8
# What a title is worth that has all of the words, has them in a row, begins with them (known items: see
# benchmarks/search_typos.py).
_ALL = 1.0
_ROW = 2.0
_BEGIN = 4.0
# Titles that are read.
_READ = 100


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
        place = _place(row, heard[-1].unfinished, known.get(rid, ""))
        if place is not None:
            scores[paper] *= np.float32(_ROW if place else _BEGIN)
    return scores


def _place(row: list[str], unfinished: bool, title: str) -> int | None:
    """Where in the title the words stand in a row."""
    found = [piece.word for piece in words.sequence(title)]
    *firm, last = row
    for start in range(len(found) - len(firm)):
        end = found[start + len(firm)]
        if found[start : start + len(firm)] == firm and (end == last or (unfinished and end.startswith(last))):
            return start
    return None
