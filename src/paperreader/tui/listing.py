"""What a list shows: the ids of everything, and the rows of the pages that were looked at last."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperreader.paper import Row
from paperreader.tui.content import as_shown
from paperreader.wrapping import wrapped

if TYPE_CHECKING:
    from paperreader.library.trends import Trend

PAGE = 32
"""Rows read at a time: a screenful takes two or three reads of about 0.1 ms."""

_PAGES_KEPT = 64
# 2,048 rows, about a megabyte: what a person has just scrolled past is still there.


@dataclass
class Listing:
    """Any number of papers in order, of which only the rows in view are read.

    100,000 papers are an array of 800 kB; a page of rows comes from `read` when one of its lines is drawn.
    """

    rids: array[int]
    """The papers in the list's order; nobody changes it, a change makes a new Listing."""
    read: Callable[[Sequence[int]], list[Row]]
    """Rows by their ids, in that order; papers that are gone are left out."""
    trend: Trend | None = None
    """Why they stand in this order, where feeds tell: for each paper its place and its movement."""
    headings: tuple[tuple[int, str], ...] = ()
    """Lines between the papers: above which one, and what they say; in the list's order."""
    why: Mapping[int, str] = field(default_factory=dict, repr=False)
    """For papers that a digest holds, why it does."""
    _pages: OrderedDict[int, dict[int, Row]] = field(default_factory=OrderedDict, repr=False)

    @classmethod
    def empty(cls) -> Listing:
        """A listing of nothing."""
        return cls(array("q"), lambda rids: [])

    def __len__(self) -> int:
        return len(self.rids)

    def rid_at(self, index: int) -> int | None:
        """Which paper stands there; none outside the list, or where that is not known yet (0)."""
        return self.rids[index] or None if 0 <= index < len(self.rids) else None

    def row_at(self, index: int) -> Row | None:
        """The row that stands there; none outside the list, or where the paper is gone.

        Raises what `read` raises.
        """
        rid = self.rid_at(index)
        if rid is None:
            return None
        number = index // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._page(number)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(rid)

    def page_of(self, index: int) -> Sequence[int]:
        """The ids that are read together with the one that stands there."""
        start = index // PAGE * PAGE
        return self.rids[start : start + PAGE]

    def index_of(self, rid: int | None) -> int | None:
        """Where a paper stands; none where it is not in the list. 1 ms at the end of 100,000."""
        if rid is None:
            return None
        try:
            return self.rids.index(rid)
        except ValueError:
            return None

    def forget_rows(self) -> None:
        """Read every row again when it is next drawn: something about the papers has changed."""
        self._pages.clear()

    def heading_lines(self, room: int) -> list[tuple[int, str]]:
        """The headings in lines of at most so many cells, fit for the terminal; whole where nothing can be known."""
        shown = [(at, as_shown(text)[0]) for at, text in self.headings]
        return [(at, line) for at, text in shown for line in (wrapped(text, room) if room else [text])]

    def without(self, rids: Collection[int]) -> Listing:
        """The same list, those papers taken out."""
        gone = frozenset(rids)
        stay = array("q", (rid for rid in self.rids if rid not in gone))
        earlier = [(at - sum(rid in gone for rid in self.rids[:at]), text) for at, text in self.headings]
        return Listing(stay, self.read, self.trend, _above(earlier, len(stay)), self.why)

    def of(self, rids: Iterable[int]) -> Listing:
        """Another list, whose rows are read in the same way."""
        return Listing(array("q", rids), self.read, self.trend, why=self.why)

    def _page(self, number: int) -> dict[int, Row]:
        rows = self.read([rid for rid in self.rids[number * PAGE : (number + 1) * PAGE] if rid])
        return {row.rid: row for row in rows}


def _above(headings: Sequence[tuple[int, str]], size: int) -> tuple[tuple[int, str], ...]:
    """Those that still have a paper below them."""
    return tuple((at, text) for at, text in headings if at < size)
