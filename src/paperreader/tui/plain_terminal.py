"""A terminal whose locale is not UTF-8, or whose owner asked for ASCII: it gets nothing of ours that it cannot show."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar, ScrollBarRender

_LIKE: Mapping[str, str] = {
    "~": "\u2026",
    '"': "\u201c\u201d\u201e\u201f\u2033",
    "'": "\u2018\u2019\u201a\u201b\u2032",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7",
    "x": "\u00d7",
    "*": "\u2022",
    "<": "\u2190",
    ">": "\u2192",
    "^": "\u2191",
    "v": "\u2193",
}
"""For each sign of ASCII the typographic ones that it stands for; all are one cell wide, so that no line moves.
Letters are left alone: a question mark tells more than a wrong letter."""
_SIGNS = {ord(sign): plain for plain, signs in _LIKE.items() for sign in signs}


class PlainSigns(LineFilter):
    """For `App.get_line_filters`: the signs in titles, texts and sentences for which ASCII has something like."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in signs of ASCII, where there are such."""
        return [
            Segment(text, style, control) if text.isascii() else Segment(text.translate(_SIGNS), style, control)
            for text, style, control in segments
        ]


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
