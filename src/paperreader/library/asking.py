"""A question to the library: answered by the index, or, while there is none, from the titles."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from pathlib import Path

from paperreader.errors import IndexDamaged
from paperreader.search.document import Text
from paperreader.search.finding import Finder, Found
from paperreader.search.highlighting import Marker, Marks
from paperreader.search.parsing import parse
from paperreader.search.question import Where
from paperreader.search.words import sequence
from paperreader.stop import Stop
from paperreader.store import meta, papers
from paperreader.store.database import Database

FROM_TITLES = "no index yet: found in titles only"
"""The remark of an answer that the index had no part in."""


class Asking:
    """The library's side of search: it knows the index and, for phrases and passages, the rows."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._finder = Finder(folder, library=meta.library_id(database), texts=self.texts)

    def find(self, question: str, among: Sequence[int], *, limit: int, finished: bool, stop: Stop) -> Found:
        """The best of `among` for the question; all of them, in their order, where it asks for nothing."""
        began = time.perf_counter()
        if parse(question).is_empty:
            ids = array("q", among[:limit])
            return Found(question, ids, len(among), len(among), time.perf_counter() - began, (), Marker())
        try:
            return self._finder.find(question, among=among, limit=limit, finished=finished, stop=stop)
        except IndexDamaged:
            return self._from_titles(question, among, limit, began)

    def texts(self, rids: Sequence[int]) -> dict[int, Text]:
        """What phrases and passages are read in."""
        return {rid: Text(*text) for rid, text in papers.texts(self._database, rids).items()}

    def warm(self) -> None:
        """Open the index; where there is none yet, nothing is to be done."""
        try:
            self._finder.warm()
        except IndexDamaged:
            return

    def close(self) -> None:
        """Let the index go."""
        self._finder.close()

    def _from_titles(self, question: str, among: Sequence[int], limit: int, began: float) -> Found:
        asked = list(dict.fromkeys(piece.word for piece in sequence(question)))
        allowed = frozenset(among)
        hits = [rid for rid in papers.titled(self._database, asked, len(among) or 1) if rid in allowed]
        marker = Marker((Marks(Where.TITLE, beginnings=tuple(asked)),))
        seconds = time.perf_counter() - began
        return Found(question, array("q", hits[:limit]), len(hits), len(hits), seconds, (FROM_TITLES,), marker)
