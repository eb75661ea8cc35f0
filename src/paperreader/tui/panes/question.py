"""The field that the question is typed into."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.suggester import SuggestionReady

from paperreader.plain import printable
from paperreader.tui.panes.field import TakingBack


class Question(TakingBack):
    """The field of the question; the keys that the pane wants, it must not take for itself."""

    DEFAULT_CSS = """
    Question, Question:focus { background: transparent; background-tint: transparent 0%; }
    Question > .input--placeholder, Question > .input--suggestion { color: $muted; }
    """

    @dataclass(eq=False)
    class Left(Message):
        """A question was asked, and is taken out of the field."""

        question: str

    class Suggested(Message):
        """Another word is shown behind the cursor, or none any more."""

    last = ""
    """The question that was cleared last: → in the empty field brings it back."""

    def clear(self) -> None:
        """Empty the field."""
        self.last = self.value.strip() or self.last
        if self.value.strip():
            self.post_message(self.Left(self.value))
        self._invite()
        super().clear()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Who is in the field needs fewer keys."""
        super().watch_has_focus(has_focus)
        self._invite()

    def _invite(self) -> None:
        """What to press, and what comes of it: nobody may take the last question for one that is being asked."""
        ways = "→" if self.has_focus else "/ →"
        if not self.last:
            self.placeholder = "search" if self.has_focus else "search  /"
            return
        whole = f"{ways} again: {self.last}"
        self.placeholder = whole if cell_len(whole) < self.size.width else f"{ways} {self.last}"

    def on_resize(self) -> None:
        """Another width has room for other words."""
        self._invite()

    # The word shown behind the cursor

    _offer = ""
    _told = False

    @property
    def suggested(self) -> str:
        """What the question becomes when the word shown behind the cursor is taken; empty where none is shown."""
        shown = self.cursor_at_end and self.selection.is_empty and len(self._offer) > len(self.value)
        return self._offer if shown and self._offer.startswith(self.value) and self.value else ""

    def suggest(self, question: str, full: str) -> None:
        """Show what this question may become, if it still stands in the field."""
        if question == self.value:
            self._offer = full
            self.keep_suggestion()

    def keep_suggestion(self) -> None:
        """Whoever types what is shown goes on seeing the rest of it."""
        shown = bool(self.suggested)
        if shown:
            self.post_message(SuggestionReady(self.value, self._offer))
        else:
            self._offer = ""
        if shown or self._told:
            self._told = shown
            self.post_message(self.Suggested())

    def take_suggestion(self) -> None:
        """Take the word that is shown."""
        if full := self.suggested:
            self.value = full
            self.cursor_position = len(full)

    def action_cursor_right(self, select: bool = False) -> None:
        """Right; in an empty field: take the last question again."""
        if not self.value and self.last:
            self.value = self.last
            self.cursor_position = len(self.value)
        else:
            super().action_cursor_right(select)

    def _on_paste(self, event: events.Paste) -> None:
        """Paste one line, nothing in it that steers a terminal."""
        event.prevent_default()
        event.stop()
        line = printable(" ".join(event.text.split()))
        self.replace(line, *self.selection) if not self.selection.is_empty else self.insert_text_at_cursor(line)
