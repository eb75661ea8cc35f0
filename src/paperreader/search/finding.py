"""A question in; ids and the marks for passages out."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from paperreader.errors import IndexDamaged, ModelUnusable
from paperreader.search import generations, similar
from paperreader.search.answering import Answer, Asking, Stopped
from paperreader.search.completing import completions
from paperreader.search.correcting import Correction, Corrector
from paperreader.search.document import Text
from paperreader.search.expanding import expanded
from paperreader.search.groups import Groups
from paperreader.search.highlighting import Highlighted, Marker
from paperreader.search.masks import rows_of
from paperreader.search.meaning import Cosines, Meaning
from paperreader.search.parsing import parse
from paperreader.search.postings import Opened, guarded
from paperreader.search.question import Filter, Question, filters_of, leaves_of
from paperreader.search.rows import Conditions, Rows, Texts, Titles
from paperreader.search.similar import Term

__all__ = ["Finder", "Found", "Highlighted", "Marker", "Similar", "Stopped", "Term", "Text"]

# Of a question of so many words, one is only taken for another where some paper then has all of them.
_MANY = 4
# Letters of a question that can mean something: `rl` can, `a` cannot.
_MEANS_SOMETHING = 2
# A generation that vanishes while it is being opened was swapped for a newer one; so often in a row it cannot.
_TRIES = 5


def never() -> bool:
    """Go on."""
    return False


def no_paper(_: Filter) -> Sequence[int]:
    """Meets the condition, where nobody knows more of papers than their words."""
    return ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question."""

    question: str
    ids: array[int]
    """Rows of papers, best first, at most as many as were wanted. For an empty question all, the highest row first."""
    total: int
    """How many papers answer; where not `exact`, at most so many."""
    complete: int
    """How many of them have all the words; where not `exact`, of those that were verified."""
    seconds: float
    remarks: tuple[str, ...]
    """How an odd question was read, in a word each."""
    marker: Marker
    exact: bool = True
    """False where a phrase was verified in the first papers only."""
    every: array[int] = field(default_factory=lambda: array("q"))
    """All papers that answer, in no order; where not `exact`, all that may. For counts, and for other orders."""
    whole: array[int] = field(default_factory=lambda: array("q"))
    """Those of them that have all the words."""
    opens: int | None = None
    """The paper that the question names by its id: the first of `ids`."""
    corrections: tuple[Correction, ...] = ()
    """Words that were typed, each with the one that is shown instead: ("difusion", "diffusion")."""
    also: tuple[str, ...] = ()
    """What abbreviations of the question were also understood as: "reinforcement learning"."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Papers that are like others."""

    ids: array[int]
    """Rows, likest first, without those that they are like."""
    terms: tuple[Term, ...]
    """The words by which they were found, weightiest first."""
    seconds: float
    marker: Marker
    """Marks the terms."""


