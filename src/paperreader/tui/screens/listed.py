"""Which papers are listed and which one is shown: views, places in them, and what is said of both."""

from __future__ import annotations

import asyncio
import threading
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from paperreader.errors import LibraryUnusable, PaperReaderError
from paperreader.paper import Sort, View
from paperreader.tui.content import Spans
from paperreader.tui.listing import Listing
from paperreader.tui.nothing import nothing_in
from paperreader.tui.panes.detail_page import Part
from paperreader.tui.panes.paper_detail import no_hits
from paperreader.tui.panes.paper_list import PaperList
from paperreader.tui.panes.status_line import Showing
from paperreader.tui.place import Memory, Place
from paperreader.tui.screens.arranging import ArrangedScreen
from paperreader.tui.typeahead import OrderlyApp

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.search.finding import Found
    from paperreader.tui.glyphs import Glyphs

_FRAME = 1 / 60
"""The text follows the cursor a frame later: of many moves within one only the last is shown."""
_REST = 0.1
"""Seconds without a key after which the text follows what is typed."""
_TOLD_FOR = 8.0
"""Seconds that a refusal stays on the screen."""
_PATIENCE = 5.0
"""Seconds to wait for the whole list after the start; it takes a tenth of one."""


class ListedScreen(ArrangedScreen):
    """Knows which listing and which paper; the panes know the rest."""

    keymap: Mapping[str, str]
    """The person's own keys."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self.order = memory.sort
        self.hit_order = Sort.RELEVANCE
        self.base = Listing.empty()
        self.answer: Found | None = None
        self.everywhere = False
        self._possible = (True, False, False)
        self._painted = False
        self._refused = ("", 0.0)
        self._places: dict[View, Place] = {}
        self._back: tuple[View, Place] | None = None
        self._following: Timer | None = None
        self._again = False
        self._whole = threading.Event()

    def on_mount(self) -> None:
        """Show the list: the only thing that is read before the first paint is the page in view."""
        self.bare_scrollbars()
        self.apply_sizes()
        drawn = self.memory.sketch(self.library.rows)
        with self.refusing():
            self.base = drawn or self._first_listing()
        self._show_base(self.memory.place)
        self.go("list")
        self.call_after_refresh(self._first_painted)
        if not drawn:
            self._whole.set()

    def _first_listing(self) -> Listing:
        return self._read(self.view)

    def _first_painted(self) -> None:
        self._painted = True
        self._follow()

    def wait_for_the_whole(self) -> None:
        """Until all papers listed are known, shortly after the start; for a thread."""
        self._whole.wait(_PATIENCE)

    async def whole(self) -> array[int]:
        """The papers listed, once all of them are known."""
        await asyncio.to_thread(self.wait_for_the_whole)
        return self.papers.listing.rids

    # Which papers

    def _read(self, view: View) -> Listing:
        return Listing(self.library.listing(view, self.order), self.library.rows)

    async def action_view(self, name: str) -> None:
        """Show another view, where one was in it before."""
        await self.open_view(View(name))

    async def open_view(self, view: View) -> None:
        """Leave this view for another; a question on is asked of the other one."""
        if view is self.view and not self.everywhere:
            return
        self._leave()
        base = await self._fetched(view)
        if base is None:
            return
        self.view, self.base, self.everywhere = view, base, False
        if self.search.question.value.strip():
            self.search.ask()
            await self.search.answered()
        else:
            self._show_base(self._places.get(view, Place()))
        self.remember_soon()

    def _leave(self) -> None:
        if self.answer is None:
            self._places[self.view] = self.papers.place

    async def _fetched(self, view: View) -> Listing | None:
        """The listing of a view, read in a thread: 35 ms for 100,000 papers, more in some orders."""
        try:
            return await asyncio.to_thread(self._read, view)
        except PaperReaderError as error:
            self.refuse(error)
            return None

    def _show_base(self, place: Place) -> None:
        self.answer = None
        self.papers.nothing = nothing_in(self.view, self.keymap)
        self.papers.show(self.base, place)
        self._tell()

    # What a question adds

    @property
    def can_widen(self) -> bool:
        """Whether less than everything was searched: not where nothing was."""
        return False

    def _spans(self, text: str, part: Part) -> Spans:
        """What is to be marked in a part of a paper's text: without a question, nothing."""
        return ()

    # Which paper

    def on_paper_list_cursor_moved(self) -> None:
        """The text follows the cursor within a frame."""
        self._tell()
        self._follow_soon(_FRAME)
        self.remember_soon()

    def _follow_soon(self, rest: float) -> None:
        if self._following is None and self._painted:
            self._following = self.set_timer(rest, self._follow)

    def _follow_at_rest(self) -> None:
        """Mark other words in the text once whoever types them rests: the next answer never waits for the text."""
        self._again = True
        if self._following is not None:
            self._following.stop()
        left = self.last_touch() + _REST - monotonic() if self.pane == "search" else 0.0
        self._following = self.set_timer(max(left, _FRAME), self._follow)

    def last_touch(self) -> float:
        """When the person pressed a key last, in the seconds of time.monotonic."""
        return self.app.last_touch if isinstance(self.app, OrderlyApp) else 0.0

    def _follow(self, again: bool = False) -> None:
        """Show the paper under the cursor; `again` where the words to mark, or its marks, have changed."""
        again, self._again = again or self._again, False
        self._following = None
        rid = self.papers.rid
        shown = self.detail.paper.rid if self.detail.paper else None
        if rid == shown and not again:
            return
        with self.refusing():
            paper = self.library.paper(rid) if rid is not None else None
            self.detail.show(paper, self._spans if self.answer is not None else no_hits)

    def on_paper_list_unreadable(self, event: PaperList.Unreadable) -> None:
        """Rows cannot be read now."""
        self.refuse(event.error)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """What cannot be done now is told, and nothing else happens."""
        try:
            yield
        except PaperReaderError as error:
            self.refuse(error)

    def refuse(self, error: PaperReaderError) -> None:
        """Tell the person why something cannot be done now; once, however many lines cannot be drawn."""
        if isinstance(error, LibraryUnusable):
            from paperreader.tui.messages import LibraryLost

            self.post_message(LibraryLost(error))
            return
        told, at = self._refused
        now = monotonic()
        if told != error.message or now - at > _TOLD_FOR:
            self._refused = (error.message, now)
            self.app.notify(str(error), severity="error", markup=False, timeout=_TOLD_FOR)

    # What the lines above and below say, and what the next start remembers

    def _tell(self) -> None:
        self.status.show(self._showing())
        possible = (bool(self.papers.listing), self.answer is not None, self.can_widen)
        if possible != self._possible:
            self._possible = possible
            self.refresh_bindings()

    def _showing(self) -> Showing:
        size = len(self.papers.listing)
        return Showing(
            label="Everywhere" if self.everywhere else self.view.label,
            order=self._in_words(size) if size or not self.view.waits_for_refresh else "",
            size=size,
            at=self.papers.cursor + 1 if size else 0,
        )

    def _in_words(self, size: int) -> str:
        """The order; of an answer that is listed in part, that it is."""
        if self.answer is None:
            return self.order.label
        part = self.hit_order is Sort.RELEVANCE and size < self.answer.total
        return f"best {size:,} first" if part else self.hit_order.label

    @property
    def kept(self) -> Memory:
        """What the next start opens with: of a question nothing but where the person was before it."""
        view, place = self._back if self._back and self.answer is not None else (self.view, self.papers.place)
        known = self.memory._replace(view=view, sort=self.order, place=place)
        return known.with_page(self.base) if self._whole.is_set() else known
