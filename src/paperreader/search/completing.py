"""The words that the last word of a question may become, likeliest first.

A word that stands in papers together with the question's other words is likelier than a frequent one that does not;
in titles more than in texts.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np

from paperreader.search import fields
from paperreader.search.groups import Groups
from paperreader.search.postings import Opened
from paperreader.search.question import Phrase, Question, Where, Word, leaves_of, nodes
from paperreader.search.scoring import Mask

_TRIED = 40
_FREQUENT = 30
_COMMONER = 20
"""In so many papers, and in so many times as many as the whole, each part stands: `understanding` is a word."""
_PART = 3
_TELLING = 1000
"""A word in so many papers says little of what comes next; the others' lists are short."""


def completions(opened: Opened, groups: Groups, question: Question, most: int) -> list[str]:
    """Words (folded, whole) that begin as the unfinished last word of the question does. Raises IndexDamaged."""
    last = _last(question)
    if last is None or (len(last.text) < 2 and last.text.isascii()):
        return []
    field = fields.AUTHOR if last.where is Where.AUTHOR else fields.TITLE
    found = dict.fromkeys(groups.ahead(last.text, field, _TRIED))
    if field == fields.TITLE and len(last.text) > 2:
        found |= dict.fromkeys(groups.ahead(last.text, fields.ALL, _TRIED))
    found.pop(last.text, None)
    beside = _beside(opened, groups, question)
    order = list(found)
    if beside is not None:
        together = {word: int(beside[groups.list_of(field, word).papers].sum()) for word in order}
        order.sort(key=lambda word: -together[word])
    return list(islice((word for word in order if not _is_glued(groups, word, len(last.text))), most))


def _is_glued(groups: Groups, word: str, typed: int) -> bool:
    """Whether it is a word of two far commoner ones, the first of them typed: it was hyphenated where it stands.

    Such a word is found by its parts; to complete "learning" by "learningbased" helps nobody.
    """
    least = max(_FREQUENT, _COMMONER * groups.count_of(fields.ALL, word))
    cuts = range(max(typed, _PART), len(word) - _PART + 1)
    return any(min(groups.count_of(fields.ALL, part) for part in (word[:at], word[at:])) >= least for at in cuts)


def _last(question: Question) -> Word | None:
    """The word that is being typed, where the question ends with one."""
    if question.root is None:
        return None
    unfinished = [leaf for leaf in nodes(question.root) if leaf.unfinished]
    if not unfinished:
        return None
    leaf = unfinished[-1]
    if isinstance(leaf, Phrase):
        return Word(leaf.words[-1], leaf.where, unfinished=True)
    return leaf


def _beside(opened: Opened, groups: Groups, question: Question) -> Mask | None:
    """The papers that have all the other words, or where none has, most of them; None where there are no others."""
    assert question.root is not None
    others = {replace(w, before="", after="", after_unfinished=False, also=()) for w in leaves_of(question.root)}
    others |= {word for word in question.heard if len(groups.of(replace(word, where=Where.TITLE)).papers) <= _TELLING}
    hits = np.zeros(len(opened.rids), np.int16)
    counted = 0
    for word in others:
        if not word.unfinished:
            hits[groups.of(word).papers] += 1
            counted += 1
    hits[~opened.alive] = 0
    return hits >= max(1, int(hits.max())) if counted else None
