"""Where somebody is in a list, and what the next start remembers of the screen."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, TypeVar

from paperreader.paper import Sort, View

Choice = TypeVar("Choice", View, Sort)

MEMORY = "screen"
"""The name under which the library keeps what the screen remembers."""

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
    sidebar: bool = True
    """Whether the search pane is shown."""
    sidebar_width: int = SIDEBAR
    detail_share: int = DETAIL_SHARE
    list_share: int = LIST_SHARE
    theme: str = ""
    """The theme chosen in the app; empty where nobody chose."""

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
            sidebar=kept.get("sidebar") is not False,
            theme=kept["theme"] if isinstance(kept.get("theme"), str) else "",
        )
        return memory._replace(
            sidebar_width=_within(kept.get("sidebar_width"), 18, 60, SIDEBAR),
            detail_share=_within(kept.get("detail_share"), 20, 80, DETAIL_SHARE),
            list_share=_within(kept.get("list_share"), 20, 80, LIST_SHARE),
        )


def _within(value: object, low: int, high: int, otherwise: int) -> int:
    return min(max(value, low), high) if isinstance(value, int) else otherwise


def _member(choices: type[Choice], value: object, otherwise: Choice) -> Choice:
    return next((choice for choice in choices if choice.value == value), otherwise)


def _place(kept: dict[str, Any]) -> Place:
    numbers = {name: value for name in ("rid", "at", "row") if isinstance(value := kept.get(name), int)}
    return Place(numbers.get("rid"), max(0, numbers.get("at", 0)), numbers.get("row", 0))
