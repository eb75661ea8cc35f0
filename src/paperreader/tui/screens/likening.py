"""Papers like others: listed at a key, three below the text; by terms that can be struck out and weighed."""

from __future__ import annotations

import asyncio
from array import array
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import set_cell_size
from textual.timer import Timer
from textual.worker import get_current_worker

from paperreader.errors import PaperReaderError
from paperreader.paper import Paper, Row, Sort, View
from paperreader.plain import printable
from paperreader.tui.panes import terms
from paperreader.tui.panes.detail_more import More
from paperreader.tui.panes.detail_page import LIKE
from paperreader.tui.panes.question_line import How
from paperreader.tui.panes.shelf import Entry, Shelf
from paperreader.tui.panes.terms import Likeness, Wanted
from paperreader.tui.place import Memory, Place
from paperreader.tui.screens.narrowing import NarrowingScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.search.finding import Found, Similar
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import IndexReady, PapersFound, SimilarFound
    from paperreader.tui.panes.search import SearchPane
    from paperreader.tui.panes.status_line import Showing

_FEW = 3
"""Similar papers told below a text."""
_REST = 0.25
# Seconds that a text is looked at before its similar papers are sought: with j held down none are.
_KEPT = 300
_HEADING = 36
# Cells of a title in the line above.


class Left(NamedTuple):
    """Where the person was before similar papers were listed."""

    likeness: Likeness | None
    question: str
    how: How
    asked: tuple[str, How] | None
    answer: Found | None
    order: Sort
    ids: array[int]
    place: Place
    back: tuple[View, Place] | None


