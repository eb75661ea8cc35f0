"""The panes and their places: wide, medium, narrow, too small; which are shown, how large, which has the focus."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import reactive, var
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from paperreader.errors import PaperReaderError
from paperreader.library import Library
from paperreader.paper import View
from paperreader.tui.compositing import NarrowCompositor
from paperreader.tui.glyphs import ASCII, UNICODE, Glyphs
from paperreader.tui.keys import Focus
from paperreader.tui.panes.divider import Divider
from paperreader.tui.panes.footer import Footer
from paperreader.tui.panes.paper_detail import PaperDetail
from paperreader.tui.panes.paper_list import PaperList
from paperreader.tui.panes.search import SearchPane
from paperreader.tui.panes.status_line import StatusLine
from paperreader.tui.panes.too_small import HEIGHT, WIDTH, TooSmall
from paperreader.tui.place import MEMORY, Memory
from paperreader.tui.typeahead import OrderlyApp

if TYPE_CHECKING:
    pass

Shape = Literal["wide", "medium", "narrow"]

WIDE = 110
"""Columns from which on three panes stand beside each other."""
MEDIUM = 70
"""Columns from which on list and detail are shown together, below each other."""
_PAUSE = 0.5
# Seconds after the last move when the place is written down.
_AIRY = 32
# Rows from which on a wide window can spare one above the panes.
_STEP = 4
# Cells, or per cent, that a pane grows or shrinks by at a time.


def shape_of(size: Size) -> Shape:
    """How the panes are placed in a terminal of this size."""
    return "wide" if size.width >= WIDE else "medium" if size.width >= MEDIUM else "narrow"


class Panes(Widget):
    """What the panes stand on; only its plane is seen, which Textual then draws without asking for lines."""

    BLANK = True


class ArrangedScreen(Screen[None]):
    """Three panes and two lines; knows where they are, not what is in them."""

    AUTO_FOCUS = ""
    BLANK = True

    view: reactive[View] = reactive(View.ALL)
    """What is listed."""
    counts: reactive[Mapping[View, int]] = reactive({})
    """How many papers each view has."""
    glyphs: var[Glyphs] = var(UNICODE)
    """The signs of this terminal."""
    column: var[bool] = var(True)
    """Whether the search pane is a sidebar."""

    # Kept from `compose` on. Textual's `query_one` takes 0.05 ms, and each key asks for them some twenty times.
    papers: PaperList
    detail: PaperDetail
    status: StatusLine
    footer: Footer
    _panes: Panes

    search: SearchPane
    """Made by who answers its questions."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self.library = library
        self.memory = memory
        self.set_reactive(ArrangedScreen.glyphs, glyphs)
        self.set_reactive(ArrangedScreen.view, memory.view)
        self.shape: Shape = "wide"
        self._pausing: Timer | None = None
        self.open = False
        """Whether a narrow window shows the paper and not the list."""

    def compose(self) -> ComposeResult:
        """From above to below."""
        self._classify(self.app.size)
        self.set_class(self.memory.sidebar, "-searchable")  # after mounting it would style the whole screen anew
        mine = ArrangedScreen
        self.status = StatusLine().data_bind(mine.glyphs)
        self.papers = PaperList().data_bind(mine.glyphs)
        self.detail = PaperDetail().data_bind(mine.glyphs)
        self._panes, self.footer = Panes(id="panes"), Footer()
        yield self.status
        with self._panes:
            yield self.search.data_bind(mine.glyphs, mine.view, mine.counts, mine.column)
            yield Divider(id="beside").data_bind(mine.glyphs)
            yield self.papers
            yield Divider(id="between").data_bind(mine.glyphs)
            yield self.detail
        yield self.footer

    def bare_scrollbars(self) -> None:
        """A scrollbar is drawn with signs that ASCII has not; the line above tells the place as well."""
        if self.glyphs is ASCII:
            for pane in (self.papers, self.detail):
                pane.styles.scrollbar_size_vertical = 0

    # Sizes

    def on_resize(self, event: events.Resize) -> None:
        """Place the panes for this size; one that is too small hides them and leaves them as they are."""
        small = event.size.width < WIDTH or event.size.height < HEIGHT
        covers = self.query(TooSmall)
        self.seen(not small)
        self.set_class(small, "-unseen")  # a toast would cover the only words that there is room for
        if small and not covers:
            self.mount(TooSmall())
        elif not small:
            covers.remove()
            self._classify(event.size)
            self.apply_sizes()

    def seen(self, seen: bool) -> None:
        """Whether the terminal has become large enough, or too small, for the panes to be seen."""
        if isinstance(self.app, OrderlyApp):
            self.app.see(seen or self.app.screen is not self)  # what is laid over this is seen

    def _classify(self, size: Size) -> None:
        self.shape = shape_of(size)
        self.column = self.shape == "wide"
        self._settled_size = size
        names: tuple[Shape, ...] = ("wide", "medium", "narrow")
        for name in names:
            self.set_class(name == self.shape, f"-{name}")
        self.set_class(size.height >= _AIRY, "-airy")

    def apply_sizes(self) -> None:
        """Show the panes that have a place, in the sizes that the person chose."""
        size, memory, styles = self._settled_size, self.memory, self._panes.styles
        wide, medium = self.shape == "wide", self.shape == "medium"
        reads = self.shape == "narrow" and self.open
        self.papers.display = not reads
        self.detail.display = self.shape != "narrow" or self.open
        self.search.display = not reads and (
            memory.sidebar or self.pane in ("search", "shelf") or bool(self.search.question.value)
        )
        self.set_class(self.search.display, "-searchable")
        self.detail.above = int(wide and size.height >= _AIRY)
        # Fixed, not 1fr: while the terminal is too small nothing in here is measured again, so nothing is lost.
        styles.width, styles.height = size.width, size.height - 2
        side = memory.sidebar_width if wide else size.width
        self.search.styles.width = side
        rest = size.width - (side if wide and self.search.display else 0)
        self.detail.styles.width = rest * memory.detail_share // 100 if wide else "100%"
        self.papers.styles.height = (size.height - 3) * memory.list_share // 100 if medium else "1fr"

    def action_sidebar(self) -> None:
        """Hide the search pane, or show it again."""
        self.memory = self.memory._replace(sidebar=not self.memory.sidebar)
        if not self.memory.sidebar and self.pane in ("search", "shelf"):
            self.go("list")
        self.apply_sizes()
        self.remember_soon()

    def action_wider(self) -> None:
        """Make the pane that has the focus larger."""
        self._resize_pane(_STEP)

    def action_narrower(self) -> None:
        """Make it smaller."""
        self._resize_pane(-_STEP)

    def _resize_pane(self, step: int) -> None:
        memory = self.memory
        if self.shape == "wide" and self.pane in ("search", "shelf"):
            memory = memory._replace(sidebar_width=min(max(memory.sidebar_width + step, 18), 60))
        elif self.shape == "wide":
            share = memory.detail_share + (step if self.pane == "detail" else -step)
            memory = memory._replace(detail_share=min(max(share, 20), 80))
        elif self.shape == "medium":
            share = memory.list_share + (-step if self.pane == "detail" else step)
            memory = memory._replace(list_share=min(max(share, 20), 80))
        self.memory = memory
        self.apply_sizes()
        self.remember_soon()

    # What the next start remembers

    @property
    def kept(self) -> Memory:
        """What the next start opens with."""
        return self.memory

    def remember_soon(self) -> None:
        """Keep what the next start opens with, half a second after the last move: kill -9 loses no more."""
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(_PAUSE, self._remember)

    def _remember(self) -> None:
        text = self.kept.dump()
        self.run_worker(lambda: self._write_down(text), thread=True, group="remember", exclusive=True)

    def _write_down(self, text: str) -> None:
        with suppress(PaperReaderError):  # a library that is locked or full forgets the place, and nobody is bothered
            self.library.remember(MEMORY, text)

    def remember_now(self) -> None:
        """Keep it, at the end."""
        if self.is_mounted:
            self._write_down(self.kept.dump())

    # The focus

    @property
    def pane(self) -> Focus:
        """Which pane has the focus."""
        focused = self.focused
        if focused is None:
            return "list"
        if focused is self.search.shelf:
            return "shelf"
        return "detail" if focused is self.detail else "search" if focused is self.search.question else "list"

    def go(self, pane: Focus) -> None:
        """Give the focus to a pane, and show it if it is hidden."""
        targets = {
            "list": self.papers,
            "detail": self.detail,
            "search": self.search.question,
            "shelf": self.search.shelf,
        }
        self.set_focus(targets[pane], scroll_visible=False)
        self.open = pane == "detail"
        self.apply_sizes()

    def action_next_pane(self) -> None:
        """To the next pane."""
        self._step(1)

    def action_previous_pane(self) -> None:
        """To the one before."""
        self._step(-1)

    def _step(self, way: int) -> None:
        order: list[Focus] = ["list", "detail", "search", "shelf"]
        if not self.memory.sidebar and not self.search.question.value:
            order.remove("search")
        if not self.column or not self.search.display or self.search.shelf.what is None:
            order.remove("shelf")
        at = order.index(self.pane) if self.pane in order else 0
        self.go(order[(at + way) % len(order)])
