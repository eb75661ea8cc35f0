"""Ctrl+Z, `fg`, and a stop from outside: the screen comes back whole.

Textual stops and resumes by itself, but repaints only what changes afterwards, and takes every SIGCONT for the end of
its own stop: after `kill -STOP` (or a stray SIGCONT) it would read the terminal with two threads and forget what it
was like before.
"""

from __future__ import annotations

import asyncio
import signal
from types import FrameType
from typing import Any

from textual.app import App


class Suspension:
    """Made and attached when the app is mounted: then its driver is there."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._loop = asyncio.get_running_loop()
        self._textuals = signal.getsignal(signal.SIGCONT)

    def attach(self) -> None:
        """Repaint after each return; hear SIGCONT before Textual does. Without a terminal (tests) nothing is heard."""
        self._app.app_resume_signal.subscribe(self._app, lambda _: self._repaint())
        if callable(self._textuals) and not self._app.is_headless:
            signal.signal(signal.SIGCONT, self._continued)

    def _continued(self, number: int, frame: FrameType | None) -> None:
        stopped_by_textual = getattr(self._app._driver, "_must_signal_resume", True)
        if stopped_by_textual and callable(self._textuals):
            self._textuals(number, frame)
        else:
            self._loop.call_soon_threadsafe(self._anew)

    def _anew(self) -> None:
        """Somebody stopped us without warning: take the terminal again from the beginning."""
        driver = self._app._driver
        if driver is not None and self._app.is_running and not self._app._exit:
            driver.suspend_application_mode()
            driver.resume_application_mode()
            self._repaint()

    def _repaint(self) -> None:
        """All of it: the terminal shows an empty page."""
        for screen in self._app.screen_stack:
            screen.refresh(layout=True)
