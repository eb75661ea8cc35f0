"""All keys, found by typing, and what can be typed into the search field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from paperreader.trending import DEFAULT, Weights
from paperreader.tui import glyphs
from paperreader.tui.acting import works
from paperreader.tui.glyphs import is_ascii
from paperreader.tui.key_table import table
from paperreader.tui.keys import Key, remapped
from paperreader.tui.panes.field import Field
from paperreader.tui.signs_and_formula import told_beside

_AROUND, _AROUND_SMALL = 8, 2
# Lines of the sheet that are not the keys: margins, title, field, how to leave.


class HelpScreen(ModalScreen[None]):
    """Lies over the screen whose keys it tells."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f1", "dismiss", "close"),
        ("down", "scroll(1)", "scroll"),
        ("up", "scroll(-1)", "scroll"),
        ("pagedown", "page(1)", "page"),
        ("pageup", "page(-1)", "page"),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        align: center top;
        background: $background;
        & > #help { width: 100%; max-width: 112; height: auto; max-height: 100%; background: $surface; padding: 1 2; }
        & #title { height: 1; text-style: bold; color: $foreground; margin: 0 0 1 0; }
        & #line { height: 1; }
        & #prompt { width: 2; color: $link; }
        & #filter { width: 1fr; height: 1; border: none; padding: 0; background: $surface; color: $foreground; }
        & #filter:focus { border: none; background-tint: transparent 0%; }
        & #filter > .input--placeholder { color: $muted; }
        & #keys { height: auto; margin: 1 0; scrollbar-size-vertical: 1; scrollbar-background: $surface; }
        & #text { height: auto; padding: 0 1 0 0; }
        & #close { height: 1; color: $muted; }
        &:ansi > #help { border: round $faint; padding: 0 1; }
        &.-small > #help { border: none; padding: 0 1; }
        &.-small #title { display: none; }
        &.-small #keys { margin: 0; }
    }
    """

    field = query_one("#filter", Input)
    keys = query_one("#keys", VerticalScroll)
    text = query_one("#text", Static)

    def __init__(self, keymap: Mapping[str, str] | None = None, weights: Weights = DEFAULT, missing: str = "") -> None:
        """`keymap`: the person's own keys; those that the app has where it is not given. `weights`: of Trending.

        `missing`: what to do to find by meaning too; empty where that is so.
        """
        super().__init__()
        self._keymap = self.app._keymap if keymap is None else keymap
        self._ascii = is_ascii()
        self._more = told_beside(weights, glyphs.choose(), missing)
        self._works = {key.id: works(self.app.screen, key) for key in self._own()}

    def _own(self) -> tuple[Key, ...]:
        return remapped(self._keymap)

    def compose(self) -> ComposeResult:
        """A field, the keys, how to leave."""
        with Container(id="help"):
            yield Static("All keys", id="title", markup=False)
            with Horizontal(id="line"):
                yield Static(glyphs.choose().prompt, id="prompt", markup=False)
                yield Field(placeholder="type what you want to do, or press a key", id="filter")
            with VerticalScroll(id="keys", can_focus=False):
                yield Static(id="text", markup=False)
            arrows = "Up Down" if self._ascii else "↑ ↓"
            yield Static(Content.from_text(f"{arrows} scroll   Esc close", markup=False), id="close", markup=False)

    def on_mount(self) -> None:
        """Ready for typing."""
        self.field.focus()

    def on_resize(self) -> None:
        """Draw it for this width, once the layout knows it."""
        small = self.app.size.height < 20 or self.app.size.width < 60
        self.set_class(small, "-small")
        self.keys.styles.max_height = max(1, self.app.size.height - (_AROUND_SMALL if small else _AROUND))
        self.call_after_refresh(self._draw)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what matches, from the top."""
        event.stop()
        self.keys.scroll_home(animate=False)
        self._draw()

    def _draw(self) -> None:
        width = self.text.content_region.width
        lines = table(self._own(), self.field.value, width, works=self._can, ascii_only=self._ascii, more=self._more)
        if not lines:
            lines = [Content.styled("No key does that. Esc, then : finds commands by name.", "$muted")]
        self.text.update(Content("\n").join(lines))

    def _can(self, key: Key) -> bool:
        return self._works[key.id]

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.keys.scroll_relative(y=lines, animate=False)

    def action_page(self, way: int) -> None:
        """Scroll by a page: 1 down, -1 up."""
        self.keys.scroll_relative(y=way * max(1, self.keys.size.height - 1), animate=False)
