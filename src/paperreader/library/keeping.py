"""What the person keeps: lists, tags, notes, ratings, states. Each act is on the disk when it returns, and undoable."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from paperreader.library.telling import Done, Titles, done
from paperreader.paper import State
from paperreader.store import lists, notes
from paperreader.store.lists import Kept
from paperreader.store.marks import Hand

__all__ = ["Keeping", "Kept"]


class Keeping:
    """Papers are named by id, lists and tags by name, whatever its case. Acts raise KeepingError and other StoreErrors.

    A list or tag that an act names and that is not there is a KeepingError, but for `add`, which makes the list.
    """

    def __init__(self, hand: Hand, titles: Titles) -> None:
        self._hand = hand
        self._titles = titles

    # Lists

    def lists(self) -> tuple[Kept, ...]:
        """All lists with their counts: "to read" first, then by name."""
        return lists.lists(self._hand.database)

    def listed(self, name: str) -> array[int]:
        """The papers of a list, in its order; removed ones left out. Raises KeepingError."""
        from paperreader.store import list_acts

        return lists.listed(self._hand.database, list_acts.known(self._hand.database, name).id)

    def make_list(self, name: str) -> Done:
        """A new list, empty."""
        from paperreader.store import list_acts

        return done(list_acts.make(self._hand, name), self._titles)

    def rename_list(self, name: str, to: str) -> Done:
        """Call a list otherwise."""
        from paperreader.store import list_acts

        return done(list_acts.rename(self._hand, name, to), self._titles)

    def delete_list(self, name: str) -> Done:
        """Let go of a list; its papers stay in the library."""
        from paperreader.store import list_acts

        return done(list_acts.delete(self._hand, name), self._titles)

    def add(self, rids: Sequence[int], name: str) -> Done:
        """Put papers at a list's end, in this order; makes the list where there is none."""
        from paperreader.store import list_acts

        return done(list_acts.add(self._hand, rids, name), self._titles)

    def take(self, rids: Sequence[int], name: str) -> Done:
        """Take papers out of a list."""
        from paperreader.store import list_acts

        return done(list_acts.take(self._hand, rids, name), self._titles)

    def move(self, name: str, rids: Sequence[int], by: int) -> Done:
        """Move papers, together, so many places down a list, or up where `by` is below zero; at its ends they stop.

        The acts's papers are those whose place is another one now, neighbours too.
        """
        from paperreader.store import list_acts

        return done(list_acts.move(self._hand, name, rids, by), self._titles)

    # Tags

    def tags(self) -> tuple[Kept, ...]:
        """All tags with their counts, the commonest first."""
        return lists.tags(self._hand.database)

    def tagged(self, name: str) -> array[int]:
        """The papers with a tag, the newest first; removed ones left out."""
        return lists.tagged(self._hand.database, name)

    def tag(self, rids: Sequence[int], *names: str) -> Done:
        """Put tags on papers, all of them in one act; a new one's name has no comma."""
        from paperreader.store import tag_acts

        return done(tag_acts.tag(self._hand, rids, *names), self._titles)

    def untag(self, rids: Sequence[int], *names: str) -> Done:
        """Take tags off papers, all of them in one act."""
        from paperreader.store import tag_acts

        return done(tag_acts.untag(self._hand, rids, *names), self._titles)

    def rename_tag(self, name: str, to: str) -> Done:
        """Call a tag otherwise on all papers; onto another one, the two become one."""
        from paperreader.store import tag_acts

        return done(tag_acts.rename(self._hand, name, to), self._titles)

    # Of a paper

    def rate(self, rids: Sequence[int], stars: int | None) -> Done:
        """Rate papers 1 to 5; None takes the rating off."""
        from paperreader.store import paper_acts

        return done(paper_acts.rate(self._hand, rids, stars), self._titles)

    def set_state(self, rids: Sequence[int], state: State) -> Done:
        """Say how far one is with papers; UNREAD brings dismissed ones back."""
        from paperreader.store import paper_acts

        return done(paper_acts.set_state(self._hand, rids, state), self._titles)

    def dismiss(self, rids: Sequence[int]) -> Done:
        """Out of the feeds' views and of Unread, for good."""
        return self.set_state(rids, State.DISMISSED)

    def note(self, rid: int) -> str:
        """The note of a paper, in Markdown; empty where there is none."""
        return notes.note(self._hand.database, rid)

    def annotate(self, rid: int, text: str, base: str | None = None) -> Done:
        """Write the note of a paper; empty text deletes it.

        `base` is the note as it was when the person began to write. If it has become another one meanwhile (another
        app, another machine), both are kept, a rule between them. None replaces whatever is there. Raises UnknownPaper.
        """
        from paperreader.store import paper_acts

        return done(paper_acts.annotate(self._hand, rid, text, base), self._titles)
