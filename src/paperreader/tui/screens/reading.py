"""The screen one reads on: list, text and search pane, and what the keys do wherever the focus is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from paperreader.library import Library
from paperreader.paper import Sort, View
from paperreader.settings import Settings
from paperreader.tui.acting import act, works
from paperreader.tui.glyphs import ASCII, Glyphs
from paperreader.tui.hints import Hint, footer
from paperreader.tui.keys import BY_ID, bindings
from paperreader.tui.nothing import Asked
from paperreader.tui.panes.detail_page import LIKE
from paperreader.tui.panes.footer import Footer, Offer
from paperreader.tui.panes.paper_detail import PaperDetail
from paperreader.tui.panes.search import SearchPane
from paperreader.tui.panes.status_line import chosen_in_words
from paperreader.tui.panes.too_small import TooSmall
from paperreader.tui.panes.views import Views
from paperreader.tui.place import Memory
from paperreader.tui.screens.handing_out import HandingOutScreen
from paperreader.tui.typeahead import OrderlyApp

if TYPE_CHECKING:
    from paperreader.tui.messages import (
        IndexFailed,
        IndexMoved,
        IndexReady,
        IndexWaits,
        ListChanged,
        MeaningMoved,
        RefreshEnded,
        RefreshMoved,
    )

_ON_A_PAPER = frozenset(
    {"bookmark", "toggle_read", "remove", "mark_all", "browse", "pdf", "copy_link", "authors", "linked"}
    | {"dismiss_paper", "reading", "rate", "note", "cite", "cite_as"}
)
_READ_WITHIN = 12.0
"""Seconds that an address stays on the screen which somebody wants to select with the mouse, or to type."""
_WRITING = frozenset(
    {"bookmark", "toggle_read", "remove", "mark_all", "undo", "redo"}
    | {"dismiss_paper", "reading", "rate", "note", "lists", "tags"}
)


class ReadingScreen(HandingOutScreen):
    """Hears the keys that work under every pane, and passes on what one pane wants of another."""

    BINDINGS = bindings("reading")

    def __init__(
        self, library: Library, memory: Memory, glyphs: Glyphs, settings: Settings, keymap: Mapping[str, str]
    ) -> None:
        super().__init__(library, memory, glyphs)
        self.settings = settings
        self.keymap = keymap

    def on_mount(self) -> None:
        """Tell the panes what does not change. (Textual itself calls `on_mount` of each class, this one first.)"""
        self.detail.read_after = self.settings.read_after
        self.detail.more = self.more
        self.detail.keymap = self.keymap
        self.status.lasting = "read-only" if not self.library.writable else ""
        self._teach()

    # From pane to pane

    def action_search(self) -> None:
        """Type a question."""
        self.go("search")

    def refresh_bindings(self) -> None:
        """What works has changed: the footer shows it."""
        super().refresh_bindings()
        if self.is_mounted:
            self._teach()

    async def action_back(self) -> None:
        """One step back: from the text to the list, from a question or similar papers to where they were begun."""
        if self.pane in ("detail", "shelf"):
            self.go("list")
            return
        if self.pane == "list" and (self.papers.let_go() or await self.step_back() or await self.close_collection()):
            return
        self.search.question.clear()
        self.go("list")

    def on_question_suggested(self) -> None:
        """Tab does another thing while a word is shown behind the cursor."""
        self._teach()

    def on_search_pane_move_list(self, event: SearchPane.MoveList) -> None:
        """The field keeps the focus, the list moves."""
        getattr(self.papers, f"action_{event.way}")()

    async def on_search_pane_to_results(self) -> None:
        """Go to what was found; where nothing was, look everywhere first."""
        if self.answer is not None and not self.answer.ids and self.can_widen:
            await self.search_everywhere()
        elif self.answer is not None and self.answer.opens is not None:
            await self.on_paper_list_open_paper()
        elif self.papers.listing:
            self.go("list")

    async def action_everywhere(self) -> None:
        """Ask all papers what was asked of this view."""
        await self.search_everywhere()

    async def on_views_choose(self, event: Views.Choose) -> None:
        """A view was clicked."""
        await self.open_view(event.view)

    async def on_footer_press(self, event: Footer.Press) -> None:
        """A hint was clicked: the same as its key."""
        await act(self, BY_ID[event.id])

    def on_descendant_focus(self) -> None:
        """Another pane: its line brightens, its keys are taught."""
        self.status.bright = self.pane == "list"
        self.watch_reading()
        self._teach()

    def on_screen_suspend(self) -> None:
        """Something is laid over this."""
        self.seen(True)
        self.detail.watched = False

    def on_screen_resume(self) -> None:
        """And gone again."""
        self.seen(not self.query(TooSmall))

    def seen(self, seen: bool) -> None:
        """Nobody reads what cannot be seen."""
        super().seen(seen)
        self.watch_reading()

    def watch_reading(self) -> None:
        """Somebody who types a question is not reading, nor who has not touched a key since the start."""
        reads = isinstance(self.app, OrderlyApp) and self.app.touched and not self.app.unseen
        self.detail.watched = reads and self.pane != "search" and self.is_current

    def on_choosing_list_choice_changed(self) -> None:
        """Say how many are chosen, and what can be done with them."""
        self.status.chosen = chosen_in_words(*self.papers.chosen_count)
        self._teach()

    def _teach(self) -> None:
        trending = self.view is View.TRENDING
        hints = footer(
            self.pane,
            self.keymap,
            ascii_only=self.glyphs is ASCII,
            trending=trending,
            chosen=self._chooses,
            alike=self.likeness is not None,
            digest=self.digesting,
            ordered=self.collection is not None and self.collection.kind == "list" and self.answer is None,
        )
        self.footer.offers = tuple(self._offered(hint) for hint in hints)

    @property
    def _chooses(self) -> bool:
        return self.papers.ranging or self.papers.chosen_count[0] > 0

    def _offered(self, hint: Hint) -> Offer:
        """Enter in the field does another thing where nothing was found, Esc in the list where papers are chosen."""
        if hint.ids[0] == "reading.back" and self.pane == "list":
            return Offer(hint._replace(label="let go"))
        nothing = self.answer is not None and not self.answer.ids
        if hint.ids[0] == "reading.next_pane" and self.pane == "search" and self.search.question.suggested:
            return Offer(hint._replace(label="complete"))
        if nothing and hint.ids[0] == "search.down":
            return Offer(hint, works=False)
        if hint.ids[0] != "search.accept" or not nothing:
            return Offer(hint, works(self, BY_ID[hint.ids[0]]))
        return Offer(hint._replace(label="everywhere") if self.can_widen else hint, self.can_widen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot work now."""
        if action in _WRITING and not self.library.writable:
            return None
        if action in _ON_A_PAPER and self.is_mounted and self.papers.rid is None:
            return None
        if action == "sort" and self.is_mounted and not self.papers.count:
            return None
        if action == "everywhere":
            return True if self.can_widen and self.search.question.value.strip() else None
        if action == "order" and parameters == (Sort.RELEVANCE.value,) and self.answer is None:
            return False
        return super().check_action(action, parameters)

    # What lasts

    def on_list_changed(self, event: ListChanged) -> None:
        """Where another paper comes under the cursor nobody has chosen it: it is read from the next key on."""
        gone = self.papers.rid is not None and event.listing.index_of(self.papers.rid) is None
        if gone and event.before is self.base and self.answer is None and isinstance(self.app, OrderlyApp):
            self.app.touched = False
            self.watch_reading()

    def on_refresh_moved(self, event: RefreshMoved) -> None:
        """The feeds are being asked."""
        self.status.asking = event.progress

    def on_refresh_ended(self, event: RefreshEnded) -> None:
        """And have told: until the next time the line above says how up to date the papers are, or what is wrong."""
        self.status.asking = event.state or f"refreshed {time.strftime('%H:%M')}"
        trouble = "" if event.complete else event.sentence.removeprefix("0 new, 0 changed; ")
        self.tell_asked(Asked(trouble=trouble))

    def on_index_moved(self, event: IndexMoved) -> None:
        """Show how far it is."""
        self.status.index = event

    def on_index_waits(self, event: IndexWaits) -> None:
        """Another process does it."""
        self.status.index = None
        self.status.lasting = "another paperreader is indexing"

    def on_index_ready(self, event: IndexReady) -> None:
        """The index knows more than when the question was asked."""
        self.status.index = None
        self.status.lasting = ""
        if self.answer is not None:
            self.search.ask()

    def on_index_failed(self, event: IndexFailed) -> None:
        """Until it succeeds, which is tried again and again, titles are searched; said aloud once."""
        self.status.index = None
        self.status.lasting = "not indexed: titles only"
        if not event.again:
            self.app.notify(event.reason, title="The search index was not built", severity="error", markup=False)

    def on_meaning_moved(self, event: MeaningMoved) -> None:
        """It takes hours and hinders nobody: a word says how far it is."""
        self.status.reading = f"meaning {event.done / max(1, event.total):.0%}"

    def on_meaning_ready(self) -> None:
        """What is asked from now on finds by meaning too."""
        self.status.reading = ""

    # Out of the program

    def action_authors(self) -> None:
        """Name all authors, or only the first again."""
        self.detail.fold_authors()

    def action_browse(self) -> None:
        """Open the paper's page."""
        paper = self._paper()
        if paper is not None:
            self._open(paper.link)

    def action_pdf(self) -> None:
        """Open its PDF."""
        paper = self._paper()
        if paper is not None:
            self._open(paper.pdf_link)

    async def on_paper_detail_open_link(self, event: PaperDetail.OpenLink) -> None:
        """A link was clicked, or chosen."""
        if event.url.startswith(LIKE):
            await self.follow_similar(event.url)
        else:
            self._open(event.url)

    def _open(self, url: str) -> None:
        self.run_worker(self._opened(url), group="out")

    async def _opened(self, url: str) -> None:
        """Where no browser can be opened, the link is shown and copied."""
        from paperreader.browser import open_link  # 4 ms with the clipboard, paid when a link is wanted
        from paperreader.tui.clipboard import copy

        opened = await open_link(url, self.settings.browser)
        if opened.started or not opened.url:
            self.status.say(opened.sentence)
            return
        copied = await copy(self.app, opened.url)
        self.app.notify(f"{opened.reason}\n{opened.url}\n{copied.how}", markup=False, timeout=_READ_WITHIN)
