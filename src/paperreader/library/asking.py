"""A question to the library: answered by the index, or, while there is none, from the titles."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from paperreader.errors import IndexDamaged
from paperreader.identity import meant
from paperreader.library.filtering import Filtering
from paperreader.library.untold import from_titles
from paperreader.plain import printable
from paperreader.search.document import Text
from paperreader.search.finding import Finder, Found
from paperreader.search.highlighting import Marker
from paperreader.search.parsing import parse
from paperreader.stop import Stop, never
from paperreader.store import meta, papers, titles
from paperreader.store.database import Database


class Asking:
    """The library's side of search: it knows the index and, for phrases, passages and conditions, the rows."""

    def __init__(self, database: Database, folder: Path, now: Callable[[], float]) -> None:
        self._database = database
        self._filtering = Filtering(database, now)
        self._finder = Finder(
            folder,
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
        try:
            found = self._finder.find(
                question, among=among, limit=limit, finished=finished, literal=literal, expand=expand, stop=stop
            )
        except IndexDamaged:
            found = from_titles(self._database, parsed, self._filtering, among, limit=limit, began=began)
        return replace(found, remarks=(remark, *found.remarks)) if remark else found

    def texts(self, rids: Sequence[int]) -> dict[int, Text]:
        """What phrases and passages are read in."""
        return {rid: Text(*text) for rid, text in papers.texts(self._database, rids).items()}

    def titles(self, rids: Sequence[int]) -> dict[int, str]:
        """What is compared with what was typed."""
        return titles.titles(self._database, rids)

    def warm(self) -> None:
        """Open the index; where there is none yet, nothing is to be done."""
        try:
            self._finder.warm()
        except IndexDamaged:
            return

    def close(self) -> None:
        """Let the index go."""
        self._finder.close()

    def _named(self, question: str, among: Sequence[int]) -> tuple[int | None, str]:
        """The paper that the whole question is an id or a link of; else what is to be said about that, if anything."""
        names = meant(question)
        if not names or names[0].kind == "id":
            return None, ""
        rid = papers.find(self._database, question)
        if rid is None:
            return None, f"the library has no paper {printable(names[0].value)}"
        if rid not in among:
            return None, f"{printable(names[0].value)} is not among the papers shown here"
        return rid, ""


def _listed(question: str, among: Sequence[int], limit: int, began: float, remarks: tuple[str, ...]) -> Found:
    every = array("q", among)
    seconds = time.perf_counter() - began
    return Found(question, every[:limit], len(every), len(every), seconds, remarks, Marker(), every=every, whole=every)
