"""Saved searches: questions under names, up to three of them under a digit, and what is new in their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from paperreader.library.telling import Done, Titles, done
from paperreader.plain import folded
from paperreader.store import saved_acts, saved_searches
from paperreader.store.marks import Hand
from paperreader.store.saved_acts import DIGITS
from paperreader.store.saved_searches import SavedSearch

if TYPE_CHECKING:
    from paperreader.search.finding import Found

__all__ = ["DIGITS", "Saved", "SavedSearch"]


class Saved:
    """Searches are named by their `id`. Acts are undoable, and raise KeepingError and other StoreErrors."""

    def __init__(self, hand: Hand, titles: Titles, find: Callable[[str], Found]) -> None:
        self._hand = hand
        self._titles = titles
        self._find = find

    def listing(self) -> tuple[SavedSearch, ...]:
        """All of them: those with a digit first, then by name. Nothing is searched."""
        with self._hand.database.read() as connection:
            return saved_searches.saved(connection)

    def named(self, name: str) -> SavedSearch | None:
        """The one of this name, whatever its case."""
        return next((one for one in self.listing() if folded(one.name) == folded(name)), None)

    def counts(self, key: str) -> tuple[int, int]:
        """How many papers it finds now, and how many of them came since it was looked at: it is asked, in a thread.

        (0, 0) for one that is no longer there. Raises StoreError.
        """
        known = next((one for one in self.listing() if one.id == key), None)
        if known is None:
            return 0, 0
        found = self._find(known.question)
        return len(found.every), sum(rid > known.seen for rid in found.every)

    def seen(self, key: str) -> None:
        """The person looks at it now: what it finds by now is not unseen any more. No act, nothing to undo."""
        if not self._hand.database.read_only:
            saved_searches.note_seen(self._hand.database, key)

    def save(self, name: str, question: str, digit: int | None = None) -> Done:
        """Keep a question under a name, and under a digit (7 to 9), which leaves the search that had it."""
        return done(saved_acts.save(self._hand, name, question, digit), self._titles)

    def change(
        self, key: str, *, name: str | None = None, question: str | None = None, digit: int | None = None
    ) -> Done:
        """Call it otherwise, let it ask something else, open it by another digit (0: by none), all in one act."""
        return done(saved_acts.change(self._hand, key, name=name, question=question, digit=digit), self._titles)

    def delete(self, key: str) -> Done:
        """Let it go."""
        return done(saved_acts.delete(self._hand, key), self._titles)
