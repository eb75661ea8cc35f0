"""A saved search as a form: name, question, digit; a new one is made with it, a known one changed or deleted."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from paperreader.tui.panes.field import Field


class Wish(NamedTuple):
    """What the person wants of a saved search."""

    name: str
    question: str
    digit: int | None
    delete: bool = False


class SaveForm(ModalScreen[Wish | None]):
    """Ends with what is wanted, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "cancel"),
        ("enter", "save", "save"),
        Binding("ctrl+d", "delete", "delete", priority=True),  # a field would take it for itself
        ("down", "app.focus_next", "next"),
        ("up", "app.focus_previous", "previous"),
        ("tab", "app.focus_next", "next"),
        ("shift+tab", "app.focus_previous", "previous"),
    ]
    DEFAULT_CSS = """
    SaveForm {
        align: center top;
        background: $background;
        & > #sheet { width: 100%; max-width: 76; height: auto; background: $surface; padding: 1 2; }
        & #title { height: 1; text-style: bold; color: $foreground; margin: 0 0 1 0; }
        & .line { height: 1; }
        & .label { width: 10; color: $muted; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; color: $foreground; }
        & Input:focus { border: none; background-tint: transparent 0%; background: $cursor; }
        & #close { height: auto; color: $muted; margin: 1 0 0 0; }
        &:ansi > #sheet { border: round $faint; padding: 0 1; }
    }
    """

    named = query_one("#name", Input)
    asked = query_one("#question", Input)
    digit = query_one("#digit", Input)

    def __init__(self, wish: Wish, *, known: bool) -> None:
        """`wish`: what the fields begin with; `known`: whether this search is saved already."""
        super().__init__()
        self._wish = wish
        self._known = known

    def compose(self) -> ComposeResult:
        """Three fields, how to leave."""
        wish = self._wish
        fields = (
            ("name", wish.name, ""),
            ("question", wish.question, ""),
            ("digit", str(wish.digit or ""), "none; or 7, 8, 9"),
        )
        with Container(id="sheet"):
            yield Static("Saved search" if self._known else "Save this search", id="title", markup=False)
            for name, value, placeholder in fields:
                with Horizontal(classes="line"):
                    yield Static(name.capitalize(), classes="label", markup=False)
                    yield Field(value, placeholder=placeholder, id=name)
            deletes = "   Ctrl+D delete" if self._known else ""
            yield Static(Content(f"Enter save   Tab next field{deletes}   Esc cancel"), id="close", markup=False)

    def on_mount(self) -> None:
        """The proposed name is there to be typed over."""
        self.named.focus()
        self.named.select_all()

    def action_save(self) -> None:
        """As the fields say."""
        digit = self.digit.value.strip()
        if digit and digit not in ("7", "8", "9"):
            self.app.notify("The digit of a saved search is 7, 8 or 9, or none.", severity="error", markup=False)
            self.digit.focus()
            return
        self.dismiss(Wish(self.named.value, self.asked.value, int(digit) if digit else None))

    def action_delete(self) -> None:
        """Let it go."""
        if self._known:
            self.dismiss(self._wish._replace(delete=True))
