"""The counts beside an answer as lines of the shelf: of each kind as many values as there is room for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from paperreader.library.narrowing import has
from paperreader.tui.glyphs import Glyphs
from paperreader.tui.panes.shelf import Entry

if TYPE_CHECKING:
    from paperreader.library.facets import Facet, FacetValue

COUNTED = 12
"""Values of a kind that are counted; years may be more, the latest are shown."""
_FEWEST = 2
_HEADINGS = {"has": "Has"}


class Narrow(NamedTuple):
    """Put this condition into the question, or take it out."""

    condition: str


class Unfold(NamedTuple):
    """Show all values of a kind."""

    name: str


class Narrowed(NamedTuple):
    """What is counted."""

    question: str
    """What was asked."""
    size: int
    """How many papers answer."""


def entries(
    facets: Sequence[Facet], narrowed: Narrowed, lines: int, unfolded: Collection[str], glyphs: Glyphs
) -> list[Entry]:
    """The lines, at most about `lines` of them; kinds that tell nothing of these papers are left out."""
    question = narrowed.question
    telling = [facet for facet in facets if _tells(facet, question, narrowed.size)]
    each = _FEWEST
    while each < COUNTED and sum(_height(facet, each + 1) for facet in telling) <= lines:
        each += 1
    told: list[Entry] = []
    for facet in telling:
        told += [Entry("")] if told else []
        told += _of(facet, question, COUNTED if facet.name in unfolded else each, glyphs)
    return told


def _tells(facet: Facet, question: str, size: int) -> bool:
    """One value that all papers have narrows nothing."""
    first = facet.values[0]
    return len(facet.values) > 1 or first.count < size or has(question, first.condition)


def _height(facet: Facet, each: int) -> int:
    return 2 + min(len(facet.values), each)


def _of(facet: Facet, question: str, each: int, glyphs: Glyphs) -> Iterator[Entry]:
    yield Entry(_HEADINGS.get(facet.name) or facet.label.capitalize())
    most = max(value.count for value in facet.values)
    active = [value for value in facet.values[each:] if has(question, value.condition)]
    shown = [*facet.values[: each - len(active)], *active]
    left = len(facet.values) - len(shown)
    if left > 0 and len(active) < len(shown):
        shown = shown[:-1] if not active else [*shown[: -len(active) - 1], *active]
    for value in shown:
        yield _value(value, most, question, glyphs)
    if len(shown) < len(facet.values):
        yield Entry(f"more{glyphs.ellipsis}", Unfold(facet.name), style="$muted")


def _value(value: FacetValue, most: int, question: str, glyphs: Glyphs) -> Entry:
    on = has(question, value.condition)
    return Entry(
        value.value,
        Narrow(value.condition),
        f"{value.count:,}",
        value.count / most,
        glyphs.tick if on else "",
        "$yours" if on else "$foreground",
    )
