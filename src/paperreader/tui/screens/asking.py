"""What is asked of the list: the question's answer, its order, its marks, and the way back to where it was begun."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from paperreader.identity import meant
from paperreader.paper import Sort, View
from paperreader.tui.content import Spans
from paperreader.tui.history import History
from paperreader.tui.nothing import nothing_found
from paperreader.tui.panes.detail_page import Part
from paperreader.tui.panes.paper_list import Hits
from paperreader.tui.panes.search import SearchPane
from paperreader.tui.place import Memory, Place
from paperreader.tui.screens.listed import ListedScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.search.finding import Found
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import FindFailed, PapersFound
    from paperreader.tui.panes.question_line import How
    from paperreader.tui.panes.recalling import RecallingPane

FOUND_MOST = 1000
"""Papers listed for a question, the best; in another order than by match all of them."""


class AskingScreen(ListedScreen):
    """Knows the question that is on, and shows what answers it."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self.search = SearchPane(self.find, self.completed)
        self._asked: tuple[str, How] | None = None
        self._meaning = True

    def on_mount(self) -> None:
        """The field knows what was asked before."""
        self.search.history = History(self.library.recall, self.library.remember)

    def on_recalling_pane_said(self, event: RecallingPane.Said) -> None:
        """Say it in the line above."""
        self.status.say(event.sentence)

    def find(self, question: str, how: How, stop: Callable[[], bool]) -> PapersFound:
        """Answer a question about this view; called in a thread. Raises SearchError, StoreError."""
        from paperreader.tui.messages import PapersFound  # not needed for the first paint: 3 ms

        self.wait_for_the_whole()
        names = meant(question)
        paper_itself = bool(names) and names[0].kind != "id"  # wherever it is
        among = None if self.everywhere or paper_itself else self.base.rids
        found = self.library.find(
            question, among=among, limit=FOUND_MOST, literal=how.literal, expand=how.expand, stop=stop
        )
        order = self.hit_order
        meaning = bool(found.total) or not self.library.search.missing
        return PapersFound(question, found, how, order, self.library.search.ordered(found, order), meaning)

    def completed(self, question: str) -> str:
        """What the question most probably becomes by its last word, or nothing. Raises StoreError."""
        return next(iter(self.library.search.complete(question, 1)), "")

    async def on_papers_found(self, event: PapersFound) -> None:
        """Show the answer: the best hit under the cursor; the same question asked again moves nothing."""
        if self.answer is None:
            self._back = (self.view, self.papers.place)
        again = self.answer is not None and self._asked == (event.question, event.how)
        self._asked = (event.question, event.how)
        self._meaning = event.meaning
        with self.refusing():
            ids = event.ids
            if ids is None or event.order is not self.hit_order:  # ordered otherwise while it was being answered
                ids = await self._in_order(event.found)
            self._show_answer(event.found, ids, self.papers.place if again else Place())

    def _show_answer(self, found: Found, ids: Sequence[int], place: Place) -> None:
        self.answer = found
        self.papers.nothing = nothing_found(
            found.question,
            self.view,
            found.remarks,
            everywhere=self.everywhere,
            meaning=self._meaning,
            keymap=self.keymap,
        )
        self.papers.show(self.base.of(ids), place, Hits(self._in_title, self._passages))
        self._tell()
        self._follow_at_rest()

    async def action_sort(self) -> None:
        """The next order; the paper under the cursor stays there."""
        asked = self.answer is not None
        orders = [sort for sort in Sort if asked or sort is not Sort.RELEVANCE]
        now = self.hit_order if asked else self.order
        await self.action_order(orders[(orders.index(now) + 1) % len(orders)].value)

    async def action_order(self, name: str) -> None:
        """Order the list, or what was found, in this way."""
        place = self.papers.place
        if self.answer is not None:
            self.hit_order = Sort(name)
            with self.refusing():
                found = self.answer
                self._show_answer(found, await self._in_order(found), place)
            return
        self.order = Sort(name)
        base = await self._fetched(self.view)
        if base is not None:
            self.base = base
            self._show_base(place)
        self.remember_soon()

    async def _in_order(self, found: Found) -> array[int]:
        return await asyncio.to_thread(self.library.search.ordered, found, self.hit_order)

    # How it is understood

    async def action_literal(self) -> None:
        """The words as they are typed, none taken for another; and back."""
        await self._ask_otherwise(self.search.how._replace(literal=not self.search.how.literal))

    async def action_expand(self) -> None:
        """Abbreviations as they are typed, not their long forms too; and back."""
        await self._ask_otherwise(self.search.how._replace(expand=not self.search.how.expand))

    async def _ask_otherwise(self, how: How) -> None:
        self.search.ask(how)
        await self.search.answered()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what would change nothing."""
        if action in ("literal", "expand") and self.is_mounted:
            told, how = self.search.told, self.search.how
            if action == "literal":
                return True if how.literal or (told is not None and told.corrections) else None
            return True if not how.expand or (told is not None and told.also) else None
        return super().check_action(action, parameters)

    def action_next_pane(self) -> None:
        """Take the word shown behind the cursor; where none is, to the next pane."""
        if self.pane == "search" and self.search.question.suggested:
            self.search.question.take_suggestion()
        else:
            super().action_next_pane()

    @property
    def can_widen(self) -> bool:
        """Whether less than everything was searched."""
        return not self.is_everything and not self.everywhere

    @property
    def is_everything(self) -> bool:
        """Whether the list under a question is all papers."""
        return self.view is View.ALL

    async def search_everywhere(self) -> None:
        """Ask all papers what was asked of this view."""
        self.everywhere = True
        self.search.ask()
        await self.search.answered()

    def on_find_failed(self, event: FindFailed) -> None:
        """Neither index nor titles can be searched now: say why, leave the list as it is."""
        self.refuse(event.error)

    async def on_search_pane_cleared(self, event: SearchPane.Cleared) -> None:
        """No question: go back to where the person was when it began."""
        if self.answer is None:
            return
        view, place = self._back or (self.view, Place())
        self._back, self.hit_order, self.everywhere = None, Sort.RELEVANCE, False
        if view is not self.view:
            base = await self._fetched(view)
            if base is not None:
                self.view, self.base = view, base
        self._show_base(place)
        self._follow(again=True)

    # The marks

    def _in_title(self, text: str) -> Spans:
        return self._spans(text, "title")

    def _spans(self, text: str, part: Part) -> Spans:
        if self.answer is None:
            return ()
        from paperreader.search.question import Where  # loaded by then: there is an answer

        where = {"title": Where.TITLE, "author": Where.AUTHOR}.get(part, Where.ABSTRACT)
        return self.answer.marker.spans(text, where)

    def _passages(self, rids: Sequence[int], width: int) -> Mapping[int, tuple[str, Spans]]:
        if self.answer is None:
            return {}
        passages = self.library.passages(self.answer, rids, width)
        return {rid: (passage.text, passage.spans) for rid, passage in passages.items()}
