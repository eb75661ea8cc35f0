"""Text from outside -> what a widget may show: Textual's Content, never markup.

Positions of spans count characters of the text that was handed in; where showing it changes its length (TeX made
readable, invisible characters gone), they are moved along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, chop_cells
from textual.content import Content, Span
from textual.style import Style

from paperreader.plain import printable, web_address
from paperreader.tui.edit import TEX_SIGNS, Edit

Spans = Iterable[tuple[int, int]]
"""Begins and ends, in characters."""

MATCH = "$match-style $yours"
"""How a match looks: `$match-style` tells it where there is no colour."""


def as_shown(text: str, spans: Spans = (), *, tex: bool = True) -> tuple[str, list[tuple[int, int]]]:
    """The text as one may put it on a terminal, TeX readable where that is certain, and its spans moved along."""
    made = _readable(text) if tex and not TEX_SIGNS.isdisjoint(text) else []
    hidden = _hidden(text) if printable(text) != text and len(printable(text)) != len(text) else []
    changes = _merged(made, hidden)
    if not changes:
        return printable(text), [(start, end) for start, end in spans if start < end]
    moved = ((_moved(start, changes, after=False), _moved(end, changes, after=True)) for start, end in spans)
    return printable(_applied(text, changes)), [(start, end) for start, end in moved if start < end]


def styled(text: str, spans: Spans = (), *, style: str = "", match: str = MATCH, tex: bool = True) -> Content:
    """The text in one style, its spans in another."""
    plain, moved = as_shown(text, spans, tex=tex)
    whole = [Span(0, len(plain), style)] if style and plain else []
    return Content(plain, [*whole, *(Span(start, end, match) for start, end in moved)])


def cut(content: Content, width: int, ellipsis: str = "…") -> Content:
    """The content on one line of at most `width` cells, with the ellipsis where something was left out."""
    if content.cell_length <= width:
        return content
    room = width - cell_len(ellipsis)
    if room < 0:
        return Content("")
    kept = kept_characters(content.plain, room)
    head = content[:kept]
    return head.rstrip().append(ellipsis) if head else Content(ellipsis)


def kept_characters(text: str, width: int) -> int:
    """How many characters fit into `width` cells, from the left."""
    if cell_len(text) <= width:
        return len(text)
    first = chop_cells(text, width)[0] if width > 0 else ""
    return len(first) if cell_len(first) <= width else 0


def paragraph(content: Content, measure: int) -> list[Content]:
    """The content on lines of at most `measure` cells, broken between words where there are any."""
    return content.wrap(max(2, measure))


def link(text: str, url: str, style: str = "underline $link") -> Content:
    """A hyperlink that the terminal itself may open (OSC 8); what is no web address is shown as text alone."""
    content = styled(text, style=style, tex=False)
    target = web_address(url)
    return content.add_spans([Span(0, len(content.plain), Style(link=target))]) if target else content


def joined(pieces: Sequence[Content], between: str, style: str = "") -> Content:
    """The pieces with a separator in its own style."""
    return Content.styled(between, style).join(pieces) if style else Content(between).join(pieces)


def _readable(text: str) -> list[Edit]:
    """What to replace so that its TeX is readable."""
    from paperreader.tui.tex import edits  # 2 ms at the start

    return edits(text)


def _hidden(text: str) -> list[Edit]:
    """Characters that are not shown at all."""
    return [Edit(at, at + 1, "") for at, character in enumerate(text) if not printable(character)]


def _merged(made: list[Edit], hidden: list[Edit]) -> list[Edit]:
    """Both in order; what lies inside a greater edit is part of it already."""
    outside = [edit for edit in hidden if not any(big.start <= edit.start < big.end for big in made)]
    return sorted([*made, *outside], key=lambda edit: edit.start)


def _applied(text: str, changes: Sequence[Edit]) -> str:
    parts, at = [], 0
    for change in changes:
        parts += [text[at : change.start], change.new]
        at = change.end
    return "".join([*parts, text[at:]])


def _moved(place: int, changes: Sequence[Edit], *, after: bool) -> int:
    """Where a place of the old text lies in the new; inside a change: its begin, or its end if `after`."""
    shift = 0
    for change in changes:
        if place <= change.start:
            break
        length = len(printable(change.new))
        if place < change.end:
            return change.start + shift + (length if after else 0)
        shift += length - (change.end - change.start)
    return place + shift
