"""The search pane: the question, what was found, the views. It asks in a thread and tells only the last answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
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
from paperreader.tui.content import styled
from paperreader.tui.glyphs import UNICODE, Glyphs
from paperreader.tui.keys import bindings
from paperreader.tui.panes.question import Question
from paperreader.tui.panes.question_line import AS_MEANT, How, in_column, in_line
from paperreader.tui.panes.recalling import RecallingPane
from paperreader.tui.panes.shelf import Shelf
from paperreader.tui.panes.views import Views

if TYPE_CHECKING:
    from paperreader.search.finding import Found
    from paperreader.tui.messages import FindFailed, PapersFound, QuestionCompleted

Finder = Callable[[str, How, Callable[[], bool]], "PapersFound"]
"""A question, how to understand it and a `stop()` in, the answer out; called in a thread."""

Completer = Callable[[str], str]
"""A question in, what it most probably becomes out; called in a thread."""

_LINES = 4
# Lines of the sidebar that are kept for what is said of an answer.
_BESIDE = 5
# Cells of the line above list and detail that are neither the question's nor what is said of its answer.
_LEAST = 12
# Cells that either has.

_SLOW = 0.1
"""Seconds after which one is told that the search goes on; a sign that comes and goes at once only flickers."""

_REST = 0.05
"""Seconds after an answer in which another key must not come, until it is worked out what the question may become."""

_WAIT = 1.0
"""Seconds that Enter waits for the answer, so that keys typed ahead meet the new list and not the old one."""


class Tally(Widget):
    """How much was found, and how fast."""

    what: reactive[Content] = reactive(Content(""))
    """The sentence."""

    def watch_what(self, before: Content, now: Content) -> None:
        """Of a size of its own everywhere but on a line beside other things: only there they must make room."""
        if self.styles.auto_dimensions and before.cell_length != now.cell_length:
            self.refresh(layout=True)

    def render(self) -> Content:
        """It, and nothing else."""
        return self.what


class SearchPane(RecallingPane):
    """A sidebar, or one line above list and detail."""

    BINDINGS = bindings("search")
    DEFAULT_CSS = """
    SearchPane {
        background: $surface;
        color: $faint;
        & > Question { margin: 0 0 0 2; }
        & > Tally { height: 2; }
        &.-asked > Tally { height: 4; }
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

    views = query_one(Views)
    tally = query_one(Tally)
    shelf = query_one(Shelf)

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

    def __init__(self, find: Finder, completions: Completer) -> None:
        super().__init__()
        self._find = find
        self._completions = completions
        self.how = AS_MEANT
        """How the question is to be understood, until there is none."""
        self.told: Found | None = None
        """The answer to what stands in the field, once it is there."""
        self._answered = asyncio.Event()
        self._answered.set()
        self._slow: Timer | None = None
        self._to_complete: Timer | None = None

    def render(self) -> str:
        """The sign before the question; the parts lie over the rest."""
        return self.glyphs.prompt

    def compose(self) -> ComposeResult:
        """The parts."""
        yield Question(placeholder="search  /", compact=True, select_on_focus=False)
        yield Tally()
        yield Views().data_bind(counts=SearchPane.counts, chosen=SearchPane.view, column=SearchPane.column)
        yield Shelf().data_bind(SearchPane.glyphs)

    # Asking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another question: ask it, or say that there is none."""
        event.stop()
        self._make_room()
        self.touched()
        self.question.keep_suggestion()
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
        self._retell()

    def _make_room(self) -> None:
        """On a line of its own the question needs what the views have while nothing is asked."""
        if self.is_mounted:
            self.set_class(self.question.has_focus or bool(self.question.value), "-asked")

    def ask(self, how: How | None = None) -> None:
        """Ask what stands in the field, the latest state of the library being searched; `how`: from now on so."""
        question = self.question.value
        self.workers.cancel_group(self, "find")
        if not question.strip():
            self._answered.set()
            self.how, self.told = AS_MEANT, None
            self.say(Content(""))
            self.post_message(self.Cleared())
            return
        self.how = how or self.how
        self._answered.clear()
        for timer in (self._slow, self._to_complete):
            if timer is not None:
                timer.stop()
        self._slow = self.set_timer(_SLOW, self._say_searching)
        how = self.how
        self.run_worker(lambda: self._ask(question, how), thread=True, group="find", exclusive=True)

    def _ask(self, question: str, how: How) -> None:
        """In a thread, which `exclusive` alone would not stop: it is asked to, and looks once more before it tells."""
        from paperreader.tui.messages import FindFailed  # not needed for the first paint: 3 ms

        worker = get_current_worker()
        news: PapersFound | FindFailed
        try:
            news = self._find(question, how, lambda: worker.is_cancelled)
        except PaperReaderError as error:
            news = FindFailed(question, error)
        if not worker.is_cancelled:
            self.post_message(news)

    def _complete_at_rest(self, question: str) -> None:
        """Say what the question may become, once its answer was painted and no key came: neither waits for this."""
        if question == self.question.value:
            self.run_worker(lambda: self._complete(question), thread=True, group="find")

    def _complete(self, question: str) -> None:
        from paperreader.tui.messages import QuestionCompleted

        worker = get_current_worker()
        with suppress(PaperReaderError):  # then nothing is shown behind the cursor
            full = self._completions(question) if not worker.is_cancelled else ""
            if full and not worker.is_cancelled:
                self.post_message(QuestionCompleted(question, full))

    def on_question_completed(self, event: QuestionCompleted) -> None:
        """Show it behind the cursor, if the question is still that one."""
        event.stop()
        self.question.suggest(event.question, event.full)

    def on_papers_found(self, event: PapersFound) -> None:
        """Let the answer pass up if it is the answer to what stands in the field; say how much was found."""
        if event.question != self.question.value or event.how != self.how:
            event.stop()
            return
        self._answered.set()
        self.told = event.found
        self._retell()
        self._to_complete = self.set_timer(_REST, lambda: self._complete_at_rest(event.question))

    def tell(self, found: Found | None) -> None:
        """Say how much was found by other means than a question; None: nothing was asked."""
        self.told = found
        if found is None:
            self.say(Content(""))
        self._retell()

    def set_silently(self, question: str, how: How = AS_MEANT) -> None:
        """Put a question whose answer is there already into the field."""
        self.workers.cancel_group(self, "find")
        self._answered.set()
        self.how = how
        with self.question.prevent(Input.Changed):
            self.question.value = question
            self.question.cursor_position = len(question)
        self._make_room()

    def _retell(self) -> None:
        """Say what is known of the answer, as much as there is room for."""
        if self.told is None:
            return
        if self.column:
            self.say(in_column(self.told, self.how, self.size.width, _LINES, self.app._keymap))
        else:
            room = self.size.width - _BESIDE - max(_LEAST, cell_len(self.question.value) + 1)
            self.say(in_line(self.told, self.how, max(room, _LEAST), self.app._keymap))

    def on_resize(self) -> None:
        """There is more room for it, or less."""
        self._retell()

    def on_find_failed(self, event: FindFailed) -> None:
        """Say that this question has no answer now, unless another one is asked already."""
        if event.question != self.question.value:
            event.stop()
            return
        self._answered.set()
        self.told = None
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
        """Move the cursor of the list, once the answer is there; up and down step through earlier questions where one
        stands in the field, or nothing.
        """
        if self.steps(way):
            return
        await self.answered()
        self.post_message(self.MoveList(way))

    async def action_accept(self) -> None:
        """Go to what was found, once it is found."""
        self.keep(self.question.value)
        await self.answered()
        self.post_message(self.ToResults())
