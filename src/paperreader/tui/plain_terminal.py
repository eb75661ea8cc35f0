"""A terminal whose locale is not UTF-8, or whose owner asked for ASCII: it gets nothing of ours that it cannot show."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar, ScrollBarRender

_LIKE: Mapping[str, str] = {
    "~": "\u2026",
    '"': "\u201c\u201d\u201e\u201f\u2033",
    "'": "\u2018\u2019\u201a\u201b\u2032",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7\u2500\u2501\u2550\u2581\u2594",
    "|": "\u2502\u2503\u2551\u258c\u2590\u258f\u2595",
    "#": "\u2588\u2580\u2584",
    "+": "\u256d\u256e\u256f\u2570\u250c\u2510\u2514\u2518\u251c\u2524\u252c\u2534\u253c",
    "x": "\u00d7",
    "*": "\u2022\u25cf\u2605",
    "<": "\u2190\u2039",
    ">": "\u2192\u203a\u25b6\u25b8",
    "^": "\u2191\u25b2",
    "v": "\u2193\u25bc",
}
"""For each sign of ASCII the typographic ones that it stands for; all are one cell wide, so that no line moves."""
_SIGNS = {sign: plain for plain, signs in _LIKE.items() for sign in signs}


@lru_cache(4096)
def plain(sign: str) -> str:
    """What stands for one character in as many cells: a sign like it, its letter without accents, else `?`."""
    if sign.isascii():
        return sign
    if sign in _SIGNS:
        return _SIGNS[sign]
    cells = cell_len(sign)
    bare = "".join(part for part in normalize("NFKD", sign) if part.isascii() and part.isprintable())
    return bare if bare and len(bare) == cells else "?" * cells


class PlainSigns(LineFilter):
    """For `App.get_line_filters`: titles, texts and sentences in ASCII, cell by cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in signs of ASCII; a control code is left alone."""
        return [
            Segment(text, style, control)
            if control or text.isascii()
            else Segment("".join(map(plain, text)), style, control)
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
