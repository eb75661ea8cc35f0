"""A terminal whose locale is not UTF-8, or whose owner asked for ASCII: it gets nothing of ours that it cannot show."""

from __future__ import annotations

import io
import sys

from textual.scrollbar import ScrollBar, ScrollBarRender


class PlainScrollBar(ScrollBarRender):
    """A scroll bar of coloured and reversed spaces only, without parts of cells."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8


def make_plain() -> None:
    """Before the app runs, where `glyphs.is_ascii()`: plain scroll bars, and a question mark for what has no byte.

    Python writes what the encoding has not as six signs (\\u2192), which would push the rest of the line away.
    """
    ScrollBar.renderer = PlainScrollBar
    for stream in (sys.__stderr__, sys.__stdout__):
        if isinstance(stream, io.TextIOWrapper) and "utf" not in stream.encoding.lower():
            stream.reconfigure(errors="replace")
