"""The app with clocks in it, for `benchmarks.scroll`: when a key came, when it was on the screen, what held it up.

    python -m benchmarks.scroll_probe HOME RESULT

RESULT is written at the end, as JSON: for each j the milliseconds until the end of the frame in which the list, and
the text, were drawn with the cursor there or further on; the longest step of the event loop since the first j, how
much of it was spent on the processor, and whose it was. The clocks take about a microsecond a step.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from paperreader.__main__ import main as program
from paperreader.tui.panes.paper_detail import PaperDetail
from paperreader.tui.panes.paper_list import PaperList
from paperreader.tui.typeahead import OrderlyApp


class Clocks:
    """What was seen; times are those of time.monotonic, as Textual's."""

    def __init__(self) -> None:
        self.keys: list[float] = []
        """When each j came."""
        self.list: list[float] = []
        """For each j, when the list was on the screen with it."""
        self.text: list[float] = []
        """For each j, when the text was."""
        self.step = 0.0
        """Seconds of the longest step."""
        self.worked = 0.0
        """Seconds of it for which it had the processor; the rest others had it, or another thread."""
        self.whose = ""
        self._ending = False
        self._drawn_list = 0
        self._drawn_text = 0
        self._pane: PaperList | None = None

    def key(self, event: events.Event) -> None:
        """An event came: if it is a j, note its time; q ends the measurement, ending is no step of it."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            return
        self._ending = event.key == "q"
        if event.key == "j":
            self.keys.append(event.time)

    def line_of_list(self, pane: PaperList) -> None:
        """The list draws a line: it knows where the cursor is."""
        self._pane, self._drawn_list = pane, pane.cursor

    def line_of_text(self, pane: PaperDetail) -> None:
        """The text draws a line: of the paper that the cursor was on when it was told."""
        if pane.paper is not None and self._pane is not None:
            self._drawn_text = self._pane.listing.index_of(pane.paper.rid) or 0

    def frame(self) -> None:
        """A frame is written: what was drawn is on the screen."""
        now = time.monotonic()
        for shown, drawn in ((self.list, self._drawn_list), (self.text, self._drawn_text)):
            shown.extend([now] * (min(drawn, len(self.keys)) - len(shown)))

    def timed(self, run: Callable[[asyncio.Handle], None]) -> Callable[[asyncio.Handle], None]:
        """A step of the event loop with a clock around it."""

        def clocked(handle: asyncio.Handle) -> None:
            begin, work = time.monotonic(), time.thread_time()
            run(handle)
            taken = time.monotonic() - begin
            if self.keys and not self._ending and taken > self.step:
                self.step, self.worked, self.whose = taken, time.thread_time() - work, _owner(handle)

        return clocked

    def report(self) -> dict[str, Any]:
        """In milliseconds."""
        waited = [
            [(shown - came) * 1000 for came, shown in zip(self.keys, all_shown, strict=False)]
            for all_shown in (self.list, self.text)
        ]
        return {
            "list": waited[0],
            "text": waited[1],
            "step": self.step * 1000,
            "worked": self.worked * 1000,
            "whose": self.whose,
        }


def _owner(handle: asyncio.Handle) -> str:
    """The task that a step belongs to, or what was called."""
    owner = getattr(getattr(handle, "_callback", None), "__self__", None)
    return owner.get_name() if isinstance(owner, asyncio.Task) else repr(handle)


def fit(clocks: Clocks) -> None:
    """Put the clocks into the classes of the app, of Textual and of asyncio."""
    obey, draw_list, draw_text, display = (
        OrderlyApp.on_event,
        PaperList.render_line,
        PaperDetail.render_line,
        App._display,
    )

    async def on_event(app: OrderlyApp, event: events.Event) -> None:
        clocks.key(event)
        await obey(app, event)

    def list_line(pane: PaperList, y: int) -> Strip:
        clocks.line_of_list(pane)
        return draw_list(pane, y)

    def text_line(pane: PaperDetail, y: int) -> Strip:
        clocks.line_of_text(pane)
        return draw_text(pane, y)

    def displayed(app: App[None], screen: Screen[Any], renderable: RenderableType | None) -> None:
        display(app, screen, renderable)
        clocks.frame()

    for owner, name, clocked in (
        (OrderlyApp, "on_event", on_event),
        (PaperList, "render_line", list_line),
        (PaperDetail, "render_line", text_line),
        (App, "_display", displayed),
        (asyncio.Handle, "_run", clocks.timed(asyncio.Handle._run)),
    ):
        setattr(owner, name, clocked)


def main() -> None:
    """Run the app with clocks in it, until somebody ends it."""
    home, result = sys.argv[1:]
    clocks = Clocks()
    fit(clocks)
    sys.argv[1:] = ["--home", home]
    program()
    Path(result).write_text(json.dumps(clocks.report()))


if __name__ == "__main__":
    main()
