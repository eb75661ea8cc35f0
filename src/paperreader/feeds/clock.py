"""Time, as one who waits needs it; given, so that tests need not wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from paperreader.errors import FeedStopped

Stop = Callable[[], bool]
"""Asked several times a second; True ends the asking with FeedStopped."""

SLICE = 0.1
"""Seconds between two questions whether to stop: well within the half second that the person may wait."""


class Clock(Protocol):
    """Wall time and waiting."""

    def now(self) -> float:
        """Seconds since 1970."""

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""


class WallClock:
    """The real time."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""
        time.sleep(seconds)


def never() -> bool:
    """The `stop` of an asking that nobody ends."""
    return False


def rest(clock: Clock, seconds: float, stop: Stop) -> None:
    """Wait so long, in slices; counted down, not read off, so that a clock that is set back prolongs nothing.

    Raises FeedStopped.
    """
    while seconds > 0:
        heed(stop)
        clock.sleep(min(seconds, SLICE))
        seconds -= SLICE
    heed(stop)


def heed(stop: Stop) -> None:
    """Raise FeedStopped if the person wants to stop."""
    if stop():
        raise FeedStopped("Stopped.", "What was there is kept; refresh again for the rest.")
