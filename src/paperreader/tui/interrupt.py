"""Ctrl+C: copies what is selected, else clears the field, else quits when pressed twice."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.widgets import Input

from paperreader.tui.clipboard import copy
from paperreader.tui.keys import told
from paperreader.tui.typeahead import OrderlyApp

TWICE = 3.0
"""Seconds in which the second press must come, with nothing else pressed between."""


class Interrupt:
    """Remembers the first press."""

    def __init__(self, app: OrderlyApp, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._first = float("-inf")
        self._touches = 0

    def press(self) -> str:
        """Do what Ctrl+C means now; says which: "copied", "cleared", "asked" or "quit"."""
        if not self._app.unseen and (text := self._selected()):
            self._app.run_worker(self._copy(text), name="copy")
            return "copied"
        focused = self._app.focused
        if not self._app.unseen and isinstance(focused, Input) and focused.value:
            focused.clear()
            self._first = float("-inf")
            return "cleared"
        at_once, self._touches = self._app.touches == self._touches + 1, self._app.touches
        if at_once and self._clock() - self._first <= TWICE:
            self._app.exit()
            return "quit"
        self._first = self._clock()
        if not self._app.unseen:
            self._app.notify(told("Press {app.interrupt} again to quit.", self._app._keymap), timeout=TWICE)
        return "asked"

    async def _copy(self, text: str) -> None:
        self._app.notify((await copy(self._app, text)).sentence, markup=False)

    def _selected(self) -> str:
        focused = self._app.focused
        inside = focused.selected_text if isinstance(focused, Input) else ""
        return inside or self._app.screen.get_selected_text() or ""
