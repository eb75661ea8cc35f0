"""The app with clocks in it, for `benchmarks.keystrokes`: when a letter came, when its answer was on the screen.

    python -m benchmarks.typing_probe HOME RESULT PIPE

For each letter that is typed into the question's field, the time from Textual's key event to the end of the frame in
which the answer to the question up to that letter, or to a longer one, was drawn. The length of each answer that is on
the screen is told to PIPE, so that whoever types may wait for it. RESULT is written at the end, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.screen import Screen

from paperreader.__main__ import main as program
from paperreader.tui.panes.question import Question
from paperreader.tui.screens.asking import AskingScreen
from paperreader.tui.typeahead import OrderlyApp


class Clocks:
    """What was seen; times are those of time.monotonic, as Textual's."""

    def __init__(self, pipe: int) -> None:
        self.waits: list[float] = []
        self._pipe = pipe
        self._letters: list[float] = []
        self._painted = 0
        self._answered = 0

    def key(self, app: App[None], event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            return
        if event.key == "escape":
            self._letters, self._painted, self._answered = [], 0, 0
        elif isinstance(app.focused, Question) and event.is_printable:
            self._letters.append(event.time)

    def answered(self, question: str) -> None:
        self._answered = len(question)

    def frame(self) -> None:
        """A frame is written: what was answered is on the screen."""
        now = time.monotonic()
        seen = min(self._answered, len(self._letters))
        if seen > self._painted:
            self.waits += [(now - came) * 1000 for came in self._letters[self._painted : seen]]
            self._painted = seen
            os.write(self._pipe, f"{seen}\n".encode())


def fit(clocks: Clocks) -> None:
    """Put the clocks into the classes of the app and of Textual."""
    obey, show, display = OrderlyApp.on_event, AskingScreen._show_answer, App._display

    async def on_event(app: OrderlyApp, event: events.Event) -> None:
        clocks.key(app, event)
        await obey(app, event)

    def show_answer(screen: AskingScreen, found: Any, *others: Any) -> None:
        show(screen, found, *others)
        clocks.answered(found.question)
        screen.call_after_refresh(clocks.frame)  # an answer that looks as the one before draws nothing

    def displayed(app: App[None], screen: Screen[Any], renderable: RenderableType | None) -> None:
        display(app, screen, renderable)
        clocks.frame()

    for owner, name, clocked in (
        (OrderlyApp, "on_event", on_event),
        (AskingScreen, "_show_answer", show_answer),
        (App, "_display", displayed),
    ):
        setattr(owner, name, clocked)


def main() -> None:
    """Run the app with clocks in it, until somebody ends it."""
    home, result, pipe = sys.argv[1:]
    clocks = Clocks(os.open(pipe, os.O_WRONLY))
    fit(clocks)
    sys.argv[1:] = ["--home", home]
    program()
    Path(result).write_text(json.dumps(clocks.waits))


if __name__ == "__main__":
    main()
