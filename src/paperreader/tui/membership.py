"""Lists and tags, told to a dialog in one way: which there are, which papers have them, and what can be done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from paperreader.plain import folded

if TYPE_CHECKING:
    from paperreader.library import Done, Library
    from paperreader.library.keeping import Kept
    from paperreader.paper import Row


class Entry(NamedTuple):
    """A list or a tag, beside the papers that the dialog is about."""

    name: str
    size: int
    """Papers that are in it, of the whole library."""
    held: int
    """Papers that are in it, of those that the dialog is about."""


class Membership(ABC):
    """One of the two; everything raises StoreError, KeepingError where a name cannot be."""

    noun: ClassVar[str]
    heading: ClassVar[str]

    def __init__(self, library: Library, renamed: Callable[[str, str], None]) -> None:
        """`renamed` is told the old and the new name, in the thread of the act and before anything is shown."""
        self.library = library
        self._renamed = renamed
        self.keeping = library.keeping

    def entries(self, rids: Sequence[int]) -> list[Entry]:
        """All there are, and how many of these papers each has; for a thread where the papers are many."""
        held = Counter(name for row in self.library.rows(rids) for name in self.of(row))
        return [Entry(kept.name, kept.count, held[kept.name]) for kept in self.all()]

    @abstractmethod
    def all(self) -> Sequence[Kept]:
        """All there are."""

    @abstractmethod
    def of(self, row: Row) -> tuple[str, ...]:
        """Those of a paper."""

    @abstractmethod
    def put(self, rids: Sequence[int], *names: str) -> Done:
        """Put the papers into it, making it where there is none; only tags take several at once."""

    @abstractmethod
    def take(self, rids: Sequence[int], name: str) -> Done:
        """Take them out."""

    def rename(self, name: str, to: str) -> Done:
        """Call it otherwise; a tag that gets the name of another one becomes one with it."""
        done = self._called(name, to)
        self._renamed(name, to)
        return done

    @abstractmethod
    def _called(self, name: str, to: str) -> Done: ...

    @abstractmethod
    def delete(self, name: str) -> Done:
        """Let go of it; its papers stay."""


class Lists(Membership):
    """The person's lists."""

    noun = "list"
    heading = "Lists"

    def all(self) -> Sequence[Kept]:
        """ "to read" first."""
        return self.keeping.lists()

    def of(self, row: Row) -> tuple[str, ...]:
        """The lists that a paper is in."""
        return row.lists

    def put(self, rids: Sequence[int], *names: str) -> Done:
        """At the end of the list."""
        (name,) = names
        return self.keeping.add(rids, name)

    def take(self, rids: Sequence[int], name: str) -> Done:
        """Out of the list."""
        return self.keeping.take(rids, name)

    def _called(self, name: str, to: str) -> Done:
        return self.keeping.rename_list(name, to)

    def delete(self, name: str) -> Done:
        """The list only."""
        return self.keeping.delete_list(name)


class Tags(Membership):
    """The person's tags."""

    noun = "tag"
    heading = "Tags"

    def all(self) -> Sequence[Kept]:
        """The commonest first."""
        return self.keeping.tags()

    def of(self, row: Row) -> tuple[str, ...]:
        """The tags of a paper."""
        return row.tags

    def put(self, rids: Sequence[int], *names: str) -> Done:
        """Onto the papers."""
        return self.keeping.tag(rids, *(name.lstrip("#") for name in names))

    def take(self, rids: Sequence[int], name: str) -> Done:
        """Off them."""
        return self.keeping.untag(rids, name)

    def _called(self, name: str, to: str) -> Done:
        return self.keeping.rename_tag(name, to.lstrip("#"))

    def delete(self, name: str) -> Done:
        """Off every paper."""
        return self.keeping.untag(self.keeping.tagged(name), name)


def matching(entries: Sequence[Entry], needle: str) -> list[Entry]:
    """Those whose name has the words that were typed: the very name first, then those that begin so, then the rest."""
    words = folded(needle).split()
    found = [entry for entry in entries if all(word in folded(entry.name) for word in words)]
    wanted = folded(needle).strip()
    return sorted(found, key=lambda entry: (folded(entry.name) != wanted, not folded(entry.name).startswith(wanted)))


def is_among(entries: Sequence[Entry], name: str) -> bool:
    """Whether one has this name, whatever its case."""
    return any(entry.name.casefold() == name.casefold() for entry in entries)
