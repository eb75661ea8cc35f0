"""The signs of the screen, and what stands for them where the terminal has only ASCII."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Mapping
from typing import NamedTuple

_FEW_SIGNS = r"(linux|dumb|ansi|cons25|vt\d+)(-|$)"
"""Values of TERM: the Linux console's fonts have 256 or 512 signs, no star among them."""


class Glyphs(NamedTuple):
    """One set of signs, each one cell wide (the ellipsis too)."""

    chosen: str
    """At the edge of a paper that is chosen; of many below each other one line."""
    unread: str
    """Before a paper that is unread."""
    reading: str
    """Before a paper that one is reading."""
    dismissed: str
    """Before one that was dismissed."""
    star: str
    """Before a bookmark."""
    rated: str
    """As often as a paper has stars of the person's."""
    noted: str
    """Before a paper with a note."""
    rising: str
    """Before a paper that moved up."""
    falling: str
    """Before one that moved down."""
    revised: str
    """Before a bookmark of which a newer version has come."""
    votes: str
    """Before a number of votes."""
    ellipsis: str
    """Where a text was cut."""
    prompt: str
    """Before the question."""
    rule: str
    """Repeated: a line between two parts."""
    divider: str
    """A line between two panes that stand beside each other."""
    dot: str
    """Between two facts on one line."""
    full: str
    """A whole cell of a bar."""
    eighths: str
    """Parts of a cell of a bar from the left, growing; empty where bars have whole cells only."""
    levels: str
    """The steps of a sparkline, growing."""
    reached: str
    """A cell of a progress bar."""
    ahead: str
    """A cell of it that is not yet reached."""
    tick: str
    """Something is chosen or done."""
    struck: str
    """Something does not count."""
    apostrophe: str
    """Before a year of two digits."""


UNICODE = Glyphs(
    chosen="▌",
    unread="•",
    reading="◐",
    dismissed="×",
    star="★",
    rated="★",
    noted="✎",
    rising="↑",
    falling="↓",
    revised="↻",
    votes="▲",
    ellipsis="…",
    prompt="›",
    rule="─",
    divider="│",
    dot="·",
    full="█",
    eighths="▏▎▍▌▋▊▉",
    levels="▁▂▃▄▅▆▇█",
    reached="━",
    ahead="─",
    tick="✓",
    struck="×",
    apostrophe="’",
)
ASCII = Glyphs(
    chosen="#",
    unread="*",
    reading="o",
    dismissed="x",
    star="!",
    rated="*",
    noted="=",
    rising="^",
    falling="v",
    revised="+",
    votes="^",
    ellipsis="~",
    prompt=">",
    rule="-",
    divider="|",
    dot="-",
    full="#",
    eighths="",
    levels="_.-=+*%#",
    reached="=",
    ahead="-",
    tick="+",
    struck="x",
    apostrophe="'",
)


def is_ascii(environ: Mapping[str, str] | None = None, encoding: str | None = None) -> bool:
    """Whether to use ASCII only: `PAPERREADER_ASCII` says so, else a terminal of few signs or a locale not UTF-8."""
    environ = os.environ if environ is None else environ
    asked = environ.get("PAPERREADER_ASCII", "").strip().lower()
    if asked:
        return asked not in ("0", "no", "false", "off")
    return re.match(_FEW_SIGNS, environ.get("TERM", "")) is not None or not _is_utf8(environ, encoding)


def choose(environ: Mapping[str, str] | None = None, encoding: str | None = None) -> Glyphs:
    """The set for this terminal."""
    return ASCII if is_ascii(environ, encoding) else UNICODE


def bar(part: float, width: int, glyphs: Glyphs) -> str:
    """A bar of at most `width` cells for a part of 0 to 1; whatever is more than nothing shows at least a trace."""
    part = min(max(part, 0.0), 1.0)
    if not glyphs.eighths:
        return glyphs.full * (max(1, round(part * width)) if part and width else 0)
    cells, eighth = divmod(max(1, round(part * width * 8)) if part and width else 0, 8)
    return glyphs.full * cells + (glyphs.eighths[eighth - 1] if eighth else "")


def sparkline(values: list[int] | tuple[int, ...], glyphs: Glyphs) -> str:
    """One sign a value, from the lowest to the highest of them; equal values lie at the bottom."""
    if not values:
        return ""
    low, high = min(values), max(values)
    steps = len(glyphs.levels) - 1
    return "".join(glyphs.levels[(value - low) * steps // (high - low) if high > low else 0] for value in values)


def _is_utf8(environ: Mapping[str, str], encoding: str | None) -> bool:
    """The locale's variables in their order of weight, as POSIX has them; Python's UTF-8 mode hides a C locale."""
    if encoding is None:
        named = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG")
        encoding = named if named else locale.getencoding()
    name = encoding.lower().replace("-", "").replace("_", "")
    return "utf8" in name
