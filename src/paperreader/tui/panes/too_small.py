"""What covers the screen while the terminal is too small for it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

WIDTH, HEIGHT = 40, 10
"""The least that the panes are drawn on."""


class TooSmall(Widget):
    """Says what is the matter, in whatever room there is."""

    DEFAULT_CSS = """
    TooSmall {
        layer: above;
        dock: top;
        width: 100%;
        height: 100%;
        background: $background;
        color: $muted;
        content-align: center middle;
        text-align: center;
    }
    """

    def render(self) -> Content:
        """How large it would have to be."""
        size = self.app.size
        return Content(f"Too small: {size.width}×{size.height}.\n{WIDTH}×{HEIGHT} is enough.")
