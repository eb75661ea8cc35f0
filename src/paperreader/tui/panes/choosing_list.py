"""A list of papers of which many can be chosen: one by one, or in a range that grows with the cursor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from textual.message import Message

from paperreader.tui.listing import Listing
from paperreader.tui.panes.cursor_list import CursorList


class ChoosingList(CursorList):
    """Knows which papers are chosen; they stay so in another view, and while a question is on."""

    @dataclass(eq=False)
    class ChoiceChanged(Message):
        """Other papers are chosen now."""

        def can_replace(self, message: Message) -> bool:
            """Only the last change of several counts."""
            return isinstance(message, ChoosingList.ChoiceChanged)

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing.empty()
        self._chosen: set[int] = set()
        self._anchor: int | None = None
        self._range = range(0)

    def redraw(self) -> None:
        """Draw every line anew."""
        self.refresh()

    # What is chosen

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen papers in the order of the list, then those that are not in it."""
        wanted = self._chosen | self._in_range
        if not wanted:
            return ()
        here = tuple(rid for rid in self.listing.rids if rid in wanted)
        return here if len(here) == len(wanted) else (*here, *sorted(wanted.difference(here)))

    @property
    def chosen_count(self) -> tuple[int, int]:
        """How many are chosen, and how many of them are not in this list."""
        wanted = self._chosen | self._in_range
        return len(wanted), len(wanted.difference(self.listing.rids)) if wanted else 0

    @property
    def ranging(self) -> bool:
        """Whether a range grows with the cursor."""
        return self._anchor is not None

    @property
    def _in_range(self) -> set[int]:
        return {rid for rid in self.listing.rids[self._range.start : self._range.stop] if rid}

    def is_chosen(self, index: int, rid: int) -> bool:
        """Whether the paper that stands there is chosen."""
        return rid in self._chosen or index in self._range

    # Choosing

    def action_choose(self) -> None:
        """Choose the paper, or let it go, and move on; where a range grows, end it."""
        if self.ranging:
            self.action_range()
            return
        self.toggle(self.cursor)
        self.move_to(self.cursor + 1)

    def toggle(self, index: int) -> None:
        """Choose the paper that stands there, or let it go."""
        rid = self.listing.rid_at(index)
        if rid is not None:
            self._chosen ^= {rid}
            self._tell_choice()

    def action_range(self) -> None:
        """Begin a range at the cursor, or end it: its papers are chosen."""
        if self.ranging:
            self._chosen |= self._in_range
            self._anchor, self._range = None, range(0)
        else:
            self._anchor = self.listing.rid_at(self.cursor)
            self.stretch()
        self._tell_choice()

    def let_go(self) -> bool:
        """One step back: give up the range, else all that are chosen; False where there is neither."""
        if self.ranging:
            self._anchor, self._range = None, range(0)
        elif self._chosen:
            self._chosen.clear()
        else:
            return False
        self._tell_choice()
        return True

    def forget(self, rids: Collection[int]) -> None:
        """These papers are gone, or done with."""
        self._anchor, self._range = None, range(0)
        if not self._chosen.isdisjoint(rids):
            self._chosen.difference_update(rids)
            self._tell_choice()

    def stretch(self) -> None:
        """The cursor or the list is another: the range reaches from where it began to the cursor."""
        if self._anchor is None:
            return
        start = self.listing.index_of(self._anchor)
        if start is None:
            self._anchor, self._range = None, range(0)
        else:
            self._range = range(min(start, self.cursor), max(start, self.cursor) + 1)
        self._tell_choice()

    def seek_chosen(self) -> None:
        """The list is another: other papers are chosen that are not in it."""
        if self._chosen:
            self._tell_choice()

    def _tell_choice(self) -> None:
        self.redraw()
        self.post_message(self.ChoiceChanged())
