"""The field that the question is typed into."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from paperreader.plain import printable


class Question(Input, inherit_bindings=False):
    """The field of the question; the keys that the pane wants, it must not take for itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and not {"enter", "ctrl+c,super+c"} & {binding.key}
    ]
    DEFAULT_CSS = """
    Question, Question:focus { background: transparent; background-tint: transparent 0%; }
    Question > .input--placeholder { color: $muted; }
    """

    last = ""
    """The question that was cleared last: → in the empty field brings it back."""

    def clear(self) -> None:
        """Empty the field."""
        self.last = self.value.strip() or self.last
        self.placeholder = f"{self.last}  →" if self.last else "search"
        super().clear()

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
