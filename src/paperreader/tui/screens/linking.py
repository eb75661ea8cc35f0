"""What Hugging Face links to a paper, asked for at a key, once while the app is open; shown from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from paperreader.errors import PaperReaderError
from paperreader.paper import Paper
from paperreader.tui.keys import BY_ID, told
from paperreader.tui.panes.detail_more import HUGGING_FACE, More, in_a_sentence
from paperreader.tui.screens.windowed import WindowedScreen

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.linked import Links
    from paperreader.settings import Settings
    from paperreader.tui.glyphs import Glyphs
    from paperreader.tui.messages import LinkedFound
    from paperreader.tui.place import Memory


class LinkingScreen(WindowedScreen):
    """Asks for models, datasets and Spaces; nothing waits for the answer."""

    settings: Settings

    def __init__(self, library: Library, memory: Memory, glyphs: Glyphs) -> None:
        super().__init__(library, memory, glyphs)
        self._heard_of: set[int] = set()
        """Papers that Hugging Face told of since the app was opened; what it told is in the library."""
        self._under_way: set[int] = set()

    def action_linked(self) -> None:
        """Ask Hugging Face what is linked to the paper; the answer stands below its text."""
        self._follow()
        paper = self.detail.paper
        if paper is None:
            return
        if not paper.arxiv_id:
            self.status.say("Hugging Face knows papers by their arXiv id, and this one has none.")
        elif paper.rid in self._heard_of:
            with self.refusing():
                self.status.say(in_a_sentence(self.library.links(paper.rid)))
        elif paper.rid not in self._under_way:
            self._under_way.add(paper.rid)
            self.run_worker(lambda: self._ask_linked(paper), thread=True, group="linked")
            self._follow(again=True)

    def _ask_linked(self, paper: Paper) -> None:
        """In a thread, which ends within half a second when the app does."""
        from paperreader.library.following import World
        from paperreader.tui.messages import LinkedFound

        worker = get_current_worker()
        try:
            following = self.library.following(World.of(self.settings.world))
            news = LinkedFound(paper.rid, following.links(paper.rid, paper.arxiv_id, lambda: worker.is_cancelled))
        except PaperReaderError as error:
            news = LinkedFound(paper.rid, None, str(error))
        if not worker.is_cancelled:
            self.post_message(news)

    def on_linked_found(self, event: LinkedFound) -> None:
        """Show it, if the paper is still there; a failure may be tried again."""
        self._under_way.discard(event.rid)
        if not event.error:
            self._heard_of.add(event.rid)
        shown = self.detail.paper
        if shown is not None and shown.rid == event.rid:
            self.status.say(event.error or in_a_sentence(event.links))
            self._follow(again=True)

    def more(self, paper: Paper) -> More:
        """With what is linked, as it was told the last time that somebody asked. Raises StoreError."""
        linked = self.library.links(paper.rid) if paper.arxiv_id else None
        return (
            super()
            .more(paper)
            ._replace(asking=paper.rid in self._under_way, linked=linked, remark=self._remark(paper, linked))
        )

    def _remark(self, paper: Paper, linked: Links | None) -> str:
        if linked is not None or paper.rid in self._heard_of:
            return in_a_sentence(linked)
        if HUGGING_FACE not in paper.sources or not paper.arxiv_id:
            return ""
        key, label = told("{reading.linked}", self.keymap), BY_ID["reading.linked"].label
        return f"{key}  {label}" if key != label else ""
