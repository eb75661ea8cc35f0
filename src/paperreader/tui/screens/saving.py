"""Saved searches: named at a key, asked at a digit, counted in a thread when nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from paperreader.errors import PaperReaderError
from paperreader.library.telling import Done
from paperreader.tui.keys import told
from paperreader.tui.panes import saved as lines
from paperreader.tui.panes.saved import OpenSaved
from paperreader.tui.panes.shelf import Entry
from paperreader.tui.place import Memory
from paperreader.tui.screens.likening import LikeningScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.saved import SavedSearch
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import IndexReady, SavedCounted
    from paperreader.tui.screens.save_form import Wish

DIGITS = (7, 8, 9)
"""Keys that ask saved searches."""
_AFTER_START = 2.0
# Seconds: the start has other work.


class SavingScreen(LikeningScreen):
    """Knows the saved searches, and what was counted of them."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self.saved: tuple[SavedSearch, ...] = ()
        self.saved_counts: dict[str, tuple[int, int]] = {}
        self._may_count = False

    def _first_painted(self) -> None:
        super()._first_painted()
        self.set_timer(_AFTER_START, self._begin_counting)
        self.read_saved()

    def _begin_counting(self) -> None:
        self._may_count = True
        self.count_saved()

    def read_saved(self) -> None:
        """Which there are; nothing is searched."""
        try:
            saved = self.library.saved.listing()
        except PaperReaderError as error:
            self.overlook(error)
            return
        if saved != self.saved:
            known = {one.id: one.question for one in self.saved}
            asked_otherwise = any(known.get(one.id) != one.question for one in saved)
            self.saved = saved
            self.lay_shelf()
            self.refresh_bindings()
            if asked_otherwise and self._may_count:
                self.count_saved()

    def count_saved(self) -> None:
        """Count what they find, in a thread, one after the other."""
        if self.saved:
            self.run_worker(self._count_saved, thread=True, group="saved", exclusive=True)

    def _count_saved(self) -> None:
        from paperreader.tui.messages import SavedCounted

        worker = get_current_worker()
        for one in self.saved:
            try:
                counts = self.library.saved.counts(one.id)
            except PaperReaderError as error:
                self.overlook(error)
                return
            if worker.is_cancelled:
                return
            self.post_message(SavedCounted(one.id, counts))

    def on_saved_counted(self, event: SavedCounted) -> None:
        """Show it in place."""
        if self.saved_counts.get(event.id) != event.counts:
            self.saved_counts[event.id] = event.counts
            self.lay_shelf()

    def on_index_ready(self, event: IndexReady) -> None:
        """They may find more now."""
        self.count_saved()

    def _marked(self) -> None:
        super()._marked()
        self.read_saved()

    def shelf_entries(self, room: int) -> list[Entry]:
        """They stand above what else is on the shelf."""
        told = lines.entries(self.saved, self.saved_counts, self.search.question.value)
        rest = super().shelf_entries(room - len(told) - bool(told))
        return [*told, Entry(""), *rest] if told and rest else [*told, *rest]

    # Asking

    async def take_from_shelf(self, what: Hashable) -> None:
        """Ask the saved search that was chosen."""
        if isinstance(what, OpenSaved):
            await self.ask_saved(next((one for one in self.saved if one.id == what.id), None))
        else:
            await super().take_from_shelf(what)

    async def action_saved(self, digit: int) -> None:
        """Ask the saved search that has the digit."""
        await self.ask_saved(next((one for one in self.saved if one.digit == digit), None))

    async def ask_saved(self, one: SavedSearch | None) -> None:
        """Ask all papers; what it finds is seen now."""
        if one is None:
            return
        self.everywhere = not self.is_everything
        question = self.search.question
        question.value = f"{one.question.strip()} "  # its last word is whole
        question.cursor_position = len(question.value)
        await asyncio.sleep(0)  # the field tells of its change
        await self.search.answered()
        if self.pane == "search":
            self.go("list")
        self.run_worker(lambda: self._note_seen(one.id), thread=True, group="seen")

    def _note_seen(self, key: str) -> None:
        try:
            self.library.saved.seen(key)
        except PaperReaderError as error:
            self.overlook(error)
            return
        self.app.call_later(self.read_saved)
        self.app.call_later(self.count_saved)

    # Saving

    def action_save_search(self) -> None:
        """Name the question, or change the saved search under the shelf's cursor or on the screen."""
        from paperreader.tui.screens.save_form import Wish

        question = self.search.question.value.strip()
        what = self.search.shelf.what if self.pane == "shelf" else None
        known = self._known(what.id if isinstance(what, OpenSaved) else None, question)
        if known is not None:
            wish = Wish(known.name, known.question, known.digit)
        elif question:
            taken = {one.digit for one in self.saved}
            wish = Wish(question, question, next((digit for digit in DIGITS if digit not in taken), None))
        else:
            self.status.say(told("Type a question first; {reading.save_search} saves it.", self.keymap))
            return
        self._ask_for(known, wish, wish)

    def _ask_for(self, known: SavedSearch | None, proposed: Wish, wish: Wish) -> None:
        from paperreader.tui.screens.save_form import SaveForm

        def save(wanted: Wish | None) -> None:
            if wanted is not None:
                self.run_worker(self._saved(known, proposed, wanted), group="act")

        self.app.push_screen(SaveForm(wish, known=known is not None), save)

    def _known(self, key: str | None, question: str) -> SavedSearch | None:
        if key is not None:
            return next((one for one in self.saved if one.id == key), None)
        return next((one for one in self.saved if one.question.strip() == question), None)

    async def _saved(self, known: SavedSearch | None, proposed: Wish, wish: Wish) -> None:
        """Where it is refused, the form comes back as it was filled in."""
        if await self.perform(lambda: self._carried(known, proposed, wish)) is None:
            self._ask_for(known, proposed, wish)
        self.read_saved()

    def _carried(self, known: SavedSearch | None, proposed: Wish, wish: Wish) -> Done:
        """In a thread. Raises KeepingError for a name or question that cannot be.

        A new one of a name that there is changes that one; it keeps its digit, unless another one was typed.
        """
        saved = self.library.saved
        one = known or saved.named(wish.name)
        if one is None:
            return saved.save(wish.name, wish.question, wish.digit)
        if wish.delete:
            return saved.delete(one.id)
        typed = known is not None or (wish.digit is not None and (one.digit is None or wish.digit != proposed.digit))
        digit = (wish.digit or 0) if typed else None
        return saved.change(one.id, name=wish.name, question=wish.question, digit=digit)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit that no saved search has does nothing."""
        if action == "saved":
            return True if any(one.digit == parameters[0] for one in self.saved) else None
        if action == "save_search":
            return True if self.library.writable else None
        return super().check_action(action, parameters)
