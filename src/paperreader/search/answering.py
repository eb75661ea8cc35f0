"""A question, understood, asked of an open index: which papers, in which order, and what to mark in them.

Which papers may answer is a tree of masks over all papers; their order is the sum of what the question's words add.
Phrases and words of `abstract:` are only possible by their words: they are verified in the papers' own text, best
papers first, until the page is full.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from paperreader.search import meaning, scoring, titled
from paperreader.search.document import Text
from paperreader.search.groups import Group, Groups
from paperreader.search.highlighting import Marker, Marks
from paperreader.search.masks import Masks, rows_of
from paperreader.search.meaning import Cosines
from paperreader.search.phrases import holds
from paperreader.search.postings import Opened
from paperreader.search.question import (
    Bag,
    Either,
    Every,
    Filter,
    Item,
    Node,
    Phrase,
    Question,
    Where,
    Word,
    enough,
    leaves_of,
    nodes,
    required,
    unsure,
)
from paperreader.search.rows import Rows
from paperreader.search.scoring import Mask, Papers

# Texts read to verify one question: with SQLite behind, some 60 ms.
_MOST_VERIFIED = 2000
_CHUNK = 100


class Stopped(Exception):
    """Nobody waits for this answer any more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What `finding.Found` says, without the question."""

    ids: array[int]
    total: int
    complete: int
    marker: Marker
    exact: bool = True
    verified: int = 0
    every: array[int] = field(default_factory=lambda: array("q"))
    whole: array[int] = field(default_factory=lambda: array("q"))
    lacking: bool = False
    """Whether no paper of the whole index has all the words."""


@dataclass(slots=True)
class _Verified:
    """How far the verifying of papers has come."""

    kept: list[int] = field(default_factory=list)
    """Those that answer."""
    passed: int = 0
    """How many were looked at."""
    read: int = 0
    """How many texts that took."""


class Asking:
    """One question in the course of being answered."""

    def __init__(self, opened: Opened, groups: Groups, rows: Rows, stop: Callable[[], bool]) -> None:
        self.opened = opened
        self.groups = groups
        self._rows = rows
        self._stop = stop
        self._masks = Masks(opened, groups, rows, self._pause)

    def answer(
        self, question: Question, among: Sequence[int] | None, limit: int, cosines: Cosines | None = None
    ) -> Answer:
        """The best papers among those given. Raises Stopped and IndexDamaged.

        `cosines` say how near each paper's meaning is to that of a question of plain words (`Question.heard`): then
        papers answer by it too, whether they have the words or not.
        """
        allowed = self._masks.among(among)
        scores = np.zeros(len(self.opened.rids), np.float32)
        root = question.root
        if root is None:
            return self._everything(allowed, scores, limit)
        leaves = list(leaves_of(root))
        for word in leaves:
            self._pause()
            self.groups.of(word)
        hits, asked = self._score(leaves, scores)
        self._pause()
        answers = self._masks.of(root, possible=True) & allowed
        scores = scoring.covered(scores, hits, asked)
        if cosines is not None and question.heard:
            allowed = allowed & self._masks.beside_words(root)
            scores = meaning.fused(scores, cosines, allowed)
            answers[meaning.alone(cosines, allowed)] = True
        if titled.FEWEST <= len(question.heard) <= titled.MOST:
            scores = titled.raised(self.opened, self.groups, self._rows.titles, question.heard, scores)
        candidates = np.flatnonzero(answers).astype(np.int32)
        whole = hits >= asked
        lacking = bool(leaves) and not bool((whole & self.opened.alive).any())
        given = None if any(word.where is not Where.AUTHOR for word in leaves) else among
        if any(unsure(leaf) for leaf in nodes(root, excluded=True)):
            ordered = self._ordered(candidates, scores, given, max(limit, _MOST_VERIFIED))
            return self._verifying(root, ordered, candidates, whole, limit, lacking=lacking)
        ids = self._ids(self._ordered(candidates, scores, given, limit))
        every, complete = self._ids(candidates), self._ids(candidates[whole[candidates]])
        marker = self._marker(root)
        return Answer(ids, len(every), len(complete), marker, every=every, whole=complete, lacking=lacking)

    def _everything(self, allowed: Mask, scores: scoring.Scores, limit: int) -> Answer:
        candidates = np.flatnonzero(allowed).astype(np.int32)
        all_of_them = self._ids(candidates)
        best = self._ids(scoring.best(candidates, scores, self.opened.rids, limit))
        return Answer(best, len(candidates), len(candidates), Marker(), every=all_of_them, whole=all_of_them)

    def _verifying(
        self, root: Node, ordered: Papers, candidates: Papers, whole: Mask, limit: int, *, lacking: bool
    ) -> Answer:
        """The answer where papers must be read to know whether they have what is asked."""
        verified = self._verified(root, ordered, limit)
        papers = np.array(verified.kept, np.int32)
        total = len(papers) + len(candidates) - verified.passed
        exact = verified.passed == len(candidates)
        complete = self._ids(papers[whole[papers]])
        every = self._ids(papers if exact else candidates)
        ids, marker = self._ids(papers[:limit]), self._marker(root)
        return Answer(ids, total, len(complete), marker, exact, verified.read, every, complete, lacking)

    def _pause(self) -> None:
        if self._stop():
            raise Stopped

    def _ordered(self, papers: Papers, scores: scoring.Scores, given: Sequence[int] | None, most: int) -> Papers:
        """The best of these papers; where nothing ranks them, the first in the order of those given to choose from."""
        if given is None:
            return scoring.best(papers, scores, self.opened.rids, most)
        rows = rows_of(given)
        order = np.argsort(rows, kind="stable")
        places = order[np.searchsorted(rows[order], self.opened.rids[papers])]
        return papers[np.argsort(places, kind="stable")][:most]

    def _ids(self, papers: Papers) -> array[int]:
        return array("q", self.opened.rids[papers].tobytes())

    def _score(self, leaves: list[Word], scores: scoring.Scores) -> tuple[scoring.Hits, int]:
        """Add up what each word brings; how many words each paper has, and how many count."""
        hits = np.zeros(len(scores), np.int16)
        counts = Counter(leaves)
        counted = [word for word in counts if not _light(word, self.groups.of(word))] or list(counts)
        for word, times in counts.items():
            group = self.groups.of(word)
            if word.where is not Where.AUTHOR:
                scores[group.papers] += group.gains * np.float32(times)
            if word in counted:
                hits[group.papers] += 1
        return hits, len(counted)

    def _verified(self, root: Node, ordered: Papers, limit: int) -> _Verified:
        """Of the papers those that answer, until there are `limit`; texts are read where words alone cannot say."""
        sure = self._masks.of(root, possible=False)
        done = _Verified()
        while done.passed < len(ordered) and len(done.kept) < limit and done.read < _MOST_VERIFIED:
            self._pause()
            chunk = ordered[done.passed : done.passed + _CHUNK]
            rids = {int(paper): int(self.opened.rids[paper]) for paper in chunk if not sure[paper]}
            texts = self._rows.texts(list(rids.values())) if rids else {}
            for paper in chunk.tolist():
                rid = rids.get(paper)
                if rid is None or (rid in texts and self._holds(root, paper, texts[rid])):
                    done.kept.append(paper)
            done.passed += len(chunk)
            done.read += len(rids)
        return done

    def _holds(self, node: Node, paper: int, text: Text) -> bool:
        """Whether the paper answers, its text in hand."""
        match node:
            case Filter():
                return bool(self._masks.of_filter(node)[paper])
            case Word():
                sure = bool(self._masks.of_word(node)[paper])
                group = self.groups.of(node)
                return sure and (not unsure(node) or holds(node, group.forms, group.beginning, text))
            case Phrase():
                return holds(node, frozenset(), "", text)
            case Every(parts):
                return all(self._holds(part, paper, text) for part in parts)
            case Either(parts):
                return any(self._holds(part, paper, text) for part in parts)
            case Bag(items):
                return self._bag_holds(items, paper, text)

    def _bag_holds(self, items: tuple[Item, ...], paper: int, text: Text) -> bool:
        if any(self._holds(item.node, paper, text) for item in items if item.excluded):
            return False
        if not all(self._holds(item.node, paper, text) for item in required(items)):
            return False
        plain = enough(items)
        return not plain or any(self._holds(item.node, paper, text) for item in plain)

    def _marker(self, root: Node) -> Marker:
        """What to mark: the words' groups and the phrases, by part."""
        marks: list[Marks] = []
        for node in nodes(root):
            if isinstance(node, Phrase):
                marks.append(Marks(node.where, phrases=((node.words, node.unfinished),)))
            elif isinstance(node, Word):
                group = self.groups.of(node)
                starts = (group.beginning,) if group.beginning else ()
                marks.append(Marks(node.where, group.forms, starts, tuple((pair, False) for pair in group.in_row)))
        return Marker(tuple(dict.fromkeys(marks)))


def _light(word: Word, group: Group) -> bool:
    """A single letter or digit: it may help, it need not be there."""
    return len(word.text) == 1 and word.text.isascii() and not group.joined
