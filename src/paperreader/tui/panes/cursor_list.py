"""A list with a cursor: which line it is on, where on the screen that line is, and how keys and wheel move both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from paperreader.tui.panes.lines import Lines


class CursorList(Lines):
    """Knows how many items there are and how many screen lines each takes; what they are is for the class below.

    Where the cursor is *meant* to be on the screen is changed by acts only. A window that shrinks and grows again
    therefore shows what it showed before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        """The item that the cursor is on."""
        self.count = 0
        """How many items there are."""
        self.lines_each = 1
        """Screen lines of one item."""
        self.heads: Sequence[int] = ()
        """In ascending order, for each line that is no item's the item that it stands above."""
        self._row = 0
        self._astray = False
        self._height = 0
        self._settling = False

    def moved(self) -> None:
        """Called when the cursor has come to another item."""

    def fill(self, count: int, lines_each: int, cursor: int, row: int, heads: Sequence[int] = ()) -> None:
        """Other items: so many, so high, with the cursor on that one, drawn that many lines below the top."""
        self.count, self.lines_each, self.heads = count, lines_each, heads
        self.cursor = min(max(0, cursor), max(0, count - 1))
        self._row, self._astray = row, False
        self.set_extent(count * lines_each + len(heads))
        self._settle()

    def line_of(self, index: int) -> int:
        """The first line of an item."""
        return index * self.lines_each + bisect_right(self.heads, index)

    def item_at(self, line: int) -> tuple[int, int]:
        """The item that has a line, and which of its lines that is; below 0, from -1 upwards, those above it."""
        above = sum(1 for place, index in enumerate(self.heads) if index * self.lines_each + place < line)
        index, part = divmod(line - above, self.lines_each)
        if part == 0 and (rest := self.line_of(index) - line) > 0:
            return index, -rest
        return index, part

    def move_to(self, index: int) -> None:
        """Put the cursor there, or as near as the list goes, and into view."""
        index = min(max(0, index), max(0, self.count - 1))
        old, self.cursor = self.cursor, index
        self._row = min(max(0, self.line_of(index) - round(self.scroll_y)), self._lowest)
        self._astray = False
        self._settle()
        for changed in {old, index}:
            self.refresh_lines(self.line_of(changed), self.lines_each)
        if old != index:
            self.moved()

    @property
    def _lowest(self) -> int:
        """The last line of the window that an item's first line can have."""
        return max(0, self._height - self.lines_each)

    @property
    def _least(self) -> int:
        """The first line of the window that the cursor can have: what stands above its item is seen too."""
        return min(self.line_of(self.cursor) - self.line_of(self.cursor - 1) - self.lines_each, self._lowest)

    def _settle(self) -> None:
        """Scroll so that the cursor is drawn where it is meant to be, as far as the window reaches."""
        self._height = self.scrollable_content_region.height
        row = self._row if self._astray else min(max(self._least, self._row), self._lowest)
        self._settling = True
        self.scroll_target_y = self.scroll_y = max(0, self.line_of(self.cursor) - row)
        self._settling = False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember how far the wheel or the scrollbar took the lines from the cursor."""
        super().watch_scroll_y(old_value, new_value)
        if not self._settling and self._height == self.scrollable_content_region.height:
            self._row = self.line_of(self.cursor) - round(new_value)
            self._astray = not 0 <= self._row <= self._lowest

    def on_resize(self) -> None:
        """Another height must not lose the place."""
        self._settle()

    def action_down(self) -> None:
        """One item down."""
        self.move_to(self.cursor + 1)

    def action_up(self) -> None:
        """One item up."""
        self.move_to(self.cursor - 1)

    def _scroll_by(self, lines: int) -> None:
        items = max(1, abs(lines) // self.lines_each) * (1 if lines > 0 else -1)
        row = self._row
        self.move_to(self.cursor + items)
        self._row = row
        self._settle()

    def action_half_down(self) -> None:
        """Half a screen down; the cursor stays at its height."""
        self._scroll_by(self._height // 2)

    def action_half_up(self) -> None:
        """Half a screen up."""
        self._scroll_by(-(self._height // 2))

    def action_page_down(self) -> None:
        """A screen down, with one item of the last one still in view."""
        self._scroll_by(self._height - self.lines_each)

    def action_page_up(self) -> None:
        """A screen up."""
        self._scroll_by(self.lines_each - self._height)

    def action_top(self) -> None:
        """To the first item."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """To the last item."""
        self.move_to(self.count - 1)
