"""The terms by which similar papers were found, as lines of the shelf: their weights, and which are struck out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from paperreader.tui.glyphs import Glyphs
from paperreader.tui.panes.shelf import Entry

if TYPE_CHECKING:
    from paperreader.search.finding import Term

_STEP = 1.5
_HEAVIEST = 10.0


class Wanted(NamedTuple):
    """A term, to be struck out, taken in again, or weighed otherwise."""

    word: str


class Likeness(NamedTuple):
    """What papers are sought by."""

    rids: tuple[int, ...]
    """The papers that they shall be like."""
    unlike: tuple[int, ...] = ()
    """Those that they shall be unlike."""
    title: str = ""
    """In words: the paper's title, or how many they are."""
    terms: Sequence[Term] = ()
    """The terms as the papers say them, weightiest first."""
    struck: frozenset[str] = frozenset()
    """Which of them do not count."""
    weights: Mapping[str, float] = {}
    """What some of them weigh as the person wants it."""

    def toggled(self, word: str) -> Likeness:
        """With the term struck out, or taken in again."""
        return self._replace(struck=self.struck ^ {word})

    def weighed(self, word: str, way: int) -> Likeness:
        """With the term weightier (1) or lighter (-1); one that is struck out comes in again."""
        now = self.weight(word)
        weight = min(_HEAVIEST, now * _STEP) if way > 0 else now / _STEP
        return self._replace(struck=self.struck - {word}, weights={**self.weights, word: round(weight, 3)})

    def weight(self, word: str) -> float:
        """What a term weighs; 1 is what the weightiest did at first."""
        own = next((term.weight for term in self.terms if term.word == word), 0.0)
        return self.weights.get(word, own)


def entries(likeness: Likeness, glyphs: Glyphs) -> list[Entry]:
    """The lines; each term keeps its place, whatever it comes to weigh."""
    if not likeness.terms:
        return []
    most = max(likeness.weight(term.word) for term in likeness.terms)
    told = [Entry("Alike by")]
    for term in likeness.terms:
        weight = likeness.weight(term.word)
        if term.word in likeness.struck:
            told.append(Entry(term.word, Wanted(term.word), sign=glyphs.struck, style="$muted strike"))
        else:
            own = "$yours" if term.word in likeness.weights else "$foreground"
            told.append(Entry(term.word, Wanted(term.word), f"{weight * 100:.0f}", weight / most, style=own))
    return told
