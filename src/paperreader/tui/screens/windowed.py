"""The views that feeds fill: Trending in a window of time, New and Rising; their headings, orders and empty states."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from paperreader.errors import PaperReaderError
from paperreader.library.trends import Span, Window
from paperreader.paper import Paper, View
from paperreader.tui.keys import told
from paperreader.tui.listing import Listing
from paperreader.tui.nothing import Asked, nothing_fed
from paperreader.tui.panes.detail_more import NOTHING, More, curve
from paperreader.tui.place import Place
from paperreader.tui.screens.marking import MarkingScreen
from paperreader.tui.typeahead import OrderlyApp
from paperreader.tui.windows import window_in_words

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.trends import Trend
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import ListChanged, PapersCounted
    from paperreader.tui.panes.status_line import Showing
    from paperreader.tui.place import Memory

_IN_TRENDING = frozenset({"earlier", "later", "window"})
_ORDERS = {View.NEW: "last come first", View.RISING: "quickest first"}


class WindowedScreen(MarkingScreen):
    """Knows which window of time Trending shows, and what the feeds' views say of a paper."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self.window = Window(Span(memory.span))
        self.asked = Asked()
        """What is to be said of the feeds where a view of theirs is empty."""
        self._trend: Trend | None = None
        self._left: dict[Window, Place] = {}
        self._stays = False
        """Whether the person is at a paper, so that a new day may not take its list away."""
        self._stayed: Window | None = None
        """The window that stayed where it was when a new day came."""

    # Which papers

    def _read(self, view: View) -> Listing:
        if view is View.TRENDING:
            trend = self.library.trends.trending(self.window)
        elif view is View.RISING:
            trend = self.library.trends.rising()
        else:
            return super()._read(view)
        return Listing(trend.rids, self.library.rows, trend)

    def look_again(self) -> None:
        """New papers come into the list of a day that is looked at, a new day's does not take its place."""
        touched = isinstance(self.app, OrderlyApp) and self.app.touched
        self._stays = touched and (self.pane == "detail" or self.papers.cursor > 0)
        super().look_again()

    def read_keeping(self, view: View, now: Listing) -> Listing:
        """The window that follows the time stays at its day while the person is at one of its papers."""
        fresh = super().read_keeping(view, now)
        shown, first = now.trend, fresh.trend.first if fresh.trend is not None else None
        moved = shown is not None and shown.first is not None and first != shown.first
        if view is not View.TRENDING or self.window.day is not None or not moved or not self._stays:
            return fresh
        assert shown is not None  # a list of no window has not moved
        trend = self.library.trends.trending(self.window._replace(day=shown.first))
        return Listing(trend.rids, self.library.rows, trend)

    def _count(self) -> None:
        """In a thread; what is trending today is kept, so that its papers tell their movement in any view."""
        from paperreader.tui.messages import PapersCounted

        try:
            counts = self.library.counts()
            self._trend = self.library.trends.trending(self.window)
        except PaperReaderError as error:
            self.overlook(error)
            return
        self.post_message(PapersCounted(counts | {View.TRENDING: len(self._trend.rids)}))

    def on_papers_counted(self, event: PapersCounted) -> None:
        """What an empty view says depends on whether there is anything."""
        self._explain()

    def on_list_changed(self, event: ListChanged) -> None:
        """The same papers in the same order may have moved otherwise."""
        if event.view is not self.view or event.before is not self.base:
            return
        trend = self.base.trend = event.listing.trend
        follows = self.view is View.TRENDING and self.window.day is None
        if follows and trend is not None and trend.last and trend.latest and trend.last < trend.latest:
            self.window = self._stayed = self.window._replace(day=trend.first)
            hint = told("{reading.later} shows what came.", self.keymap)
            self.status.say(f"{self.status.said} {hint}".lstrip(), stays=True)

    # The window

    async def action_earlier(self) -> None:
        """The day, week or month before."""
        await self._step_window(-1)

    async def action_later(self) -> None:
        """The one after."""
        await self._step_window(1)

    async def action_window(self) -> None:
        """A day, a week, a month around it, and the day again; the cursor's paper stays where it is in that too."""
        window = self.window._replace(span=self.window.span.next)
        self.memory = self.memory._replace(span=window.span.value)
        await self._open_window(window, self.papers.place)

    async def _step_window(self, by: int) -> None:
        try:
            window = await asyncio.to_thread(self._stepped, by)
        except PaperReaderError as error:
            self.refuse(error)
            return
        if window == self.window:
            self.status.say("No feed has told of any day yet." if by < 0 else "Nothing later is known.")
            return
        await self._open_window(window, self._left.get(window, Place()))

    def _stepped(self, by: int) -> Window:
        """Days without papers are stepped over, until none is known that is earlier: then to the day before."""
        window = self.library.trends.step(self.window, by)
        trend = self.base.trend
        if window != self.window or by > 0 or trend is None or trend.first is None:
            return window
        return self.window._replace(day=trend.first - timedelta(days=1))

    async def _open_window(self, window: Window, place: Place) -> None:
        if self.answer is None:
            self._left[self.window] = self.papers.place
        before, self.window = self.window, window
        base = await self._fetched(View.TRENDING)
        if base is None:
            self.window = before
            return
        known = base.index_of(place.rid) is not None
        self.base = base
        self.count_views()
        self.remember_soon()
        if self.search.question.value.strip():
            self.search.ask()
            await self.search.answered()
        else:
            self._show_base(place if known else Place())

    @property
    def wanted(self) -> Window | None:
        """What `R` asks for: the window that is looked at, unless that is today's."""
        window = self.window._replace(day=None) if self.window == self._stayed else self.window
        looks_back = window.day is not None or window.span is not Span.DAY
        return window if self.view is View.TRENDING and looks_back else None

    # Orders

    async def action_sort(self) -> None:
        """Trending has two orders: ours and Hugging Face's own. What was found, and other views, have theirs."""
        if self.answer is not None or not self.view.waits_for_refresh:
            await super().action_sort()
            return
        if self.view is not View.TRENDING:
            return
        self.library.trends.by_source = not self.library.trends.by_source
        place = self.papers.place
        base = await self._fetched(View.TRENDING)
        if base is not None:
            self.base = base
            self._show_base(place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what these views have not."""
        if action in _IN_TRENDING:
            return True if self.view is View.TRENDING else None
        if action in ("sort", "order") and self.answer is None and self.view.waits_for_refresh:
            return True if self.view is View.TRENDING and action == "sort" else None
        return super().check_action(action, parameters)

    # What is said

    def _show_base(self, place: Place) -> None:
        super()._show_base(place)
        self._explain()
        self.refresh_bindings()

    def _explain(self) -> None:
        if self.answer is None and self.view.waits_for_refresh:
            asked = self.asked._replace(ever=self._trend is not None and self._trend.first is not None)
            words = self._window_in_words() if self.view is View.TRENDING else ""
            self.papers.nothing = nothing_fed(self.view, words, asked, self.keymap)

    def tell_asked(self, asked: Asked) -> None:
        """The feeds are being asked, or were: an empty view says so."""
        self.asked = asked
        self._explain()

    def _window_in_words(self) -> str:
        return window_in_words(self.window, self.base.trend, self.library.trends.today)

    def _showing(self) -> Showing:
        showing = super()._showing()
        if not self.view.waits_for_refresh or self.everywhere:
            return showing
        if self.view is View.TRENDING:
            showing = showing._replace(part=self._window_in_words())
        if self.answer is None:
            ours = "Hugging Face’s order" if self.library.trends.by_source else "hottest first"
            showing = showing._replace(order=_ORDERS.get(self.view, ours) if showing.size else "")
        return showing

    def more(self, paper: Paper) -> More:
        """What is known beside the paper. Raises StoreError."""
        trend = self.papers.listing.trend or self._trend
        row = self.papers.listing.row_at(self.papers.cursor)
        return NOTHING._replace(
            place=trend.places.get(paper.rid) if trend is not None else None,
            votes=curve(self.library.trends.tallies(paper.rid)) if paper.votes is not None else (),
            revised=row is not None and row.rid == paper.rid and row.revised,
        )
