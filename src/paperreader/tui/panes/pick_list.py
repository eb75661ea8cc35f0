"""A short list in a dialog: lines of text with a cursor; those that have no room are reached by moving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from paperreader.tui.content import cut

_SIDES = 2
# Cells left and right of a line's text.


class Pick(NamedTuple):
    """One line."""

    key: str
    """What it is picked as."""
    text: Content
    aside: Content = Content("")
    """At the right end."""


class PickList(Widget):
    """Draws its lines, the one under the cursor on another ground; a click picks."""

    DEFAULT_CSS = """
    PickList { width: 100%; height: auto; color: $foreground; }
    """

    picks: reactive[Sequence[Pick]] = reactive((), layout=True)
    """The lines."""
    cursor: reactive[int] = reactive(0)
    """The line that keys act on."""
    most: reactive[int] = reactive(10, layout=True)
    """Lines that are shown at once."""

    @dataclass(eq=False)
    class Picked(Message):
        """A line was clicked."""

        pick: Pick

    @property
    def current(self) -> Pick | None:
        """The line under the cursor."""
        return self.picks[self.cursor] if 0 <= self.cursor < len(self.picks) else None

    def show(self, picks: Sequence[Pick], key: str | None = None) -> None:
        """Other lines, with the cursor on that one; where it is not among them, on the first."""
        self.picks = tuple(picks)
        keys = [pick.key for pick in picks]
        self.cursor = keys.index(key) if key in keys else 0
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """Move the cursor so many lines, as far as there are any."""
        self.cursor = min(max(0, self.cursor + by), max(0, len(self.picks) - 1))

    @property
    def _first(self) -> int:
        return min(max(0, self.cursor - self.most // 2), max(0, len(self.picks) - self.most))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line each, as many as are shown."""
        return min(self.most, len(self.picks))

    def render(self) -> Content:
        """Those that have a place; the first and the last say how many more there are."""
        first = self._first
        shown = list(self.picks[first : first + self.most])
        for at, hidden, where in ((0, first, "above"), (-1, len(self.picks) - first - len(shown), "below")):
            if hidden:
                more = Content.styled(f"{hidden:,} more {where}", "$muted")
                shown[at] = shown[at]._replace(aside=Content("  ").join(filter(None, [shown[at].aside, more])))
        lines = [self._line(pick, first + at == self.cursor) for at, pick in enumerate(shown)]
        return Content("\n").join(lines)

    def _line(self, pick: Pick, current: bool) -> Content:
        room = max(0, self.size.width - _SIDES)
        aside = cut(pick.aside, room)
        text = cut(pick.text, max(0, room - aside.cell_length - (1 if aside else 0)))
        space = " " * max(0, room - text.cell_length - aside.cell_length)
        line = Content.assemble(" ", text, space, aside, " ")
        return line.stylize_before("$cursor-style on $cursor") if current else line

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        index = self._first + event.y
        if 0 <= index < len(self.picks):
            self.cursor = index
            self.post_message(self.Picked(self.picks[index]))
