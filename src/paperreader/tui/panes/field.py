"""A field of one line for dialogs: pasted text is made one line, and Ctrl+Z takes back what was typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from paperreader.plain import printable

_STEPS = 200
# Values that can be taken back; a name has a few dozen letters.


class TakingBack(Input, inherit_bindings=False):
    """An Input that keeps what stood in it; Enter and Ctrl+C are for whoever has it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "undo", show=False),
        *(
            binding
            for binding in Input.BINDINGS
            if isinstance(binding, Binding) and not {"enter", "ctrl+c,super+c"} & {binding.key}
        ),
    ]

    virtual_size = Reactive(Size(0, 0))
    """How far the text reaches. Textual lays the whole screen out whenever it changes: 20 ms for each letter typed."""

    _before: tuple[tuple[str, int], ...] = ()
    _undoing = False

    def watch_value(self, old_value: str, new_value: str) -> None:
        """Keep what stood here before."""
        if not self._undoing and old_value != new_value:
            before = (old_value, min(self.cursor_position, len(old_value)))
            self._before = (*self._before[1 - _STEPS :], before)

    def action_undo(self) -> None:
        """Take back the last letter typed, or the last piece deleted or pasted."""
        if self._before:
            *rest, (value, cursor) = self._before
            self._before = tuple(rest)
            self._undoing = True
            self.value, self.cursor_position = value, cursor
            self._undoing = False


class Field(TakingBack):
    """As dialogs have it."""

    DEFAULT_CSS = """
    Field, Field:focus {
        width: 1fr; height: 1; border: none; padding: 0; color: $foreground;
        background: transparent; background-tint: transparent 0%;
    }
    Field > .input--placeholder { color: $muted-near; }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(value, placeholder=placeholder, compact=True, select_on_focus=False, id=id)

    def _on_paste(self, event: events.Paste) -> None:
        """Paste one line, nothing in it that steers a terminal."""
        event.prevent_default()
        event.stop()
        line = printable(" ".join(event.text.split()))
        self.replace(line, *self.selection) if not self.selection.is_empty else self.insert_text_at_cursor(line)
