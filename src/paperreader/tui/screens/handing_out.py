"""Papers out of the program: written into a file, copied, cited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from paperreader.paper import View
from paperreader.plain import printable
from paperreader.tui.content import styled
from paperreader.tui.keys import told
from paperreader.tui.screens.keeping import KeepingScreen

if TYPE_CHECKING:
    from paperreader.settings import Settings
    from paperreader.tui.screens.export import Scope

_MOST_COPIED = 500
"""Papers whose citations or links go onto the clipboard at once; more are exported."""


class HandingOutScreen(KeepingScreen):
    """Knows which papers an export may be about."""

    settings: Settings

    async def action_export(self) -> None:
        """Write papers down."""
        from paperreader.tui.screens.export import ExportDialog

        await self.whole()
        scopes, first = self._scopes()
        if scopes:
            await self.app.push_screen(ExportDialog(self.library, scopes, first), self._told)

    def _told(self, sentence: str | None) -> None:
        if sentence:
            self.status.say(sentence)

    def _scopes(self) -> tuple[list[Scope], int]:
        """What can be written down, from the least to the most; and the place of what is most likely meant."""
        from paperreader.tui.screens.export import Scope

        scopes: list[Scope] = []
        first = 0
        current, chosen = self.papers.rid, self.papers.chosen
        if current is not None:
            title = self.about([current])
            scopes.append(Scope(f"this paper: {printable(title)}", title, [current]))
        if chosen:
            first = len(scopes)
            scopes.append(Scope("the chosen papers", "Chosen papers", chosen))
        if self.answer is not None and self.papers.listing:
            question = self.search.question.value.strip()
            first = first if chosen else len(scopes)
            scopes.append(Scope("what was found", question, list(self.papers.listing.rids)))
        if self.base.rids and not self.is_everything:
            first = first if chosen or self.answer is not None or self.view.waits_for_refresh else len(scopes)
            scopes.append(Scope(f"this list: {self.list_name}", self.list_name, self.base.rids))
        with self.refusing():
            everything = self.library.listing(View.ALL)
            if everything:
                scopes.append(Scope("all papers", "Papers", everything))
        return scopes, first

    # Citations and links

    async def action_cite(self) -> None:
        """Copy the citation in the style that the settings name."""
        await self._cite(self.settings.citation)

    async def action_cite_as(self) -> None:
        """Choose the style, then copy."""
        from paperreader.tui.panes.pick_list import Pick
        from paperreader.tui.screens.pick import PickDialog

        rids = self.chosen_or_current()
        if not rids:
            return
        styles = self.library.citation_styles()
        usual = self.settings.citation
        names = sorted(styles, key=lambda name: name != usual)
        picks = [
            Pick(name, Content(styles[name]), Content.styled("c" if name == usual else "", "$faint")) for name in names
        ]
        about = styled(self.about(rids), style="not bold $muted-near")
        heading = Content.assemble("Copy a citation  ", about)
        await self.app.push_screen(PickDialog(heading, picks, "copy"), self._cite_as)

    async def _cite_as(self, style: str | None) -> None:
        if style:
            await self._cite(style)

    async def _cite(self, style: str) -> None:
        between = ", " if style == "key" else "\n\n" if style in ("bibtex", "biblatex") else "\n"
        self._copy_each("citations", lambda rids: [self.library.cite(rid, style) for rid in rids], between)

    def action_copy_link(self) -> None:
        """Copy the link, or the id where there is none; of many one a line."""
        self._copy_each("links", lambda rids: [paper.link or paper.id for paper in self.library.papers(rids)], "\n")

    def _copy_each(self, noun: str, texts: Callable[[Sequence[int]], list[str]], between: str) -> None:
        rids = self.chosen_or_current()
        if len(rids) > _MOST_COPIED:
            way = told("{reading.export} writes a file", self.keymap)
            self.status.say(f"{len(rids):,} {noun} are too many for a clipboard: {way}.")
        elif rids:
            self.run_worker(self._copied(noun, lambda: texts(rids), between), group="out")

    async def _copied(self, noun: str, texts: Callable[[], list[str]], between: str) -> None:
        import asyncio

        from paperreader.tui.clipboard import copy

        with self.refusing():
            each = list(filter(None, await asyncio.to_thread(texts)))
            copied = await copy(self.app, between.join(each))
            self.status.say(copied.told_of(f"{len(each):,} {noun}") if len(each) > 1 else copied.sentence)
