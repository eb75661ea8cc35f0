"""A note in Markdown as lines of the screen: the little of it that people write by hand. Text in, Content out.

Headings, lists, quotes, rules, code, bold, italic, links; what is anything else is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content

from paperreader.tui.content import link, styled
from paperreader.tui.glyphs import Glyphs

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_ITEM = re.compile(r"(\s*)([-*+])\s+(.*)")
_NUMBERED = re.compile(r"(\s*)(\d{1,9}[.)])\s+(.*)")
_QUOTE = re.compile(r"\s*>\s?(.*)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*$")
_FENCE = re.compile(r"\s*(```|~~~)")
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|(?<![\w*])\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*(?![\w*])"
    r"|(?<!\w)_(?P<slanted>[^_\s](?:[^_]*[^_\s])?)_(?!\w)"
    r"|\[(?P<label>[^\]]+)\]\((?P<target>https?://[^\s)]+)\)"
    r"|(?P<url>https?://[^\s<>()]*[^\s<>().,;:!?])"
)
_RULED = 12
# Cells of a rule.


def lines(note: str, glyphs: Glyphs) -> list[Content]:
    """One paragraph an entry; an empty one is an empty line."""
    drawn: list[Content] = []
    fenced = False
    for written in note.splitlines():
        line = written.expandtabs(4).rstrip()
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            drawn.append(styled(line, style="$muted", tex=False) if line else Content(""))
        elif line or (drawn and drawn[-1]):
            drawn.append(_line(line, glyphs) if line else Content(""))
    return drawn


def _line(line: str, glyphs: Glyphs) -> Content:
    if _RULE.match(line):
        return Content.styled(glyphs.rule * _RULED, "$faint")
    if found := _HEADING.match(line):
        return _inline(found[1]).stylize_before("bold")
    if found := _ITEM.match(line) or _NUMBERED.match(line):
        sign = found[2] if found[2][0].isdigit() else glyphs.dot
        return Content.assemble(" " * len(found[1]), (sign, "$muted"), " ", _inline(found[3]))
    if found := _QUOTE.match(line):
        return Content.assemble((f"{glyphs.divider} ", "$faint"), _inline(found[1], "italic $muted"))
    return _inline(line)


def _inline(text: str, style: str = "$foreground") -> Content:
    return Content.assemble(*_pieces(text, style))


def _pieces(text: str, style: str) -> Iterator[Content]:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield styled(text[at : found.start()], style=style)
        yield _piece(found, style)
        at = found.end()
    if at < len(text):
        yield styled(text[at:], style=style)


def _piece(found: re.Match[str], style: str) -> Content:
    if code := found["code"]:
        return styled(code, style="$muted", tex=False)
    if bold := found["bold"]:
        return styled(bold, style=f"bold {style}")
    if italic := found["italic"] or found["slanted"]:
        return styled(italic, style=f"italic {style}")
    if url := found["url"]:
        return link(url, url)
    return link(found["label"], found["target"])
