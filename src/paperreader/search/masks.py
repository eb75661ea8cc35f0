"""Which papers may answer a question: a tree of masks over all papers of an open index."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from paperreader.search.groups import Groups
from paperreader.search.postings import Opened
from paperreader.search.question import (
    BEGUN,
    Bag,
    Either,
    Every,
    Filter,
    Item,
    Node,
    Phrase,
    Word,
    enough,
    required,
    telling,
    unsure,
)
from paperreader.search.rows import Rows
from paperreader.search.scoring import Mask


class Masks:
    """The masks of one question, each worked out once."""

    def __init__(self, opened: Opened, groups: Groups, rows: Rows, pause: Callable[[], None]) -> None:
        """`pause` is called before what may take a while, and may raise."""
        self._opened = opened
        self._groups = groups
        self._rows = rows
        self._pause = pause
        self._known: dict[Word | Filter, Mask] = {}

    def among(self, rids: Sequence[int] | None) -> Mask:
        """The papers that are there and have one of these rows; None: any."""
        if rids is None:
            return self._opened.alive
        if not isinstance(rids, array):  # a list may be another one by the next question
            return self._opened.alive & self._places(rids)
        known = self._opened.among
        if known is None or known[0] is not rids or known[1] != len(rids):
            known = self._opened.among = rids, len(rids), self._opened.alive & self._places(rids)
        return known[2]

    def of(self, node: Node, *, possible: bool) -> Mask:
        """The papers that may answer this (`possible`), or those that do for certain."""
        match node:
            case Filter():
                return self.of_filter(node)
            case Word():
                return self.of_word(node) if possible or not unsure(node) else self._nothing()
            case Phrase():
                found = [self.of_word(word) for word in telling(node)] if possible else [self._nothing()]
                return _all(found, len(self._opened.rids))
            case Every(parts):
                return _all([self.of(part, possible=possible) for part in parts], len(self._opened.rids))
            case Either(parts):
                return _any([self.of(part, possible=possible) for part in parts], len(self._opened.rids))
            case Bag(items):
                return self._of_bag(items, possible=possible)

    def _of_bag(self, items: tuple[Item, ...], *, possible: bool) -> Mask:
        size = len(self._opened.rids)
        masks = [self.of(item.node, possible=possible) for item in required(items)]
        if plain := enough(items):
            masks.append(_any([self.of(item.node, possible=possible) for item in plain], size))
        mask = _all(masks, size)
        for item in items:
            if item.excluded:
                mask &= ~self.of(item.node, possible=not possible)
        return mask

    def beside_words(self, root: Node) -> Mask:
        """The papers that meet the conditions of a question of plain words, whether they have any of them or not."""
        if isinstance(root, Filter):
            return self.of_filter(root)
        conditions = [item for item in root.items if isinstance(item.node, Filter)] if isinstance(root, Bag) else []
        masks = [self.of(item.node, possible=True) for item in conditions]
        return _all(
            [~mask if item.excluded else mask for item, mask in zip(conditions, masks, strict=True)],
            len(self._opened.rids),
        )

    def of_word(self, word: Word) -> Mask:
        """The papers that have the word."""
        mask = self._known.get(word)
        if mask is None:
            mask = self._nothing()
            mask[self._groups.of(word).papers] = True
            self._known[word] = mask
        return mask

    def of_filter(self, condition: Filter) -> Mask:
        """The papers that meet the condition."""
        mask = self._known.get(condition)
        if mask is None:
            self._pause()
            others = tuple(value for value in condition.values if value != "unread")
            if condition.name == "is" and len(others) < len(condition.values):
                # Nearly everything is unread: what is not is told in a hundredth of the time.
                mask = ~self.of_filter(Filter("is", (BEGUN,)))
                mask = mask | self.of_filter(Filter("is", others)) if others else mask
            else:
                mask = self._places(self._rows.conditions(condition))
            self._known[condition] = mask
        return mask

    def _places(self, rids: Sequence[int]) -> Mask:
        """Which papers of the index have one of these rows."""
        return np.isin(self._opened.rids, rows_of(rids))

    def _nothing(self) -> Mask:
        return np.zeros(len(self._opened.rids), np.bool_)


def rows_of(rids: Sequence[int]) -> NDArray[np.int64]:
    """Rows as an array, without copying where they are one."""
    if isinstance(rids, array) and rids.typecode == "q":
        return np.frombuffer(rids, np.int64)
    return np.array(rids, np.int64)


def _all(masks: list[Mask], size: int) -> Mask:
    found = np.ones(size, np.bool_)
    for mask in masks:
        found &= mask
    return found


def _any(masks: list[Mask], size: int) -> Mask:
    found = np.zeros(size, np.bool_)
    for mask in masks:
        found |= mask
    return found
