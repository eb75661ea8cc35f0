"""Where somebody is in a list, and what the next start remembers of the screen."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from paperreader.library.trends import Span
from paperreader.paper import Row, Sort, View
from paperreader.tui.listing import Listing
from paperreader.tui.panes.collections import Collection

Choice = TypeVar("Choice", View, Sort)

MEMORY = "screen"
"""The name under which the library keeps what the screen remembers."""

_AROUND = 120
# Papers kept on each side of the place: more than a tall terminal shows.
_WORTH_IT = 2_000
# Papers in a list from which on reading all of it would be felt at the start (35 ms for 100,000 on a quiet machine).

_SPANS = [span.value for span in Span]

SIDEBAR = 27
"""Columns of the search pane where nobody has changed them."""
DETAIL_SHARE = 42
"""Per cent of the rest that the text takes in a wide window."""
LIST_SHARE = 44
"""Per cent of the rows that the list takes in a medium window."""


class Place(NamedTuple):
    """A place in a list, that can be found again in the same list or in one that has changed since."""

    rid: int | None = None
    """The paper under the cursor."""
    at: int = 0
    """Where it stood, for a list that has it no more."""
    row: int = 0
    """How many screen lines below the top of the list it was drawn; outside the list where the wheel has gone on."""


class Memory(NamedTuple):
    """What the next start opens with."""

    view: View = View.ALL
    sort: Sort = Sort.NEWEST
    place: Place = Place()
    collection: Collection | None = None
    """The list or tag that was open, which the place is in; it was opened from the view."""
    sidebar: bool = True
    """Whether the search pane is shown."""
    sidebar_width: int = SIDEBAR
    detail_share: int = DETAIL_SHARE
    list_share: int = LIST_SHARE
    span: str = "day"
    """How long the window of Trending is: a `trends.Span`'s value."""
    theme: str = ""
    """The theme chosen in the app; empty where nobody chose."""
    size: int = 0
    """How many papers were listed."""
    page: tuple[int, ...] = ()
    """The papers around the place, so that the next start can draw them before it has read the whole list."""
    page_at: int = 0
    """Where the first of them stood."""

    def with_page(self, listing: Listing) -> Memory:
        """With the papers that were around the place."""
        start = max(0, self.place.at - _AROUND)
        page = tuple(listing.rids[start : self.place.at + _AROUND])
        return self._replace(size=len(listing), page=page, page_at=start)

    def sketch(self, read: Callable[[Sequence[int]], list[Row]]) -> Listing | None:
        """A list of the right length of which only the page is known; none where the whole one is read as soon."""
        if self.size < _WORTH_IT or not self.page or self.page_at + len(self.page) > self.size:
            return None
        rids = array("q", bytes(8 * self.size))
        rids[self.page_at : self.page_at + len(self.page)] = array("q", self.page)
        return Listing(rids, read)

    def dump(self) -> str:
        """As a line of JSON."""
        return json.dumps(
            self._asdict() | {"view": self.view.value, "sort": self.sort.value, "place": self.place._asdict()}
        )

    @classmethod
    def load(cls, text: str | None) -> Memory:
        """From what `dump` wrote; whatever cannot be understood (a newer program wrote it) is as at a first start."""
        try:
            kept = json.loads(text or "{}")
        except ValueError:
            return cls()
        return cls()._with(kept) if isinstance(kept, dict) else cls()

    def _with(self, kept: dict[str, Any]) -> Memory:
        place = kept.get("place")
        memory = self._replace(
            view=_member(View, kept.get("view"), self.view),
            sort=_member(Sort, kept.get("sort"), self.sort),
            place=_place(place) if isinstance(place, dict) else self.place,
            collection=_collection(kept.get("collection")),
            sidebar=kept.get("sidebar") is not False,
            span=span if (span := kept.get("span")) in _SPANS else self.span,
            theme=kept["theme"] if isinstance(kept.get("theme"), str) else "",
        )
        return memory._replace(
            sidebar_width=_within(kept.get("sidebar_width"), 18, 60, SIDEBAR),
            detail_share=_within(kept.get("detail_share"), 20, 80, DETAIL_SHARE),
            list_share=_within(kept.get("list_share"), 20, 80, LIST_SHARE),
            size=_within(kept.get("size"), 0, 100_000_000, 0),
            page=_numbers(kept.get("page")),
            page_at=_within(kept.get("page_at"), 0, 100_000_000, 0),
        )


def _within(value: object, low: int, high: int, otherwise: int) -> int:
    return min(max(value, low), high) if isinstance(value, int) else otherwise


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(isinstance(each, int) and 0 < each < 1 << 62 for each in value):
        return ()
    return tuple(value)


def _member(choices: type[Choice], value: object, otherwise: Choice) -> Choice:
    return next((choice for choice in choices if choice.value == value), otherwise)


def _collection(kept: object) -> Collection | None:
    match kept:
        case ["list" | "tag" as kind, str(name)]:
            return Collection(kind, name)
    return None


def _place(kept: dict[str, Any]) -> Place:
    numbers = {name: value for name in ("rid", "at", "row") if isinstance(value := kept.get(name), int)}
    return Place(numbers.get("rid"), max(0, numbers.get("at", 0)), numbers.get("row", 0))
