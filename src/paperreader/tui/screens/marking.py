"""What the person does to papers: bookmark, read, remove, undo. Written at once, told in a sentence."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from paperreader.errors import LibraryUnusable, PaperReaderError
from paperreader.library import Done
from paperreader.paper import Row, View
from paperreader.tui.keys import told
from paperreader.tui.listing import Listing
from paperreader.tui.panes.paper_detail import PaperDetail
from paperreader.tui.screens.asking import AskingScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import ListChanged, PapersCounted
    from paperreader.tui.place import Memory

_KEEPING = (View.UNREAD, View.BOOKMARKS)
"""Views that a paper stays in after it was marked otherwise, until the view is left: nothing jumps away."""
_HELD_UP = 0.15
"""Seconds that the next key waits for an act; one that takes longer (100,000 papers, a database that another process
holds) goes on behind the screen."""


class MarkingScreen(AskingScreen):
    """Acts on the paper under the cursor, or on all that are listed."""

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self._acting = asyncio.Lock()

    def chosen_or_current(self) -> tuple[int, ...]:
        """The papers that an action is about: those that are chosen, else the one under the cursor, or none."""
        rid = self.papers.rid
        return self.papers.chosen or (() if rid is None else (rid,))

    async def action_bookmark(self) -> None:
        """Bookmark the papers; where all are bookmarked, take the bookmarks away."""
        rids = self.chosen_or_current()
        if rids:
            await self._act(lambda: self.library.bookmark(rids, not self._all(rids, lambda row: row.bookmarked)))

    async def action_toggle_read(self) -> None:
        """Mark them read; where all are read, unread again."""
        rids = self.chosen_or_current()
        if rids:
            await self._act(lambda: self.library.mark_read(rids, not self._all(rids, lambda row: row.read)))
            self.detail.rest_no_more()

    def _all(self, rids: Sequence[int], is_so: Callable[[Row], bool]) -> bool:
        return all(is_so(row) for row in self.library.rows(rids))

    async def action_mark_all(self) -> None:
        """Mark every paper of the list read, or all that are chosen."""
        rids = self.papers.chosen or await self.whole()
        await self._act(lambda: self.library.mark_read(rids), hint=told("{reading.undo} undoes it", self.keymap))

    async def action_remove(self) -> None:
        """Remove the papers; the next one comes under the cursor."""
        rids = self.chosen_or_current()
        if rids:
            await self._act(lambda: self.library.remove(rids), hint=_way_back(rids, self.keymap))

    async def action_undo(self) -> None:
        """Undo the last act."""
        await self._act(self.library.undo, nothing="Nothing to undo")

    async def action_redo(self) -> None:
        """Do again what was undone."""
        await self._act(self.library.redo, nothing="Nothing to do again")

    async def action_next_unread(self) -> None:
        """Go to the next unread paper, from the end on to the first."""
        with self.refusing():
            unread = frozenset(await asyncio.to_thread(self.library.listing, View.UNREAD))
            rids, start = await self.whole(), self.papers.cursor + 1
            order = (*range(start, len(rids)), *range(min(start, len(rids))))
            following = next((index for index in order if rids[index] in unread), None)
            if following is None:
                self.status.say("Everything here is read.")
            else:
                self.status.hush()
                self.papers.move_to(following)

    # Read by reading

    async def on_paper_list_open_paper(self) -> None:
        """Enter: the text gets the keys, and the paper counts as read."""
        self._follow()
        self.go("detail")
        rid = self.papers.rid
        if rid is not None:
            await self._count_as_read(rid)

    async def on_paper_detail_rested(self, event: PaperDetail.Rested) -> None:
        """It was looked at for long enough."""
        await self._count_as_read(event.rid)

    async def _count_as_read(self, rid: int) -> None:
        """Where marks cannot be kept, nobody is told so for having read."""
        row = self._row()
        if row is None or row.rid != rid or row.read or not self.library.writable:
            return
        try:
            await asyncio.to_thread(self.library.mark_read, [rid], auto=True)
        except PaperReaderError as error:
            self.overlook(error)
            return
        self._marked()

    # What comes of an act

    def _row(self) -> Row | None:
        try:
            return self.papers.listing.row_at(self.papers.cursor)
        except PaperReaderError as error:
            self.refuse(error)
            return None

    async def _act(self, act: Callable[[], Done | None], *, hint: str = "", nothing: str = "") -> None:
        """Do it, one act after the other, and give the keys back when it takes long."""
        ended = asyncio.Event()
        self.run_worker(self._carry_out(act, hint, nothing, ended), group="act")
        try:
            await asyncio.wait_for(ended.wait(), _HELD_UP)
        except TimeoutError:
            self.status.say("Writing it down…")

    async def _carry_out(self, act: Callable[[], Done | None], hint: str, nothing: str, ended: asyncio.Event) -> None:
        """Do it in a thread (a database that another process holds is waited for), then show what it changed."""
        try:
            async with self._acting:
                with self.refusing():
                    await self._show_done(await asyncio.to_thread(act), hint, nothing)
        finally:
            ended.set()

    async def perform(self, act: Callable[[], Done | None]) -> Done | None:
        """Do it for a dialog, and return when it is done and told; None where it was refused."""
        result: Done | None = None
        async with self._acting:
            with self.refusing():
                done = await asyncio.to_thread(act)
                await self._show_done(done, "", "")
                result = done
        return result

    async def _show_done(self, done: Done | None, hint: str, nothing: str) -> None:
        if done is None:
            self.status.say(f"{nothing}.")
            return
        self.status.say(f"{done.sentence}  {hint}".strip() if done.rids else done.sentence)
        if done.went:
            self._take_out(done.rids)
        elif done.came_back:
            await self._bring_back(done.rids)
        self._marked()

    def _marked(self) -> None:
        """Rows, text and counts, in place."""
        self.papers.rows_changed()
        self._follow(again=True)
        self.count_views()

    def _take_out(self, rids: tuple[int, ...]) -> None:
        """The cursor stays on its paper; where that went too, the next one that is left comes under it."""
        gone, listing, place = frozenset(rids), self.papers.listing, self.papers.place
        self.base = self.base.without(gone)
        self.papers.forget(gone)
        above = sum(rid in gone for rid in listing.rids[: place.at])
        self.papers.show(listing.without(gone), place._replace(at=place.at - above), self.papers.hits)

    async def _bring_back(self, rids: tuple[int, ...]) -> None:
        """The paper that comes back is the one that the person wants to see: it comes under the cursor."""
        place = self.papers.place
        self.base = await asyncio.to_thread(self.read_keeping, self.view, self.base)
        if self.answer is None:
            back = self.base.index_of(rids[0]) is not None
            self.papers.show(self.base, place._replace(rid=rids[0]) if back else place)
        else:
            self.search.ask()
            await self.search.answered()

    def read_keeping(self, view: View, now: Listing) -> Listing:
        """The listing of a view as it is, with what is in it now and would be there no more; for a thread."""
        fresh = self._read(view)
        if view not in _KEEPING:
            return fresh
        stay = frozenset(fresh.rids) | frozenset(now.rids)
        if len(stay) == len(fresh):
            return fresh
        everything = self.library.listing(View.ALL, self.order)
        return fresh.of(array("q", (rid for rid in everything if rid in stay)))

    # Counts, and what others did

    def overlook(self, error: PaperReaderError) -> None:
        """Nobody asked for what failed: nothing is said, unless the library is lost. From any thread."""
        if isinstance(error, LibraryUnusable):
            self.refuse(error)

    def count_views(self) -> None:
        """Count the views anew, in a thread."""
        self.run_worker(self._count, thread=True, group="count", exclusive=True)

    def _count(self) -> None:
        from paperreader.tui.messages import PapersCounted  # 3 ms, after the first paint

        try:
            self.post_message(PapersCounted(self.library.counts()))
        except PaperReaderError as error:
            self.overlook(error)  # the counts stay as they were; what the person does next says what is the matter

    def on_papers_counted(self, event: PapersCounted) -> None:
        """Show them in place."""
        if event.counts != self.counts:
            self.counts = event.counts

    def _first_painted(self) -> None:
        """What was drawn from memory is read whole."""
        super()._first_painted()
        if not self._whole.is_set():
            self.look_again()

    def look_again(self) -> None:
        """Somebody else changed the library: read the list again, in a thread."""
        view, base = self.view, self.base
        self.run_worker(lambda: self._read_again(view, base), thread=True, group="reread", exclusive=True)

    def _read_again(self, view: View, base: Listing) -> None:
        from paperreader.tui.messages import ListChanged

        try:
            self.post_message(ListChanged(view, base, self.read_keeping(view, base)))
        except PaperReaderError as error:
            self.overlook(error)  # the list stays as it was; what the person does next says what is the matter

    def on_list_changed(self, event: ListChanged) -> None:
        """The paper under the cursor stays there, whatever came and went around it."""
        if event.view is not self.view or event.before is not self.base:
            return
        self._whole.set()
        changed = event.listing.rids != self.base.rids
        if changed:
            self.base = event.listing
        if changed and self.answer is None:
            self.papers.show(self.base, self.papers.place)
        elif changed:
            self.search.ask()
        self._marked()


def _way_back(rids: Sequence[int], keymap: Mapping[str, str]) -> str:
    return told(f"{{reading.undo}} brings {'it' if len(rids) == 1 else 'them'} back", keymap)
