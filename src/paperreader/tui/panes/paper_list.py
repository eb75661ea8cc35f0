"""The list: any number of papers, of which only the lines in view are read and drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from paperreader.errors import PaperReaderError
from paperreader.paper import Row
from paperreader.tui.content import Spans
from paperreader.tui.glyphs import UNICODE, Glyphs
from paperreader.tui.keys import bindings
from paperreader.tui.listing import Listing
from paperreader.tui.panes.choosing_list import ChoosingList
from paperreader.tui.panes.row_line import Columns, Look, heading_line, heading_room, passage_line, title_line
from paperreader.tui.place import Place

_STRIPS_KEPT = 512
_MARGIN = 4


class Hits(NamedTuple):
    """What a question adds to the list: its words in a title, and the passage under it."""

    in_title: Callable[[str], Spans]
    """Where the question's words are in a title, in characters."""
    passages: Callable[[Sequence[int], int], Mapping[int, tuple[str, Spans]]]
    """For some papers and a width in cells, the best passage of each with its hits."""


class PaperList(ChoosingList):
    """Shows a Listing; knows where the cursor is, and nothing about why these papers are listed."""

    BINDINGS = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"paper-list--{name}" for name in ("cursor", "blurred", "muted", "near", "link", "yours", "rising", "match")
    }
    DEFAULT_CSS = """
    PaperList {
        background: $background;
        color: $foreground;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        & > .paper-list--cursor { background: $cursor; text-style: $cursor-style; }
        & > .paper-list--blurred { background: $cursor-blurred; text-style: $cursor-blurred-style; }
        & > .paper-list--muted { color: $muted; }
        & > .paper-list--near { color: $muted-near; }
        & > .paper-list--link { color: $link; }
        & > .paper-list--yours { color: $yours; }
        & > .paper-list--rising { color: $rising; }
        & > .paper-list--match { color: $yours; text-style: $match-style; }
    }
    """

    glyphs: reactive[Glyphs] = reactive(UNICODE)
    """The signs of this terminal."""
    nothing: reactive[Content] = reactive(Content(""))
    """What is said where there is no paper."""

    @dataclass(eq=False)
    class CursorMoved(Message):
        """The cursor stands on another paper, or on none."""

        rid: int | None
        """Which paper."""

        def can_replace(self, message: Message) -> bool:
            """Only the last move of several counts."""
            return isinstance(message, PaperList.CursorMoved)

    @dataclass(eq=False)
    class OpenPaper(Message):
        """Somebody wants to read this paper."""

        rid: int
        """Which one."""

    @dataclass(eq=False)
    class Unreadable(Message):
        """The rows of this part cannot be read now."""

        error: PaperReaderError
        """Why."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: Hits | None = None
        self._votes = self._rated = False
        self._strips: dict[tuple[int, int], Strip] = {}
        self._passages: dict[tuple[int, int], Mapping[int, tuple[str, Spans]]] = {}
        self._looks: dict[str, Look] = {}
        self._empty: list[Strip] | None = None
        self._headings: list[str] = []

    # What it is told

    def show(self, listing: Listing, place: Place, hits: Hits | None = None) -> None:
        """Show these papers with the cursor at that place: on its paper, else where it stood."""
        found = listing.index_of(place.rid)
        self.listing, self.hits = listing, hits
        self._passages.clear()
        self.redraw()
        self._wrap()
        self.fill(len(listing), 2 if hits else 1, place.at if found is None else found, place.row, self.heads)
        self.seek_chosen()
        self.moved()

    def redraw(self) -> None:
        """Draw every line anew: rows, styles or widths have changed."""
        self._strips.clear()
        self._looks.clear()
        self._empty = None
        super().redraw()

    def rows_changed(self) -> None:
        """Read and draw again: something about the papers has changed, not their order."""
        self.listing.forget_rows()
        self.redraw()

    @property
    def rid(self) -> int | None:
        """The paper under the cursor."""
        return self.listing.rid_at(self.cursor)

    @property
    def place(self) -> Place:
        """Where we are."""
        return Place(self.rid, self.cursor, self._row)

    def moved(self) -> None:
        """Tell which paper the cursor is on now."""
        self.stretch()
        self.post_message(self.CursorMoved(self.rid))

    def on_resize(self) -> None:
        """Another width draws other lines."""
        self.redraw()
        self._wrap()
        self.set_extent(self.count * self.lines_each + len(self.heads))

    def action_open(self) -> None:
        """Ask for the paper under the cursor to be read."""
        if self.rid is not None:
            self.post_message(self.OpenPaper(self.rid))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without papers there is nowhere to go and nothing to read."""
        return True if self.count else None

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Go to the paper that was clicked; twice: read it; with Ctrl: choose it too."""
        index, part = self.item_at(round(self.scroll_y) + event.y)
        if index < len(self.listing) and part >= 0:
            self.move_to(index)
            if event.ctrl:
                self.toggle(index)
            elif event.chain == 2:
                self.action_open()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width = self.scrollable_content_region.width
        if not self.listing:
            return self._nothing_line(y, width)
        index, part = self.item_at(round(self.scroll_y) + y)
        if index >= len(self.listing):
            return Strip.blank(width, self.rich_style)
        if part < 0:
            return self._heading(self._headings[self.line_of(index) - index * self.lines_each + part], width)
        key = (index, part if index != self.cursor else -1 - part - 2 * self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[key] = self._draw(index, part, width)
        return strip

    def _wrap(self) -> None:
        """Long headings are told in several lines: where a mail did not go out, the last word says what to do."""
        lines = self.listing.heading_lines(heading_room(self.scrollable_content_region.width))
        self.heads, self._headings = tuple(at for at, _ in lines), [line for _, line in lines]

    def _heading(self, text: str, width: int) -> Strip:
        return heading_line(text, width, self._look("plain"))

    def _draw(self, index: int, part: int, width: int) -> Strip:
        look = self._look("plain" if index != self.cursor else "cursor" if self.has_focus else "blurred")
        row = self._row_at(index)
        if row is None:
            return Strip([Segment(" " * width, look.title)])
        self._widen_for(row)
        trend, chosen = self.listing.trend, self.is_chosen(index, row.rid)
        columns = Columns.of(width, votes=self._votes, moves=trend is not None, rated=self._rated)
        if part:
            text, spans = self._passage(index, width - columns.indent - 3).get(row.rid, ("", ()))
            return passage_line(text, spans, columns, width, look, chosen=chosen)
        place = trend.places.get(row.rid) if trend is not None else None
        spans = self.hits.in_title(row.title) if self.hits else ()
        moved = place.moved if place is not None else 0
        return title_line(row, spans, columns, look, moved, chosen=chosen)

    def _widen_for(self, row: Row) -> None:
        """A column comes with the first paper that has votes, or stars, and stays: lines must not shift to and fro."""
        votes, rated = self._votes or row.votes is not None, self._rated or row.rating is not None
        if (votes, rated) != (self._votes, self._rated):
            self._votes, self._rated = votes, rated
            self.call_later(self.redraw)

    def _row_at(self, index: int) -> Row | None:
        try:
            return self.listing.row_at(index)
        except PaperReaderError as error:
            self.post_message(self.Unreadable(error))
            return None

    def _passage(self, index: int, width: int) -> Mapping[int, tuple[str, Spans]]:
        assert self.hits is not None
        page = self.listing.page_of(index)
        key = (page[0], width)
        if key not in self._passages:
            try:
                self._passages[key] = self.hits.passages(page, width)
            except PaperReaderError as error:
                self.post_message(self.Unreadable(error))
                self._passages[key] = {}
        return self._passages[key]

    def _nothing_line(self, y: int, width: int) -> Strip:
        if self._empty is None:
            inside = max(1, width - 2 * _MARGIN)
            self._empty = Visual.to_strips(self, self.nothing, inside, None, self.visual_style)
        above = min(1, max(0, self.size.height - len(self._empty)))
        if not 0 <= y - above < len(self._empty):
            return Strip.blank(width, self.rich_style)
        margin = Strip.blank(_MARGIN, self.rich_style)
        return Strip.join([margin, self._empty[y - above]]).extend_cell_length(width, self.rich_style)

    def _look(self, state: str) -> Look:
        look = self._looks.get(state)
        if look is None:
            look = self._looks[state] = self._made_look(state)
        return look

    def _made_look(self, state: str) -> Look:
        base = self.rich_style
        if state != "plain":
            base += self._part(state)
        grey = base + self._part("muted" if state == "plain" else "near")
        quiet = grey + Style(bold=False)
        return Look(
            title=base,
            seen=grey,  # bold under the cursor: its ground alone is faint while another pane has the focus
            muted=quiet,
            unread=base + self._part("link"),
            star=base + self._part("yours"),
            rising=base + self._part("rising"),
            match=base + self._part("match"),
            glyphs=self.glyphs,
        )

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"paper-list--{name}", partial=True)

    def watch_glyphs(self) -> None:
        """Other signs."""
        self.redraw()

    def watch_nothing(self) -> None:
        """Another sentence."""
        self._empty = None
        if not self.listing:
            self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self.redraw()
