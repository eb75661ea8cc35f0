"""What the person makes of papers: lists, tags, ratings, how far they are, notes; of the chosen ones or the current."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Region

from paperreader.errors import PaperReaderError
from paperreader.library.drafts import left
from paperreader.library.telling import Done
from paperreader.paper import Paper, State, View
from paperreader.tui.screens.digesting import DigestingScreen

if TYPE_CHECKING:
    from pathlib import Path

    from paperreader.tui.membership import Membership

_HIGHEST = 5
_LEAVES = (View.TRENDING, View.NEW, View.RISING, View.UNREAD)
"""Views that a dismissed paper leaves."""
_STATES = ("dismiss", "read", "unread", "reading")
_EDITOR = 12
"""Lines that a note needs at least; where the text beside has twice as many, half of it stays in view."""


class KeepingScreen(DigestingScreen):
    """Opens the dialogs of lists and tags and the editor of notes, and does what needs none."""

    def on_mount(self) -> None:
        """A note that was being written when the last app was killed becomes the note."""
        if self.library.writable:
            self.call_after_refresh(self._recover)

    # Lists and tags

    async def action_lists(self) -> None:
        """Choose the lists that the papers are in, or make one."""
        from paperreader.tui.membership import Lists

        await self._open_membership(Lists(self.library, self.follow_name))

    async def action_tags(self) -> None:
        """Put tags on the papers, or take them off."""
        from paperreader.tui.membership import Tags

        await self._open_membership(Tags(self.library, self.follow_name))

    async def _open_membership(self, membership: Membership) -> None:
        from paperreader.tui.screens.membership import MembershipDialog

        rids = self.chosen_or_current()
        await self.app.push_screen(MembershipDialog(membership, rids, self.about(rids), self.perform, self.glyphs))

    def about(self, rids: Sequence[int]) -> str:
        """Which papers these are: a title, or how many."""
        if len(rids) != 1:
            return f"{len(rids):,} papers" if rids else ""
        row = next(iter(self.library.rows(rids)), None)
        return row.title if row else ""

    # Ratings and states

    async def action_rate(self, by: int) -> None:
        """A star more or less; many get the same, counted from the first of them."""
        rids = self.chosen_or_current()
        if rids:
            await self._act(lambda: self._rated(rids, by))

    def _rated(self, rids: Sequence[int], by: int) -> Done:
        now = next((row.rating or 0 for row in self.library.rows(rids[:1])), 0)
        return self.library.keeping.rate(rids, min(max(0, now + by), _HIGHEST) or None)

    async def action_reading(self) -> None:
        """Say that one is reading them; where that was said of all, that they are unread."""
        await self._set_state(State.READING)
        self.detail.rest_no_more()

    async def action_dismiss_paper(self) -> None:
        """Out of the feeds' views; where all are dismissed, bring them back."""
        await self._set_state(State.DISMISSED)

    async def _set_state(self, state: State) -> None:
        rids = self.chosen_or_current()
        if rids:
            await self._act(lambda: self._state_set(rids, state))

    def _state_set(self, rids: Sequence[int], state: State) -> Done:
        back = self._all(rids, lambda row: row.state is state)
        return self.library.keeping.set_state(rids, State.UNREAD if back else state)

    async def _show_done(self, done: Done | None, hint: str, nothing: str) -> None:
        await super()._show_done(done, hint, nothing)
        if done is None or done.what not in _STATES or not done.rids:
            return
        listed = self.base.index_of(done.rids[0]) is not None
        if self.view in _LEAVES and not self.everywhere:
            if done.what == "dismiss" and listed and self.answer is None:
                self._take_out(done.rids)
                return
            if not listed and self.answer is None:
                await self._bring_back(done.rids)
                return
        if done.what == "dismiss" and self.papers.rid in done.rids:
            self.papers.action_down()

    # Notes

    def _paper(self) -> Paper | None:
        self._follow()  # a key that comes within a frame of a move means the paper moved to
        return self.detail.paper

    async def action_note(self) -> None:
        """Write the note of the paper under the cursor."""
        paper = self._paper()
        if paper is None:
            return
        from paperreader.tui.screens.note import NoteScreen

        keeping, rid = self.library.keeping, paper.rid
        with self.refusing():
            note = keeping.note(rid)
            await self.app.push_screen(
                NoteScreen(
                    paper.shown_title,
                    rid,
                    note,
                    save=lambda text, base: self._keep_note(rid, text, base),
                    save_at_once=lambda text, base: keeping.annotate(rid, text, base),
                    place=self.room_for_note,
                    drafts=self._drafts,
                )
            )

    async def _keep_note(self, rid: int, text: str, base: str) -> str | None:
        """The note as it is then: not the text alone, where somebody else has written too."""
        done = await self.perform(lambda: self.library.keeping.annotate(rid, text, base))
        return None if done is None else self.library.keeping.note(rid)

    def room_for_note(self) -> Region:
        """The lower half of the paper's text where it is high enough; all of it; or all panes."""
        region = self.detail.region if self.detail.display else self._panes.region
        if region.height < 2 * _EDITOR:
            return region
        height = max(_EDITOR, region.height // 2)
        return Region(region.x, region.bottom - height, region.width, height)

    @property
    def _drafts(self) -> Path:
        return self.library.paths.data / "drafts"

    def _recover(self) -> None:
        self.run_worker(self._keep_left(), group="act")

    async def _keep_left(self) -> None:
        """Both are kept where the note has become another one since."""
        try:
            drafts = list(left(self._drafts))
        except (PaperReaderError, OSError):
            return
        for draft in drafts:
            done = await self.perform(
                lambda draft=draft: self.library.keeping.annotate(draft.rid, draft.text, draft.base)  # type: ignore[misc]  # bound now, not at the end of the loop
            )
            if done is not None:
                draft.file.unlink(missing_ok=True)
                self.app.notify("A note that was being written when the app ended is kept.", markup=False)
