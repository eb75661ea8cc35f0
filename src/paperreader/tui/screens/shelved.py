"""The shelf of the sidebar, laid over a screen that has no sidebar."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from paperreader.tui.glyphs import Glyphs
from paperreader.tui.panes.shelf import Entry, Shelf

_AROUND = 4
# Lines of the sheet that are not entries.


class ShelfScreen(ModalScreen[Hashable]):
    """Ends with what was chosen, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,f", "dismiss(None)", "close")]
    DEFAULT_CSS = """
    ShelfScreen {
        align: center top;
        background: $background;
        & > #sheet { width: 100%; max-width: 60; height: auto; max-height: 100%; background: $surface; padding: 1 2; }
        & Shelf { height: auto; }
        & #close { height: 1; color: $muted; margin: 1 0 0 0; }
        &:ansi > #sheet { border: round $faint; padding: 0 1; }
    }
    """

    shelf = query_one(Shelf)

    def __init__(self, entries: Callable[[int], Sequence[Entry]], glyphs: Glyphs) -> None:
        """`entries` tells them for a number of lines."""
        super().__init__()
        self._entries = entries
        self._glyphs = glyphs

    def compose(self) -> ComposeResult:
        """The shelf, and how to leave."""
        with Container(id="sheet"):
            yield Shelf()
            yield Static(Content("Enter choose   Esc close"), id="close", markup=False)

    def on_mount(self) -> None:
        """Ready for choosing."""
        self.shelf.glyphs = self._glyphs
        self.lay()
        self.shelf.focus()

    def on_resize(self) -> None:
        """Another height has room for more, or less."""
        self.lay()

    def lay(self) -> None:
        """Show what there is now."""
        room = max(3, self.app.size.height - _AROUND - 2)
        entries = self._entries(room)
        self.shelf.styles.height = min(room, max(1, len(entries)))
        self.shelf.show(entries or [Entry("Nothing here can be narrowed.")])

    def on_shelf_choose(self, event: Shelf.Choose) -> None:
        """That one."""
        event.stop()
        self.dismiss(event.what)
