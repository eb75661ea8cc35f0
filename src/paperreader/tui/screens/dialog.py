"""What all dialogs share: a sheet that lies over the panes, a heading, and a line that teaches its keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from paperreader.tui.content import cut

Result = TypeVar("Result")
_WIDEST = 72
# Cells of the sheet, where the window has them.


class Line(Widget):
    """One line of a dialog, cut where it has no room."""

    DEFAULT_CSS = "Line { height: 1; width: 100%; }"

    def __init__(self, what: Content, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(id=id)
        self._what = what

    def say(self, what: Content) -> None:
        """Other words."""
        self._what = what
        self.refresh()

    def render(self) -> Content:
        """As much of it as has room."""
        return cut(self._what, self.size.width)


class Dialog(ModalScreen[Result], Generic[Result]):
    """A sheet near the top: the list above and below it stays in view."""

    AUTO_FOCUS = "Field"
    DEFAULT_CSS = f"""
    Dialog {{
        align: center top;
        background: transparent;
        & > #sheet {{ width: 100%; max-width: {_WIDEST}; height: auto; max-height: 100%;
                      margin: 2 1 1 1; background: $bar; padding: 1 2; }}
        & #heading {{ text-style: bold; color: $foreground; margin: 0 0 1 0; }}
        & #hints {{ color: $muted-near; margin: 1 0 0 0; }}
        &:ansi > #sheet {{ border: round $faint; padding: 0 1; margin: 1 0 0 0; }}
        &.-small > #sheet {{ margin: 1 0 0 0; padding: 0 1; }}
        &.-small #heading, &.-small #hints {{ margin: 0; }}
    }}
    """

    heading = query_one("#heading", Line)
    hints = query_one("#hints", Line)

    def __init__(self, heading: Content) -> None:
        super().__init__()
        self._heading = heading

    def compose(self) -> ComposeResult:
        """The heading, what the dialog is about, its keys."""
        with Container(id="sheet"):
            yield Line(self._heading, id="heading")
            yield from self.inside()
            yield Line(Content(""), id="hints")

    def inside(self) -> ComposeResult:
        """What the dialog is about."""
        yield Static()

    def teach(self, *keys: tuple[str, str]) -> None:
        """Say which keys do what: (key, what)."""
        self.hints.say(hints(keys))

    @property
    def small(self) -> bool:
        """Whether the window has no lines to spare."""
        return self.app.size.height < 20

    def on_resize(self) -> None:
        """Small windows get a sheet without margins."""
        self.set_class(self.small, "-small")


def hints(keys: Iterable[tuple[str, str]]) -> Content:
    """Which keys do what: (key, what)."""
    told = [Content.assemble((key, "bold $foreground"), " ", (what, "$muted-near")) for key, what in keys]
    return Content("   ").join(told)
