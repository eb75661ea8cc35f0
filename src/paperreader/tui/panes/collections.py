"""Lists and tags as lines of the shelf, folded where they are many. Values in, entries out."""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperreader.tui.panes.shelf import Entry

if TYPE_CHECKING:
    from paperreader.library.keeping import Kept

Kind = Literal["list", "tag", "digest"]
FOLDED_FROM = 7
"""Lists, or tags, of which the further ones are folded; one more is shown sooner than counted."""
_HEADINGS: dict[Kind, str] = {"list": "Lists", "tag": "Tags"}


class Collection(NamedTuple):
    """One list, one tag or one digest: what is to be opened, or is."""

    kind: Kind
    name: str
    """Of a digest its number; for the next one whose it is, empty for the first reader's."""

    @property
    def label(self) -> str:
        """Its name on the screen."""
        if self.kind == "digest":
            return "Digest"
        return f"#{self.name}" if self.kind == "tag" else self.name


class UnfoldAll(NamedTuple):
    """Show all of a kind."""

    kind: Kind


def entries(
    lists: Sequence[Kept], tags: Sequence[Kept], opened: Collection | None, unfolded: Container[Kind]
) -> list[Entry]:
    """The lines, an empty one between the two kinds; the one that is opened always stands among them."""
    told = _of("list", lists, opened, unfolded)
    more = _of("tag", tags, opened, unfolded)
    return [*told, Entry(""), *more] if told and more else [*told, *more]


def _of(kind: Kind, kept: Sequence[Kept], opened: Collection | None, unfolded: Container[Kind]) -> list[Entry]:
    if not kept:
        return []
    names = [Collection(kind, one.name) for one in kept]
    whole = kind in unfolded or len(kept) <= FOLDED_FROM
    shown = len(kept) if whole else FOLDED_FROM - 1
    lines = [
        Entry(what.label, what, f"{one.count:,}", style="bold $link" if what == opened else "$foreground")
        for at, (what, one) in enumerate(zip(names, kept, strict=True))
        if at < shown or what == opened
    ]
    folded = len(kept) - len(lines)
    more = [Entry(f"{folded:,} more", UnfoldAll(kind), style="$muted")] if folded else []
    return [Entry(_HEADINGS[kind]), *lines, *more]
