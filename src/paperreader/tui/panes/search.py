"""The search pane: the question, what was found, the views. It asks in a thread and tells only the last answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import get_current_worker

from paperreader.errors import PaperReaderError
from paperreader.paper import View
from paperreader.tui.content import cut, styled
from paperreader.tui.glyphs import UNICODE, Glyphs
from paperreader.tui.keys import bindings
from paperreader.tui.panes.question import Question
from paperreader.tui.panes.views import Views

if TYPE_CHECKING:
    from paperreader.search.finding import Found
    from paperreader.tui.messages import FindFailed, PapersFound

Finder = Callable[[str, Callable[[], bool]], "Found"]
"""A question and a `stop()` in, the answer out; called in a thread."""

_MARGINS = 4
# Cells beside the text of the sidebar.

_SLOW = 0.1
"""Seconds after which one is told that the search goes on; a sign that comes and goes at once only flickers."""

_WAIT = 1.0
"""Seconds that Enter waits for the answer, so that keys typed ahead meet the new list and not the old one."""


class Tally(Widget):
    """How much was found, and how fast."""

    what: reactive[Content] = reactive(Content(""), layout=True)
    """The sentence."""

    def render(self) -> Content:
        """It, and nothing else."""
        return self.what


class SearchPane(Widget):
    """A sidebar, or one line above list and detail."""

    BINDINGS = bindings("search")
    DEFAULT_CSS = """
    SearchPane {
        background: $surface;
        color: $faint;
        & > Question { margin: 0 0 0 2; }
        & > Tally { height: 2; }
        &:focus-within { color: $link; }
    }
    """

    view: reactive[View] = reactive(View.ALL)
    """Which view is searched."""
    counts: reactive[Mapping[View, int]] = reactive({})
    """How many papers each view has."""
    column: reactive[bool] = reactive(True)
    """Whether this is a sidebar."""
    glyphs: reactive[Glyphs] = reactive(UNICODE)
    """The signs of this terminal."""

    question = query_one(Question)
    views = query_one(Views)
    tally = query_one(Tally)

    @dataclass(eq=False)
    class Cleared(Message):
        """The field is empty now."""

    @dataclass(eq=False)
    class MoveList(Message):
        """Move the cursor of the list, the field keeping the focus."""

        way: str
        """A list action: "down", "up", "page_down" or "page_up"."""

    @dataclass(eq=False)
    class ToResults(Message):
        """Go to what was found."""

    def __init__(self, find: Finder) -> None:
        super().__init__()
        self._find = find
        self._answered = asyncio.Event()
        self._answered.set()
        self._slow: Timer | None = None

    def render(self) -> str:
        """The sign before the question; the parts lie over the rest."""
        return self.glyphs.prompt

    def compose(self) -> ComposeResult:
        """The parts."""
        yield Question(placeholder="search  /", compact=True, select_on_focus=False)
        yield Tally()
        yield Views().data_bind(counts=SearchPane.counts, chosen=SearchPane.view, column=SearchPane.column)

    # Asking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another question: ask it, or say that there is none."""
        event.stop()
        self._make_room()
        self.ask()

    def on_descendant_focus(self) -> None:
        """A question is begun."""
        self._make_room()

    def on_descendant_blur(self) -> None:
        """It is asked, or was never typed."""
        self._make_room()

    def watch_column(self) -> None:
        """Beside each other views and question share a line."""
        self._make_room()

    def _make_room(self) -> None:
        """On a line of its own the question needs what the views have while nothing is asked."""
        if self.is_mounted:
            self.set_class(self.question.has_focus or bool(self.question.value), "-asked")

    def ask(self) -> None:
        """Ask what stands in the field, the latest state of the library being searched."""
        question = self.question.value
        self.workers.cancel_group(self, "find")
        if not question.strip():
            self._answered.set()
            self.say(Content(""))
            self.post_message(self.Cleared())
            return
        self._answered.clear()
        if self._slow is not None:
            self._slow.stop()
        self._slow = self.set_timer(_SLOW, self._say_searching)
        self.run_worker(lambda: self._ask(question), thread=True, group="find", exclusive=True)

    def _ask(self, question: str) -> None:
        """In a thread, which `exclusive` alone would not stop: it is asked to, and looks once more before it tells."""
        from paperreader.tui.messages import FindFailed, PapersFound  # not needed for the first paint: 3 ms

        worker = get_current_worker()
        news: PapersFound | FindFailed
        try:
            news = PapersFound(question, self._find(question, lambda: worker.is_cancelled))
        except PaperReaderError as error:
            news = FindFailed(question, error)
        if not worker.is_cancelled:
            self.post_message(news)

    def on_papers_found(self, event: PapersFound) -> None:
        """Let the answer pass up if it is the answer to what stands in the field; say how much was found."""
        if event.question != self.question.value:
            event.stop()
            return
        self._answered.set()
        found = event.found
        count = Content.styled(f"{found.total:,} found", "$foreground" if found.total else "$yours")
        line = Content.assemble(count, "  ", (_duration(found.seconds), "$muted"))
        remark = cut(styled(" · ".join(found.remarks), style="$muted", tex=False), max(0, self.size.width - _MARGINS))
        self.say(line.append("\n").append(remark) if remark and self.column else line)

    def on_find_failed(self, event: FindFailed) -> None:
        """Say that this question has no answer now, unless another one is asked already."""
        if event.question != self.question.value:
            event.stop()
            return
        self._answered.set()
        self.say(styled("cannot search now", style="$wrong"))

    def say(self, what: Content) -> None:
        """Put it under the question."""
        self.tally.what = what

    def _say_searching(self) -> None:
        if not self._answered.is_set():
            self.say(Content.styled("searching…", "$muted"))

    async def answered(self) -> None:
        """Wait until the question in the field is answered, for a second at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._answered.wait(), _WAIT)

    # What happens in the field

    async def action_move(self, way: str) -> None:
        """Move the cursor of the list, once the answer is there."""
        await self.answered()
        self.post_message(self.MoveList(way))

    async def action_accept(self) -> None:
        """Go to what was found, once it is found."""
        await self.answered()
        self.post_message(self.ToResults())


def _duration(seconds: float) -> str:
    return f"in {seconds * 1000:.0f} ms" if seconds < 1 else f"in {seconds:.1f} s"
