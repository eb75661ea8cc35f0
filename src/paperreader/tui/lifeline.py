"""The end that comes from outside: SIGTERM, SIGHUP and SIGINT end the app in order, and the terminal is given back.

Textual handles none of them. `signal.signal` and not the loop's own handler: Python runs it even while the loop waits
for a terminal that takes nothing any more. Should the orderly end itself be stuck, the last resort follows.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

from textual.app import App

_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_TEXTUALS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH, signal.SIGTTIN, signal.SIGTTOU)
"""Textual hears these and goes on hearing them when its app is over."""
_LAST_RESORT = 6.0
"""Seconds after which an orderly end counts as stuck: one more than Textual itself waits for its widgets."""
_DEAD_RESORT = 2.0
"""The same where the terminal is gone, and nobody waits for anything."""
_SHOW_AGAIN = b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
"""What Textual writes when it gives the terminal back: mouse, pasting, focus, keyboard, wrapping, screen, cursor."""

Handler = Callable[[int, FrameType | None], Any] | int | None


class Lifeline:
    """Holds the app while it runs: `with Lifeline(app) as life: app.run(); sys.exit(life.exit_code)`."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._before: dict[int, Handler] = {}
        self._terminal = _attributes()
        self._signal = 0

    def __enter__(self) -> Lifeline:
        self._before = {number: signal.getsignal(number) for number in _TEXTUALS}
        for number in _SIGNALS:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:  # nohup asked that hanging up be ignored
                self._before[number] = before
                signal.signal(number, self._ended)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before if before is not None else signal.SIG_DFL)

    def attach(self) -> None:
        """Called by the app once its loop runs (on_load): from then on it is ended in order."""
        self._loop = asyncio.get_running_loop()

    @property
    def exit_code(self) -> int:
        """128 and the signal's number after a signal, as shells have it; else what the app itself says."""
        return 128 + self._signal if self._signal else self._app.return_code or 0

    def _ended(self, number: int, frame: FrameType | None) -> None:
        if self._signal:
            return  # the end is under way
        self._signal = number
        gone = _let_go_of_dead_terminal()
        if self._loop is None or self._loop.is_closed():
            raise SystemExit(128 + number)
        resort = threading.Timer(_DEAD_RESORT if gone else _LAST_RESORT, self._last_resort)
        resort.daemon = True
        resort.start()
        self._loop.call_soon_threadsafe(self._app.exit, None, 128 + number)

    def _last_resort(self) -> None:
        """The app did not end: give the terminal back and go. What the person did is in the database already."""
        try:
            os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, _SHOW_AGAIN)
            if self._terminal is not None:
                termios.tcsetattr(0, termios.TCSANOW, self._terminal)
        except (OSError, termios.error):
            pass
        os._exit(128 + self._signal)


def _attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _let_go_of_dead_terminal() -> bool:
    """Where the terminal has been closed, read from and write to nothing instead: each write would fail for ever."""
    dead = [number for number in (0, 1, 2) if _is_dead(number)]
    if dead:
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in dead:
            os.dup2(nothing, number)
        os.close(nothing)
    return bool(dead)


def _is_dead(number: int) -> bool:
    """A terminal that hung up answers EIO; what was never a terminal says ENOTTY."""
    try:
        termios.tcgetattr(number)
    except termios.error as error:
        return bool(error.args[0] == errno.EIO)
    return False
