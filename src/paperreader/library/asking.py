"""A question to the library: answered by the index, or, while there is none, from the titles."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from paperreader.errors import IndexDamaged, PaperReaderError
from paperreader.identity import meant
from paperreader.library.facets import Facet, Facets
from paperreader.library.filtering import Filtering
from paperreader.library.meaning import MeaningCare
from paperreader.library.suggesting import completed
from paperreader.library.unmet import unmet
from paperreader.library.untold import from_titles
from paperreader.paper import Sort, View
from paperreader.plain import printable
from paperreader.search.document import Text
from paperreader.search.finding import Finder, Found, Similar
from paperreader.search.highlighting import Highlighted, Marker
from paperreader.search.parsing import parse
from paperreader.stop import Stop, never
from paperreader.store import identities, meta, papers, titles
from paperreader.store.database import Database

if TYPE_CHECKING:
    from paperreader.paths import Paths


class Asking:
    """The library's side of search: it knows the index and, for phrases, passages and conditions, the rows."""

    def __init__(self, database: Database, paths: Paths, now: Callable[[], float]) -> None:
        self._database = database
        self.meaning = MeaningCare(database, paths)
        """Search by meaning: whether it can be had, and what it has read."""
        self._trouble = ""
        self._folder = paths.index
        self.spoilt = False
        """Whether the last question has found that the index's files are not what was written."""
        self._filtering = Filtering(database, now)
        self._facets = Facets(database)
        self._finder = Finder(
            paths.index,
            library=meta.library_id(database),
            texts=self.texts,
            titles=self.titles,
            conditions=self._filtering.ids,
        )

    def find(
        self,
        question: str,
        among: Sequence[int],
        *,
        limit: int = 1000,
        finished: bool = False,
        literal: bool = False,
        expand: bool = True,
        stop: Stop = never,
    ) -> Found:
        """The best of `among` for the question; all of them, in their order, where it asks for nothing.

        A question that is an id or a link is answered by that paper alone.
        """
        began = time.perf_counter()
        parsed = parse(question, finished=finished)
        if parsed.is_empty:
            return _listed(question, among, limit, began, parsed.remarks)
        named, remark = self._named(question, among)
        if named is not None:
            return replace(_listed(question, array("q", [named]), limit, began, ()), opens=named)
        remarks = [*filter(None, [remark, "" if literal else self._open_meaning()])]
        remarks += unmet(parsed, self._filtering.ids, self._facets.values)
        try:
            found = self._finder.find(
                question, among=among, limit=limit, finished=finished, literal=literal, expand=expand, stop=stop
            )
        except IndexDamaged:
            self._put_out_of_use()
            found = from_titles(self._database, parsed, self._filtering, among, limit=limit, began=began)
        return replace(found, remarks=(*remarks, *found.remarks)) if remarks else found

    def complete(self, question: str, most: int = 8) -> list[str]:
        """Questions that this one may become by its last word, likeliest first; each begins as this one is typed.

        Words come from titles, texts and names (those first that stand beside the question's other words), and field
        names and their values. Empty where the last word is whole. Raises StoreError.
        """

        def words() -> list[str]:
            try:
                return self._finder.complete(question, most)
            except IndexDamaged:
                return []

        return completed(question, words, self._facets, most)

    def facets(self, answer: Found | Sequence[int], most: int = 10) -> tuple[Facet, ...]:
        """How many papers of an answer (all that answer, not only the best) or of a list have each year, category..."""
        return self._facets.of(answer.every if isinstance(answer, Found) else answer, most)

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
        """Papers like these, and the terms that say so; of `among`, or of all that are not hidden.

        `unlike` are papers to be far from; `without` strikes terms out, `weights` sets or adds some (1 is what the
        weightiest has). Without an index there are none. Raises StoreError.
        """
        seen = papers.listing(self._database, View.ALL, Sort.NEWEST) if among is None else among
        try:
            return self._finder.similar(rids, unlike=unlike, without=without, weights=weights, among=seen, limit=limit)
        except IndexDamaged:
            self._put_out_of_use()
            return Similar(array("q"), (), 0.0, Marker())

    def ordered(self, found: Found, sort: Sort) -> array[int]:
        """An answer in another order, without asking again: by relevance its best papers.

        Otherwise, as any order but relevance lets the weakest hits come first, the papers that have all words; where
        none has, all that answer.
        """
        if sort is Sort.RELEVANCE:
            return found.ids
        wanted = set(found.whole or found.every)
        order = papers.listing(self._database, View.ALL, sort)
        return array("q", (rid for rid in order if rid in wanted))

    def passages(self, marker: Marker, rids: Sequence[int], width: int) -> dict[int, Highlighted]:
        """Of each paper the part of its text, about `width` characters, that has most of what the marker marks."""
        known = papers.texts(self._database, rids)
        return {rid: marker.passage(printable(text), width) for rid, (_, text, _) in known.items()}

    def bare_ids(self, rids: Sequence[int]) -> list[str]:
        """The ids that commands take and print, in this order."""
        known = titles.bare_ids(self._database, rids)
        return [known[rid] for rid in rids if rid in known]

    def texts(self, rids: Sequence[int]) -> dict[int, Text]:
        """What phrases and passages are read in."""
        return {rid: Text(*text) for rid, text in papers.texts(self._database, rids).items()}

    def titles(self, rids: Sequence[int]) -> dict[int, str]:
        """What is compared with what was typed."""
        return titles.titles(self._database, rids)

    def _open_meaning(self) -> str:
        """Have the model search too, once it is there and has read something; what is wrong with it is told once."""
        if self._finder.meaning is not None or self._trouble:
            return ""
        try:
            self._finder.meaning = self.meaning.opened()
        except PaperReaderError as error:
            self._trouble = f"not by meaning: {error}".rstrip(".")
        return self._trouble

    @property
    def missing(self) -> str:
        """What to do to find by meaning too, in one line; empty where it is so. Some milliseconds."""
        try:
            return self.meaning.state().hint
        except PaperReaderError as error:
            return str(error)

    def warm(self) -> None:
        """Open the index; where there is none yet, nothing is to be done."""
        self._open_meaning()
        try:
            self._finder.warm()
        except IndexDamaged:
            return

    def _put_out_of_use(self) -> None:
        """Whoever looks after the index builds it anew, if its files are not what was written."""
        from paperreader.catching_up import verify

        self.spoilt = not verify(self._folder)

    def close(self) -> None:
        """Let the index go."""
        self._finder.close()

    def _named(self, question: str, among: Sequence[int]) -> tuple[int | None, str]:
        """The paper that the whole question is an id or a link of; else what is to be said about that, if anything."""
        names = meant(question)
        if not names or names[0].kind == "id":
            return None, ""
        rid = identities.find(self._database, question)
        if rid is None and names[0].kind == "title":  # a question with a field, most likely
            return None, ""
        if rid is None:
            return None, f"the library has no paper {printable(names[0].value)}"
        if rid not in among:
            return None, f"{printable(names[0].value)} is not among the papers shown here"
        return rid, ""


def _listed(question: str, among: Sequence[int], limit: int, began: float, remarks: tuple[str, ...]) -> Found:
    every = array("q", among)
    seconds = time.perf_counter() - began
    return Found(question, every[:limit], len(every), len(every), seconds, remarks, Marker(), every=every, whole=every)
