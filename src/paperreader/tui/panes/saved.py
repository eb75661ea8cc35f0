"""Saved searches as lines of the shelf: the digit, the name, what is unseen, the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from paperreader.tui.panes.shelf import Entry

if TYPE_CHECKING:
    from paperreader.library.saved import SavedSearch


class OpenSaved(NamedTuple):
    """Ask a saved search."""

    id: str


def entries(saved: Sequence[SavedSearch], counts: Mapping[str, tuple[int, int]], question: str) -> list[Entry]:
    """The lines; `counts` are papers and unseen ones, as far as they are known; `question` is the one that is on."""
    if not saved:
        return []
    return [Entry("Saved searches"), *(_of(one, counts.get(one.id), question) for one in saved)]


def _of(one: SavedSearch, count: tuple[int, int] | None, question: str) -> Entry:
    papers, unseen = count or (0, 0)
    return Entry(
        one.name,
        OpenSaved(one.id),
        number=f"{papers:,}" if count else "",
        sign=str(one.digit or ""),
        style="bold $link" if question.strip() == one.question.strip() else "$foreground",
        fresh=f"+{unseen:,}" if unseen else "",
    )
