"""What a question means, beside its words: how near each paper is to it, and how the two are put together."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperreader.search.scoring import Mask, Papers, Scores
from paperreader.search.sentence_model import SentenceModel, Vectors, fingerprint
from paperreader.search.vectors import Stored

Cosines = NDArray[np.float32]
"""How near each paper is to a question; not a number where it has no vector."""

# What the words weigh; the meaning has the rest. Of .4 to .7 the best for all collections (search_quality.py --model).
_WORDS = np.float32(0.4)
# Papers that answer by their meaning alone: the nearest, if they are near at all.
_MOST_ALONE = 100
_NEAR = np.float32(0.3)
# The meanings of so many questions are kept: what is typed and taken back is not worked out again.
_KEPT = 64


class Meaning:
    """An open model and the vectors that it made of the papers. Not for several threads at once."""

    def __init__(self, model: Path, vectors: Path) -> None:
        """Raises ModelUnusable."""
        self._model = SentenceModel(model)
        self._stored = Stored(vectors, fingerprint(model))
        self._questions: OrderedDict[str, Vectors] = OrderedDict()
        self._papers: NDArray[np.int64] | None = None
        self._version = -1
        self._places: NDArray[np.int64] = np.zeros(0, np.int64)

    def near(self, text: str, rids: NDArray[np.int64]) -> Cosines:
        """The cosine of each paper to a text; not a number where it has no vector yet. Raises ModelUnusable."""
        self._stored.refresh()
        if not len(self._stored.rids):
            return np.full(len(rids), np.nan, np.float32)
        if self._papers is not rids or self._version != self._stored.version:
            self._papers, self._version = rids, self._stored.version
            self._places = _places(rids, self._stored.rids)
        cosines = self._stored.cosines(self._vector(text))
        return np.where(self._places < 0, np.float32(np.nan), cosines[self._places])

    def _vector(self, text: str) -> Vectors:
        known = self._questions.get(text)
        if known is None:
            known = self._questions[text] = self._model.encode([text])[0]
            while len(self._questions) > _KEPT:
                self._questions.popitem(last=False)
        else:
            self._questions.move_to_end(text)
        return known


def alone(cosines: Cosines, allowed: Mask) -> Papers:
    """The papers that answer by their meaning, whatever their words."""
    papers = np.flatnonzero(allowed & (cosines >= _NEAR)).astype(np.int32)
    if len(papers) > _MOST_ALONE:
        papers = papers[np.argpartition(cosines[papers], -_MOST_ALONE)[-_MOST_ALONE:]]
    return papers


def fused(scores: Scores, cosines: Cosines, allowed: Mask) -> Scores:
    """Both scaled to 0..1 over the papers that are there, and added by their weights (a convex combination).

    A paper without a vector is taken to mean as much as its words say.
    """
    there = cosines[allowed & ~np.isnan(cosines)]
    if not len(there):
        return scores
    words = scores / max(float(scores[allowed].max(initial=0.0)), 1e-9)
    low, high = float(there.min()), float(there.max())
    meant = (cosines - np.float32(low)) / np.float32(max(high - low, 1e-9))
    meant = np.where(np.isnan(meant), words, meant)
    return (_WORDS * words + (1 - _WORDS) * meant).astype(np.float32)


def _places(rids: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each row stands among the ascending known ones; -1 where it does not."""
    places = np.minimum(np.searchsorted(known, rids), len(known) - 1)
    return np.where(known[places] == rids, places, -1)