class Finder:
    """The open index of one library. All methods may be called from any thread; one question is answered at a time."""

    def __init__(
        self,
        folder: Path,
        *,
        library: str,
        texts: Texts,
        titles: Titles | None = None,
        conditions: Conditions = no_paper,
        meaning: Meaning | None = None,
    ) -> None:
        self._folder = folder
        self._library = library
        self._rows = Rows(texts, titles or _titles_of(texts), conditions)
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._groups: Groups | None = None
        self._correcting: Corrector | None = None
        self._trouble = ""
        self.meaning = meaning
        """Finds by meaning too, where it is there. It may come and go between questions."""

    def warm(self) -> None:
        """Open everything that a question needs (some 0.1 s for 95,311 papers). Raises IndexDamaged."""
        with self._lock:
            self._open()

    def find(
        self,
        question: str,
        *,
        among: Sequence[int] | None = None,
        limit: int = 1000,
        finished: bool = False,
        literal: bool = False,
        expand: bool = True,
        stop: Callable[[], bool] = never,
    ) -> Found:
        """Answer a question from the index as it was last committed, by any process.

        `among` are the rows that may answer (None: all); a question without words to rank by lists them in that order.
        `finished` says that the last word is no beginning, `literal` that no word is to be corrected and only words
        answer, `expand` that abbreviations also mean their long forms. `stop` is asked between the stages; when it says
        True, Stopped is raised. IndexDamaged where the index must be built anew. What the rows' readers raise passes.
        """
        began = time.perf_counter()
        asked = parse(question, finished=finished)
        with self._lock:
            if stop():
                raise Stopped
            opened, groups = self._open()
            if expand and asked.root is not None:
                asked = replace(asked, root=guarded(self._folder, expanded, asked.root, groups.meanings))
            asking = Asking(opened, groups, self._rows, stop)
            right, answer, corrections = self._answered(asking, asked, among, limit, literal=literal)
            trouble, self._trouble = self._trouble, ""
        found = _found(asked, answer, time.perf_counter() - began)
        remarks = (*found.remarks, trouble) if trouble else found.remarks
        return replace(found, remarks=remarks, corrections=corrections, also=_also(right))

    def _answered(
        self, asking: Asking, asked: Question, among: Sequence[int] | None, limit: int, *, literal: bool
    ) -> tuple[Question, Answer, tuple[Correction, ...]]:
        """The answer; where no paper has all words and near ones are known, that of the corrected question."""
        answer = asking.answer(asked, among, limit, None if literal else self._cosines(asked, asking, as_typed=True))
        if literal or not answer.lacking:
            return asked, answer, ()
        right, corrections = guarded(self._folder, self._corrector(asking).corrected, asked)
        if not corrections:
            return asked, answer, ()
        better = asking.answer(right, among, limit, self._cosines(right, asking, as_typed=False))
        if not better.total or (better.lacking and len(asked.heard) >= _MANY):
            return asked, answer, ()
        return right, better, corrections

    def _cosines(self, asked: Question, asking: Asking, *, as_typed: bool) -> Cosines | None:
        """How near each paper's meaning is to that of the question; None where only its words can tell."""
        text = _meant(asked, as_typed=as_typed)
        if self.meaning is None or len(text) < _MEANS_SOMETHING:
            return None
        try:
            return self.meaning.near(text, asking.opened.rids)
        except ModelUnusable as error:
            self.meaning, self._trouble = None, f"not by meaning: {error}".rstrip(".")
            return None

    def complete(self, question: str, most: int) -> list[str]:
        """What the unfinished last word may become: whole words, folded, likeliest first. Raises IndexDamaged."""
        with self._lock:
            opened, groups = self._open()
            return guarded(self._folder, completions, opened, groups, parse(question), most)

    def similar(
        self,
        rids: Sequence[int],
        *,
        unlike: Sequence[int] = (),
        without: Collection[str] = (),
        weights: Mapping[str, float] | None = None,
        among: Sequence[int] | None = None,
        limit: int = 100,
    ) -> Similar:
        """Papers like these, of those `among` (None: all), and by which terms.

        The terms of `unlike` count against, those in `without` are struck out, `weights` sets or adds some (1 is what
        the weightiest has). Raises IndexDamaged; what the rows' readers raise passes.
        """
        began = time.perf_counter()
        like, less = self._rows.texts(rids), self._rows.texts(unlike)
        with self._lock:
            opened, groups = self._open()
            told = guarded(
                self._folder, similar.terms, opened, groups, [*like.values()], [*less.values()], similar.TERMS
            )
            chosen = similar.weighted(told, without, weights or {})
            allowed = opened.alive if among is None else opened.alive & np.isin(opened.rids, rows_of(among))
            allowed = allowed & ~np.isin(opened.rids, rows_of([*rids, *unlike]))
            papers = guarded(self._folder, similar.nearest, opened, groups, chosen, allowed, limit)
            marker = similar.marker(groups, chosen)
            ids = array("q", opened.rids[papers].tobytes())
        return Similar(ids, tuple(chosen), time.perf_counter() - began, marker)

    def close(self) -> None:
        """Let the index go; a later question opens it again."""
        with self._lock:
            self._close()

    def _open(self) -> tuple[Opened, Groups]:
        """The index as it is now: the one that is open where nothing was committed since, else opened anew."""
        for left in reversed(range(_TRIES)):
            generation = generations.current(self._folder)
            identity = generations.identity(generation)
            if self._opened is not None and self._groups is not None and self._opened.identity == identity:
                return self._opened, self._groups
            try:
                generations.check(self._folder, library=self._library)
                opened = guarded(self._folder, Opened, generation)
            except IndexDamaged:
                # Not damaged, if another process committed meanwhile and removed what was being opened.
                if left and generations.identity(generations.current(self._folder)) != identity:
                    continue
                raise
            self._close()
            self._opened, self._groups = opened, Groups(opened, self._rows.texts)
            return self._opened, self._groups
        raise AssertionError("the last try returns or raises")

    def _corrector(self, asking: Asking) -> Corrector:
        if self._correcting is None:
            self._correcting = Corrector(asking.opened, asking.groups)
        return self._correcting

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = self._groups = self._correcting = None


def _titles_of(texts: Texts) -> Titles:
    """Read from the whole texts, where nobody has titles by themselves."""
    return lambda rids: {rid: text.title for rid, text in texts(rids).items()}


def _meant(question: Question, *, as_typed: bool) -> str:
    """What is asked in plain words, if anything: as it was typed, where it is nothing else."""
    if not question.heard or question.root is None:
        return ""
    words = " ".join(word.text for word in question.heard)
    return question.text.strip() if as_typed and not any(filters_of(question.root)) else words


def _also(question: Question) -> tuple[str, ...]:
    """The long forms that are sought too."""
    if question.root is None:
        return ()
    return tuple(dict.fromkeys(" ".join(long) for word in leaves_of(question.root) for long in word.also))


def _found(asked: Question, answer: Answer, seconds: float) -> Found:
    remarks = asked.remarks if answer.exact else (*asked.remarks, f"verified in the first {answer.verified} papers")
    return Found(
        asked.text,
        answer.ids,
        answer.total,
        answer.complete,
        seconds,
        remarks,
        answer.marker,
        answer.exact,
        answer.every,
        answer.whole,
    )
