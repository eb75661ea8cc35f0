"""One question, asked as often as a passing fault is worth, in its host's turn, and not while the host cools down."""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from paperreader.errors import FeedCoolingDown, FeedUnreachable
from paperreader.feeds.clock import Clock, Stop, WallClock, rest
from paperreader.feeds.manners import Limits, Manners, manners_of
from paperreader.feeds.remembered import Hosts, HostsInMemory
from paperreader.feeds.retry import (
    ATTEMPTS,
    COOL_DOWN,
    LONGEST_COOL_DOWN,
    PASSING,
    PATIENCE,
    asked_pause,
    backoff,
    exhausted,
)
from paperreader.feeds.throttle import turn

if TYPE_CHECKING:
    import httpx

    from paperreader.feeds.exchange import Request, Response, Wire

_SPARE: Final = 5.0
"""Seconds that a turn may last beyond the answer's time: writing things down."""


@dataclass(kw_only=True)
class Patience:
    """Asks until there is an answer, or a reason to give up."""

    hosts: Hosts = field(default_factory=HostsInMemory)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=WallClock)
    manners: Callable[[str], Manners] = manners_of
    """How the host of an address wants to be asked."""
    chance: random.Random = field(default_factory=random.Random)
    """Draws the jitter between attempts."""
    transport: httpx.BaseTransport | None = None
    """Takes the network's place in tests."""

    def __post_init__(self) -> None:
        self._opened: Wire | None = None
        self._lock = threading.Lock()

    def ask(self, request: Request, stop: Stop) -> Response:
        """The answer, after as many attempts as a passing fault is worth."""
        for attempt in range(1, ATTEMPTS):
            try:
                response = self._once(request, stop)
            except FeedUnreachable as error:
                if not error.passing:
                    raise
                rest(self.clock, backoff(attempt, self.chance), stop)
                continue
            if response.status not in PASSING:
                return response
            pause = asked_pause(response.headers, self.clock.now())
            rest(self.clock, backoff(attempt, self.chance) if pause is None else pause, stop)
        return self._once(request, stop)

    def _once(self, request: Request, stop: Stop) -> Response:
        """One attempt, in the host's turn. Raises FeedCoolingDown where the host wants to be left alone."""
        manners = self.manners(request.url)
        self._heed_cool_down(manners.host)
        with turn(self.hosts, manners, self.clock, hold=self.limits.whole + _SPARE, stop=stop):
            self._heed_cool_down(manners.host)  # another may have met one while we waited
            response = self._wire().ask(request, stop)
            self._note_cool_down(manners.host, response)
        return response

    def _note_cool_down(self, host: str, response: Response) -> None:
        """429 is a cool-down; so is a 503 that asks for more than our patience, and a window with nothing left."""
        now = self.clock.now()
        pause = asked_pause(response.headers, now)
        if response.status == 429:
            until = now + (COOL_DOWN if pause is None else max(pause, 1.0))
        elif response.status in PASSING and pause is not None and pause > PATIENCE:
            until = now + pause
        else:
            left = exhausted(response.headers.get("ratelimit", ""))
            if left is not None:
                self.hosts.cool(host, now + min(left, LONGEST_COOL_DOWN))
            return
        self.hosts.cool(host, until)
        raise _cooling(host, now, until, asked=True)

    def _heed_cool_down(self, host: str) -> None:
        now = self.clock.now()
        until = self.hosts.cooling_until(host)
        if now < until <= now + LONGEST_COOL_DOWN:  # later ones were written by a clock that was wrong
            raise _cooling(host, now, until, asked=False)

    def close(self) -> None:
        """Let go of what is open."""
        if self._opened is not None:
            self._opened.close()

    def _wire(self) -> Wire:
        with self._lock:
            if self._opened is None:
                from paperreader.feeds.exchange import Wire  # httpx: some 85 ms that a start without refresh saves

                self._opened = Wire(self.limits, self.transport)
            return self._opened


def _cooling(host: str, now: float, until: float, *, asked: bool) -> FeedCoolingDown:
    clock = _clock(now, until)
    text = f"{host} was asked too often and is not asked before {clock}."
    hint = "What it listed is still here; refresh again then."
    return FeedCoolingDown(text, hint, until=until, clock=clock, asked=asked)


def _clock(now: float, until: float) -> str:
    """The next full minute, where one is, with its day where that is not today's."""
    minute = time.localtime(math.ceil(until / 60) * 60)
    today = time.localtime(now)[:3] == minute[:3]
    return time.strftime("%H:%M" if today else "%d %b %H:%M", minute)
