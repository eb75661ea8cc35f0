"""The views with their digits and counts: a column in the sidebar, a line above list and detail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from paperreader.paper import View

_QUESTION = 17
# Cells of the line above list and detail that belong to the field while it is empty.


class Views(Widget):
    """Names, digits, counts; a click chooses."""

    DEFAULT_CSS = """
    Views { width: auto; height: 7; color: $foreground; }
    """

    counts: reactive[Mapping[View, int]] = reactive({}, layout=True)
    """How many papers each view has, as far as they were counted."""
    chosen: reactive[View] = reactive(View.ALL, layout=True)
    """The view that the list shows."""
    elsewhere: reactive[bool] = reactive(False)
    """Whether the list shows something else, and no view stands out."""
    column: reactive[bool] = reactive(True, layout=True)
    """Whether they stand below each other."""

    @dataclass(eq=False)
    class Choose(Message):
        """Somebody wants to see another view."""

        view: View
        """Which."""

    def on_resize(self) -> None:
        """Numbers stand at the right."""
        self.refresh()

    def render(self) -> Content:
        """All of them."""
        if not self.column:
            return Content("  ").join([self._named(view) for view in self._in_line(self.size.width)])
        heading = Content.styled("Views", "$muted")
        return Content("\n").join([heading, *(self._with_count(view) for view in View)])

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """What those need beside each other that have a place beside the question."""
        return sum(cell_len(_plain(view)) + 2 for view in self._in_line(container.width - _QUESTION)) - 2

    def _in_line(self, width: int) -> list[View]:
        """Those that have a place on one line: those that wait for a refresh give way first, the chosen one last."""
        views = list(View)
        last = sorted(views, key=lambda view: (view is self.chosen, view is View.ALL, not self._waits(view)))
        while len(views) > 1 and sum(cell_len(_plain(view)) + 2 for view in views) - 2 > width:
            views.remove(last.pop(0))
        return views

    def _named(self, view: View) -> Content:
        chosen = view is self.chosen and not self.elsewhere
        style = "bold $link" if chosen else "$muted" if self._waits(view) else "$foreground"
        return Content.assemble((view.digit, "$faint"), " ", (view.label, style))

    def _with_count(self, view: View) -> Content:
        count = self.counts.get(view)
        number = "" if count is None else "–" if self._waits(view) and not count else f"{count:,}"
        name = self._named(view)
        room = self.size.width - name.cell_length
        return Content.assemble(name, " " * max(0, room - len(number)), (number, "$muted"))

    def _waits(self, view: View) -> bool:
        return view.waits_for_refresh and not self.counts.get(view)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        view = self._at(event.x, event.y)
        if view is not None:
            self.post_message(self.Choose(view))

    def _at(self, x: int, y: int) -> View | None:
        if self.column:
            return list(View)[y - 1] if 1 <= y <= len(View) else None
        end = 0
        for view in self._in_line(self.size.width):
            end += cell_len(_plain(view)) + 2
            if x < end:
                return view
        return None


def _plain(view: View) -> str:
    return f"{view.digit} {view.label}"
