"""A dialog that asks which of a few things; ends with the one that was picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one

from paperreader.tui.panes.pick_list import Pick, PickList
from paperreader.tui.screens.dialog import Dialog


class PickDialog(Dialog[str]):
    """Ends with the key of a line, or with None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q", "dismiss(None)", "close"),
        ("enter,space", "pick", "pick"),
        ("down,j,ctrl+n", "move(1)", "down"),
        ("up,k,ctrl+p", "move(-1)", "up"),
    ]

    list = query_one(PickList)

    def __init__(self, heading: Content, picks: Sequence[Pick], verb: str) -> None:
        """`verb` is what Enter does."""
        super().__init__(heading)
        self._picks = picks
        self._verb = verb

    def inside(self) -> ComposeResult:
        """The lines."""
        yield PickList()

    def on_mount(self) -> None:
        """The first is the usual one."""
        self.list.show(self._picks)
        self.teach(("Enter", self._verb), ("Esc", "close"))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.list.move(by)

    def action_pick(self) -> None:
        """Take the line that the cursor is on."""
        if self.list.current is not None:
            self.dismiss(self.list.current.key)

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """A click takes it too."""
        self.dismiss(event.pick.key)
