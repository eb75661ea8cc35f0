"""The text of the paper under the cursor, as a page one can scroll; only the lines in view are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from paperreader.paper import Paper
from paperreader.tui.content import Spans, cut, paragraph
from paperreader.tui.glyphs import UNICODE, Glyphs
from paperreader.tui.keys import bindings
from paperreader.tui.panes.detail_more import NOTHING, More
from paperreader.tui.panes.detail_page import LINK, MEASURE, UNFOLD, Link, Marking, OneLine, Page, Part, page
from paperreader.tui.panes.lines import Lines
from paperreader.tui.panes.spacing import apart


def no_hits(text: str, part: Part) -> Spans:
    """Of no question."""
    return ()


_MARGIN = 2
# Cells left and right of the text.


class PaperDetail(Lines):
    """Shows one paper; says when it was looked at for long enough."""

    BINDINGS = bindings("detail")
    DEFAULT_CSS = """
    PaperDetail {
        background: $surface;
        color: $foreground;
        scrollbar-background: $surface;
        scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
    }
    """

    glyphs: reactive[Glyphs] = reactive(UNICODE)
    """The signs of this terminal."""
    read_after: reactive[float] = reactive(0.0)
    """Seconds at rest after which a paper counts as read; 0: never by resting."""
    above: reactive[int] = reactive(0)
    """Empty lines above the title, where the window can spare them."""
    watched: reactive[bool] = reactive(True)
    """Whether somebody may be reading: the pane is shown, and nothing is typed or laid over it."""

    @dataclass(eq=False)
    class Rested(Message):
        """The paper was shown for long enough to count as read."""

        rid: int
        """Which one."""

    @dataclass(eq=False)
    class OpenLink(Message):
        """Somebody wants to go there."""

        url: str
        """A web address."""

    def __init__(self) -> None:
        super().__init__()
        self.paper: Paper | None = None
        self.more: Callable[[Paper], More] = lambda paper: NOTHING
        """Tells what is known beside a paper; asked whenever one is shown."""
        self.keymap: Mapping[str, str] = {}
        """The person's own keys."""
        self._more = NOTHING
        self.all_authors = False
        self.chosen: int | None = None
        self._hits: Marking = no_hits
        self._page = Page((), ())
        self._lines: list[Content] = []
        self._strips: dict[int, Strip] = {}
        self._rest: Timer | None = None
        self._wanted = 0
        self._width = 0
        self._height = 0
        self._stale = True
        self._settling = False

    # What it is told

    def show(self, paper: Paper | None, hits: Marking = no_hits) -> None:
        """Show this paper; another one from its first line on, the same one (marked meanwhile) where it was."""
        other = self.paper is None or paper is None or paper.rid != self.paper.rid
        self.paper, self._hits = paper, hits
        self._more = NOTHING if paper is None else self.more(paper)
        if other:
            self.all_authors, self.chosen, self._wanted = False, None, 0
            self.rest()
        self.lay_out()

    def lay_out(self) -> None:
        """Make the page anew, and its lines for the width there is."""
        focused = self.has_focus
        self._page = (
            Page((), ())
            if self.paper is None
            else page(
                self.paper,
                self._hits,
                self.glyphs,
                all_authors=self.all_authors,
                chosen=self.chosen if focused else None,
                bright=focused,
                more=self._more,
                keymap=self.keymap,
            )
        )
        self._stale = True
        if self.is_mounted:
            self.refresh()
            self.call_later(self._measure)

    def _measured(self) -> int:
        """Cells of the longest line that has a place."""
        return max(2, min(MEASURE, self.scrollable_content_region.width - 2 * _MARGIN))

    def _break(self) -> None:
        """Break the page into lines, at the moment when they are drawn: only then the width is known for certain."""
        width = self._measured()
        if not self._stale and width == self._width:
            return
        self._width, self._stale = width, False
        self._lines = [line for part in self._page.paragraphs for line in _broken(part, width)]
        self._strips.clear()

    def _measure(self) -> None:
        """Tell how long the page is, and go to the line that was read."""
        self._break()
        self.set_extent(self.above + len(self._lines) + 1)
        self._settle()

    def _settle(self) -> None:
        self._settling = True
        self.scroll_target_y = self.scroll_y = self._wanted
        self._settling = False

    @property
    def links(self) -> tuple[Link, ...]:
        """Where one can go from this paper."""
        return self._page.links

    # At rest

    def rest(self) -> None:
        """Begin to count the seconds at rest, from now on."""
        self.rest_no_more()
        if self.read_after > 0 and self.watched and self.paper is not None and self.paper.read is None:
            self._rest = self.set_timer(self.read_after, self._rested)

    def rest_no_more(self) -> None:
        """Do not count: the person has just said whether it is read."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _rested(self) -> None:
        if self.paper is not None:
            self.post_message(self.Rested(self.paper.rid))

    def watch_watched(self) -> None:
        """Somebody looks away, or looks again."""
        self.rest()

    # Keys and mouse

    def _scroll_by(self, lines: int) -> None:
        self.scroll_target_y = self.scroll_y = round(self.scroll_y) + lines

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember where somebody is in the text, for when the window has shrunk and grows again."""
        super().watch_scroll_y(old_value, new_value)
        if not self._settling and self._height == self.size.height:
            self._wanted = round(new_value)

    def action_down(self) -> None:
        """A line down."""
        self._scroll_by(1)

    def action_up(self) -> None:
        """A line up."""
        self._scroll_by(-1)

    def action_half_down(self) -> None:
        """Half a screen down."""
        self._scroll_by(self.size.height // 2)

    def action_half_up(self) -> None:
        """Half a screen up."""
        self._scroll_by(-(self.size.height // 2))

    def action_page_down(self) -> None:
        """A screen down, with one line of the last one still in view."""
        self._scroll_by(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """A screen up."""
        self._scroll_by(-max(1, self.size.height - 1))

    def action_top(self) -> None:
        """To the first line."""
        self._scroll_by(-len(self._lines))

    def action_bottom(self) -> None:
        """To the last line."""
        self._scroll_by(len(self._lines))

    def action_next_link(self) -> None:
        """Choose the next link."""
        self._choose(1)

    def action_previous_link(self) -> None:
        """Choose the link before."""
        self._choose(-1)

    def _choose(self, way: int) -> None:
        count = len(self.links)
        if count:
            start = -1 if self.chosen is None and way > 0 else self.chosen or 0
            self.chosen = (start + way) % count
            self.lay_out()

    def action_follow(self) -> None:
        """Go where the chosen link leads."""
        if self.chosen is not None:
            self.post_message(self.OpenLink(self.links[self.chosen].url))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot work now."""
        if action in ("next_link", "previous_link") and not self.links:
            return None
        return None if action == "follow" and self.chosen is None else True

    def fold_authors(self) -> None:
        """Name all authors, or only the first again."""
        self.all_authors = not self.all_authors
        self.lay_out()

    def on_click(self, event: events.Click) -> None:
        """Go where a link leads; unfold the authors."""
        meta = event.style.meta
        if LINK in meta:
            self.post_message(self.OpenLink(self.links[meta[LINK]].url))
        elif UNFOLD in meta:
            self.fold_authors()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        self._break()
        line = round(self.scroll_y) + y - self.above
        strip = self._strips.get(line)
        if strip is None:
            width = self.scrollable_content_region.width
            margin = Content(" " * _MARGIN)
            inside = 0 <= line < len(self._lines)
            content = margin.append(self._lines[line]) if inside else margin
            strip = self._strips[line] = Strip(apart(self.drawn(content, width)), width)
        return strip

    def on_resize(self) -> None:
        """Another width breaks other lines; another height must not lose the place."""
        self._height = self.size.height
        self._strips.clear()
        self._measure()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The heading gets brighter, or darker again. (`on_focus` is called before the pane has it.)"""
        super().watch_has_focus(has_focus)
        self.lay_out()

    def watch_glyphs(self) -> None:
        """Other signs."""
        self.lay_out()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._strips.clear()
        self.refresh()


def _broken(part: Content, width: int) -> list[Content]:
    return [cut(part, width)] if isinstance(part, OneLine) else paragraph(part, width) if part else [part]
