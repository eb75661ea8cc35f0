"""The counts beside what is listed, and the question narrowed by them."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from paperreader.errors import PaperReaderError
from paperreader.library.narrowing import toggled
from paperreader.tui.panes.facets import COUNTED, Narrow, Narrowed, Unfold, entries
from paperreader.tui.panes.shelf import Entry, Shelf
from paperreader.tui.place import Memory, Place
from paperreader.tui.screens.linking import LinkingScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.facets import Facet
    from paperreader.search.finding import Found
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import FacetsCounted, ListChanged

_REST = 0.3
"""Seconds without a key after which an answer is counted: whoever types a word never waits for that."""
_LONG_REST = 1.0
"""The same for a list that nothing was asked of; at the start other work goes first."""


class NarrowingScreen(LinkingScreen):
    """Knows what the list can be narrowed by."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self.facets: tuple[Facet, ...] = ()
        self._unfolded: set[str] = set()
        self._counted: Found | array[int] | None = None
        self._to_count: Timer | None = None
        self._counter: Worker[None] | None = None

    # Counting

    def _show_answer(self, found: Found, ids: Sequence[int], place: Place) -> None:
        super()._show_answer(found, ids, place)
        self._count_soon(_REST)

    def _show_base(self, place: Place) -> None:
        super()._show_base(place)
        self._count_soon(_LONG_REST)

    def on_list_changed(self, event: ListChanged) -> None:
        """The library was changed from outside: other counts, of the same papers too. (They are listed again below.)"""
        self._counted = None
        if self.answer is None:
            self._count_soon(_LONG_REST)

    def _count_soon(self, rest: float) -> None:
        """Count what is listed once nothing else comes; where the shelf is not seen, when it is wanted."""
        if self._to_count is not None:
            self._to_count.stop()
            self._to_count = None
        if self.column and self.search.display:
            self._to_count = self.set_timer(rest, lambda: self._count_at_rest(rest))

    def _count_at_rest(self, rest: float) -> None:
        left = self.last_touch() + rest - monotonic()
        if left > 0:
            self._to_count = self.set_timer(left, lambda: self._count_at_rest(rest))
        else:
            self.count_facets()

    @property
    def counting(self) -> bool:
        """Whether the counts are not there yet."""
        under_way = self._counter is not None and not self._counter.is_finished
        return self._to_count is not None or under_way

    def count_facets(self) -> None:
        """Count what is listed, in a thread."""
        self._to_count = None
        source = self.base.rids if self.answer is None else self.answer
        if source is self._counted:
            self.lay_shelf()
            return
        self._counter = self.run_worker(lambda: self._count_in(source), thread=True, group="facets", exclusive=True)

    def _count_in(self, source: Found | array[int]) -> None:
        from paperreader.tui.messages import FacetsCounted

        worker = get_current_worker()
        try:
            self.wait_for_the_whole()
            facets = self.library.search.facets(source, COUNTED)
        except PaperReaderError as error:
            self.overlook(error)  # nobody asked for the counts
            return
        if not worker.is_cancelled:
            self.post_message(FacetsCounted(source, facets))

    def on_facets_counted(self, event: FacetsCounted) -> None:
        """Show them, if they are those of what is listed."""
        if event.source is (self.base.rids if self.answer is None else self.answer):
            self._counted = event.source
            self.facets = event.facets
            self.lay_shelf()

    # The shelf

    def shelf_entries(self, lines: int) -> list[Entry]:
        """What stands on it, where there are so many lines."""
        size = len(self.base) if self.answer is None else len(self.answer.every)
        narrowed = Narrowed(self.search.question.value, size)
        facets = self.facets
        if self.answer is None:  # lists and tags stand above with their counts; of an answer other counts tell more
            facets = tuple(facet for facet in facets if facet.name not in ("tag", "list"))
        return entries(facets, narrowed, lines, self._unfolded, self.glyphs)

    def lay_shelf(self) -> None:
        """Show it as it is now, wherever it is shown."""
        from paperreader.tui.screens.shelved import ShelfScreen

        shelf = self.search.shelf
        shelf.show(self.shelf_entries(shelf.size.height))
        if self.pane == "shelf" and shelf.what is None:
            self.go("list")
        if isinstance(self.app.screen, ShelfScreen):
            self.app.screen.lay()

    def on_shelf_resized(self) -> None:
        """There is more room on it, or less."""
        self.lay_shelf()

    def action_narrow(self) -> None:
        """To the shelf; where there is no sidebar, it is laid over the screen."""
        if self._counted is None or self._to_count is not None or not self.column:
            self._to_count = None
            self.count_facets()
        if self.column and self.search.shelf.what is not None:
            if not self.memory.sidebar:
                self.action_sidebar()
            self.go("shelf")
            return
        from paperreader.tui.screens.shelved import ShelfScreen

        self.app.push_screen(ShelfScreen(self.shelf_entries, self.glyphs), self.take_from_shelf)

    async def on_shelf_choose(self, event: Shelf.Choose) -> None:
        """Do what the chosen entry is for."""
        await self.take_from_shelf(event.what)

    async def take_from_shelf(self, what: Hashable) -> None:
        """Narrow, or show more to narrow by."""
        if isinstance(what, Narrow):
            question = self.search.question
            question.value = toggled(question.value, what.condition)
            question.cursor_position = len(question.value)
        elif isinstance(what, Unfold):
            self._unfolded.add(what.name)
            self.lay_shelf()
            if not self.column:
                self.action_narrow()
