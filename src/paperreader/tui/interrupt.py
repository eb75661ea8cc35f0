"""Ctrl+C: copies what is selected, else clears the field, else quits when pressed twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.widgets import Input

from paperreader.tui.clipboard import copy

TWICE = 2.0
"""Seconds in which the second press must come."""


class Interrupt:
    """Remembers the first press."""

    def __init__(self, app: App[Any], clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._first = float("-inf")

    def press(self) -> str:
        """Do what Ctrl+C means now; says which: "copied", "cleared", "asked" or "quit"."""
        if text := self._selected():
            self._app.run_worker(self._copy(text), name="copy")
            return "copied"
        focused = self._app.focused
        if isinstance(focused, Input) and focused.value:
            focused.clear()
            self._first = float("-inf")
            return "cleared"
        if self._clock() - self._first <= TWICE:
            self._app.exit()
            return "quit"
        self._first = self._clock()
        self._app.notify("Press Ctrl+C again to quit.", timeout=TWICE)
        return "asked"

    async def _copy(self, text: str) -> None:
        self._app.notify((await copy(self._app, text)).sentence, markup=False)

    def _selected(self) -> str:
        focused = self._app.focused
        inside = focused.selected_text if isinstance(focused, Input) else ""
        return inside or self._app.screen.get_selected_text() or ""
