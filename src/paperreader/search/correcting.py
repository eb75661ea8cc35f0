"""A misspelt question -> the one that is meant, staged so that a right one is never spoilt.

Only where no paper has all words is anything changed; then a word of four letters and more that stands in at most
three papers gives way to a near one that stands in at least twenty times as many. Of several near ones, one that
papers have together with the question's other words is taken before one that they have not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from paperreader.search import fields
from paperreader.search.groups import Groups
from paperreader.search.postings import Opened
from paperreader.search.question import Bag, Either, Every, Filter, Node, Phrase, Question, Where, Word, nodes, telling
from paperreader.search.spelling import Near, Speller

_SHORTEST = 4
_RARE = 3
_TIMES = 20
# Hardly any paper has all words of a longer question, right as they may be, and its other words find it.
_FEW = 7
# Of the likeliest, as many are tried with the other words.
_TRIED = 6

Correction = tuple[str, str]
"""What was typed, and what is shown instead."""


class Corrector:
    """Corrects questions to one open index; the dictionaries are made when they are first needed."""

    def __init__(self, opened: Opened, groups: Groups) -> None:
        self._opened = opened
        self._groups = groups
        self._spellers: dict[str, Speller] = {}

    def corrected(self, question: Question) -> tuple[Question, tuple[Correction, ...]]:
        """The question with its misspelt words exchanged, and which those are. Raises IndexDamaged."""
        root = question.root
        if root is None:
            return question, ()
        words = [word for word in dict.fromkeys(_words(root)) if word.text not in question.meant]
        if len(words) > _FEW:
            return question, ()
        near = {word: self._near(word) for word in words}
        others = [word for word in words if not near[word]]
        changes: dict[Word, str] = {}
        for word in words:
            if near[word]:
                changes[word] = self._meant(near[word], word, others)
        if not changes:
            return question, ()
        meant = {(word.where, word.text): right for word, right in changes.items()}
        heard = tuple(replace(word, text=meant.get((word.where, word.text), word.text)) for word in question.heard)
        corrected = replace(question, root=_exchanged(root, meant), heard=heard)
        return corrected, tuple(dict.fromkeys((word.text, right) for word, right in changes.items()))

    def _near(self, word: Word) -> list[Near]:
        if len(word.text) < _SHORTEST or word.beginning:
            return []
        group = self._groups.of(word)
        if len(group.papers) > _RARE or group.joined or group.in_row:
            return []
        field = fields.AUTHOR if word.where is Where.AUTHOR else fields.ALL
        if field not in self._spellers:
            self._spellers[field] = Speller(self._opened, field)
        return self._spellers[field].near(word.text, least=max(1, _TIMES * len(group.papers)), most=_TRIED)

    def _meant(self, near: list[Near], word: Word, others: list[Word]) -> str:
        """The likeliest that stands in papers with all the other words, or with most of them."""
        beside = np.zeros(len(self._opened.rids), np.int16)
        for other in others:
            beside[self._groups.of(other).papers] += 1
        beside[~self._opened.alive] = 0

        def together(one: Near) -> tuple[int, float]:
            papers = self._groups.of(replace(word, text=one.word, unfinished=False)).papers
            return (int(beside[papers].max()) if len(papers) else -1, one.likely)

        return max(near, key=together).word


def _words(root: Node) -> Iterator[Word]:
    for leaf in nodes(root):
        if isinstance(leaf, Word):
            yield replace(leaf, before="", after="", after_unfinished=False)
        else:
            yield from telling(leaf)


def _exchanged(node: Node, meant: Mapping[tuple[Where, str], str]) -> Node:
    match node:
        case Filter():
            return node
        case Word():
            new = meant.get((node.where, node.text))
            return node if new is None else replace(node, text=new, unfinished=False)
        case Phrase():
            return replace(node, words=tuple(meant.get((node.where, word), word) for word in node.words))
        case Every(parts):
            return Every(tuple(_exchanged(part, meant) for part in parts))
        case Either(parts):
            return Either(tuple(_exchanged(part, meant) for part in parts))
        case Bag(items):
            return Bag(tuple(replace(i, node=i.node if i.excluded else _exchanged(i.node, meant)) for i in items))
