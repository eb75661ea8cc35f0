"""A line between two panes, for terminals on which they stand on the same ground."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from paperreader.tui.glyphs import UNICODE, Glyphs


class Divider(Widget):
    """Drawn across or down, as its place in the layout wants it."""

    DEFAULT_CSS = """
    Divider { display: none; color: $faint; background: $background; width: 100%; height: 1; }
    """

    glyphs: reactive[Glyphs] = reactive(UNICODE)
    """The signs of this terminal."""

    def render(self) -> Content:
        """One line of rules, or one column of dividers."""
        width, height = self.size
        return Content(self.glyphs.rule * width if width > 1 else "\n".join([self.glyphs.divider] * height))