class LikeningScreen(NarrowingScreen):
    """Knows the papers that the listed ones are like, and the way back from them."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self.likeness: Likeness | None = None
        self._trail: list[Left] = []
        self._similar: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._resting: Timer | None = None
        self._was_alike = False

    # Similar papers as a list

    async def action_similar(self) -> None:
        """List papers like this one, or like those that are chosen."""
        await self.list_similar(self.chosen_or_current())

    async def list_similar(self, rids: Sequence[int], place: Place | None = None) -> None:
        """List papers like these, the cursor on the likest or at the place."""
        rows = self.library.rows(rids)
        if not rows:
            return
        title = rows[0].title if len(rows) == 1 else f"{len(rows):,} papers"
        left = Left(
            self.likeness,
            self.search.question.value,
            self.search.how,
            self._asked,
            self.answer,
            self.hit_order,
            self.papers.listing.rids,
            self.papers.place,
            self._back,
        )
        if await self._liken(Likeness(tuple(rids), title=title), place or Place(), Sort.RELEVANCE):
            self._trail.append(left)
            self.papers.let_go()
            self._back = left.back if left.answer is not None else (self.view, left.place)
            self.search.set_silently("")
            self.go("list")

    async def action_unlike(self) -> None:
        """Of similar papers: fewer like this one."""
        rid = self.papers.rid
        if self.likeness is not None and rid is not None:
            unlike = (*self.likeness.unlike, rid)
            await self._liken(self.likeness._replace(unlike=unlike, terms=()), self.papers.place)

    async def _liken(self, likeness: Likeness, place: Place, order: Sort | None = None) -> bool:
        """Seek papers by these terms and list them; False where that cannot be done."""
        try:
            similar = await asyncio.to_thread(self._sought, likeness)
        except PaperReaderError as error:
            self.refuse(error)
            return False
        if not similar.terms and not likeness.terms:
            self.status.say("Nothing is known of its words: the index is not ready, or they are all too common.")
            return False
        self.likeness = likeness if likeness.terms else likeness._replace(terms=similar.terms)
        self.hit_order = order or self.hit_order
        found = _as_found(similar)
        self._show_answer(found, await self._in_order(found), place)
        self.search.tell(found)
        return True

    def _sought(self, likeness: Likeness) -> Similar:
        return self.library.search.similar(
            likeness.rids, unlike=likeness.unlike, without=likeness.struck, weights=likeness.weights
        )

    async def step_back(self) -> bool:
        """To where similar papers were asked for; False where none are listed."""
        if self.likeness is None or not self._trail:
            return False
        left = self._trail.pop()
        self.likeness, self._back, self.hit_order = left.likeness, left.back, left.order
        if left.answer is None:
            self._show_base(left.place)
            self.search.tell(None)
        else:
            self._asked = left.asked
            self.search.set_silently(left.question, left.how)
            self._show_answer(left.answer, left.ids, left.place)
            self.search.tell(left.answer)
        self._follow(again=True)
        return True

    def _show_base(self, place: Place) -> None:
        self._end_likeness()
        super()._show_base(place)

    async def on_papers_found(self, event: PapersFound) -> None:
        """A question takes the place of what similar papers were listed. (What is to be done else is done below.)"""
        self._end_likeness()

    def _end_likeness(self) -> None:
        self.likeness = None
        self._trail.clear()

    async def on_search_pane_cleared(self, event: SearchPane.Cleared) -> None:
        """No question: similar papers stay; what is known of them may have changed."""
        if self.likeness is not None:
            event.prevent_default()
            await self._liken(self.likeness, self.papers.place)

    def on_index_ready(self, event: IndexReady) -> None:
        """Other papers may be similar now."""
        self._similar.clear()

    async def open_view(self, view: View) -> None:
        """A view takes their place too."""
        if self.likeness is not None and view is self.view:
            first = self._trail[0] if self._trail else None
            self._show_base(first.back[1] if first and first.back else first.place if first else Place())
            self._back = None
            self.search.tell(None)
            self._follow(again=True)
            return
        await super().open_view(view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what has no papers to be like."""
        if action == "similar" and self.is_mounted:
            return True if self.papers.rid is not None else None
        if action == "unlike":
            return True if self.likeness is not None else None
        return super().check_action(action, parameters)

    def _tell(self) -> None:
        super()._tell()
        if (self.likeness is not None) != self._was_alike:
            self._was_alike = self.likeness is not None
            self.refresh_bindings()

    def _showing(self) -> Showing:
        showing = super()._showing()
        if self.likeness is None:
            return showing
        title = printable(self.likeness.title)
        label = title if len(title) <= _HEADING else f"{set_cell_size(title, _HEADING).rstrip()}{self.glyphs.ellipsis}"
        return showing._replace(label=f"Like {label}", part="")

    # Their terms

    def shelf_entries(self, lines: int) -> list[Entry]:
        """While similar papers are listed the shelf has their terms."""
        if self.likeness is None:
            return super().shelf_entries(lines)
        return terms.entries(self.likeness, self.glyphs)

    def count_facets(self) -> None:
        """Terms need no counting."""
        if self.likeness is None:
            super().count_facets()
        else:
            self._to_count = None
            self.lay_shelf()

    async def take_from_shelf(self, what: Hashable) -> None:
        """Strike a term out, or take it in again."""
        if isinstance(what, Wanted) and self.likeness is not None:
            await self._liken(self.likeness.toggled(what.word), Place())
        else:
            await super().take_from_shelf(what)

    async def on_shelf_weigh(self, event: Shelf.Weigh) -> None:
        """Make a term weightier, or lighter."""
        if isinstance(event.what, Wanted) and self.likeness is not None:
            await self._liken(self.likeness.weighed(event.what.word, event.way), Place())

    # Three of them below the text

    def more(self, paper: Paper) -> More:
        """With similar papers, as soon as they are known."""
        return super().more(paper)._replace(similar=self._similar.get(paper.rid, ()))

    def _follow(self, again: bool = False) -> None:
        super()._follow(again)
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        paper = self.detail.paper
        if paper is not None and paper.rid not in self._similar and self.detail.display:
            self._resting = self.set_timer(_REST, self._seek_few)

    def _seek_few(self) -> None:
        self._resting = None
        paper = self.detail.paper
        if paper is not None and paper.rid not in self._similar:
            rid = paper.rid
            self.run_worker(lambda: self._few(rid), thread=True, group="similar", exclusive=True)

    def _few(self, rid: int) -> None:
        """In a thread."""
        from paperreader.tui.messages import SimilarFound

        worker = get_current_worker()
        try:
            similar = self.library.search.similar([rid], limit=_FEW)
            rows = tuple(self.library.rows(similar.ids))
        except PaperReaderError as error:
            self.overlook(error)
            return
        if similar.terms and not worker.is_cancelled:
            self.post_message(SimilarFound(rid, rows))

    def on_similar_found(self, event: SimilarFound) -> None:
        """Show them, if the paper is still there."""
        self._similar[event.rid] = event.rows
        if len(self._similar) > _KEPT:
            self._similar.popitem(last=False)
        if self.detail.paper is not None and self.detail.paper.rid == event.rid:
            self._follow(again=True)

    async def follow_similar(self, address: str) -> None:
        """List the papers like the one that is read, the cursor on that which the link is about."""
        paper = self.detail.paper
        if paper is not None:
            await self.list_similar([paper.rid], Place(rid=int(address.removeprefix(LIKE))))


def _as_found(similar: Similar) -> Found:
    """Similar papers are listed, marked and ordered as an answer is."""
    from paperreader.search.finding import Found

    ids, count = similar.ids, len(similar.ids)
    return Found("", ids, count, count, similar.seconds, (), similar.marker, every=ids, whole=ids)
