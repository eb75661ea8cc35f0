"""What has to be known from one asking to the next, in other processes too: the protocols that a store fulfils.

The two classes here keep it in memory: for trying a feed out, and for tests.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What to tell a source of the page that one has, so that it need not send it again (RFC 9110, section 13)."""

    etag: str = ""
    """The ETag header, as it came."""
    modified: str = ""
    """The Last-Modified header, as it came."""
    fresh_until: float = 0.0
    """Seconds since 1970 before which the source said that asking again is idle; 0 where it said nothing."""
    entries: int = 0
    """How many entries the page had: a full page has a next one, also when it comes back unchanged."""

    @property
    def useful(self) -> bool:
        """Whether they can save anything."""
        return bool(self.etag or self.modified or self.fresh_until)


@dataclass(frozen=True, slots=True)
class Visit:
    """What to remember of a page, **once its sightings are recorded**, best in the same transaction.

    Remembered sooner, a kill in between would lose the papers: the source would call the page unchanged.
    """

    url: str
    """The page, as it was asked for."""
    validators: Validators

    def counting(self, entries: int) -> Visit:
        """The same visit of a page that had so many entries."""
        return Visit(self.url, replace(self.validators, entries=entries))


class KnownPages(Protocol):
    """The pages that were understood and recorded."""

    def get(self, url: str) -> Validators | None:
        """What is remembered of this page, None where it was never visited."""

    def put(self, url: str, validators: Validators) -> None:
        """Remember this page; called by who records its sightings."""


AHEAD = 10.0
"""Seconds by which a time may be beyond its asker's own end: whoever waited for the others has an older "now"."""


class Hosts(Protocol):
    """When each host may be asked. Each call is one atomic step, over all threads and processes."""

    def take(self, host: str, now: float, until: float, gap: float = 0.0) -> float:
        """Take the turn: if the host is free at `now`, it is taken until `until` and the answer is 0.

        Else nothing changes and the answer is when it will be free. A time more than `AHEAD` later than `until` can
        only come from a clock that was wrong and counts as free: nobody takes a host for longer than that. Where it
        is known that the one who has the turn was killed, the host is free `gap` seconds from now.
        """

    def leave(self, host: str, free_at: float) -> None:
        """Give the turn back: the next may ask from `free_at` on."""

    def cooling_until(self, host: str) -> float:
        """When the host's cool-down ends; 0 where there was none."""

    def cool(self, host: str, until: float) -> None:
        """Note that the host asked not to be asked before `until`."""


class KnownPapers(Protocol):
    """The papers that feeds told of."""

    def misses(self, feed: str, arxiv_ids: Sequence[str]) -> bool:
        """Whether the feed told of papers before, and of none of these: then others may lie between."""


class PagesInMemory:
    """`KnownPages` for as long as the program runs."""

    def __init__(self) -> None:
        self._pages: dict[str, Validators] = {}

    def get(self, url: str) -> Validators | None:
        """What is remembered of this page."""
        return self._pages.get(url)

    def put(self, url: str, validators: Validators) -> None:
        """Remember this page."""
        self._pages[url] = validators


class HostsInMemory:
    """`Hosts` for as long as the program runs, and for its threads only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}
        self._cooling: dict[str, float] = {}

    def take(self, host: str, now: float, until: float, gap: float = 0.0) -> float:
        """Take the turn, or learn when it may be had."""
        with self._lock:
            free_at = self._free_at.get(host, 0.0)
            if now < free_at <= until + AHEAD:
                return free_at
            self._free_at[host] = until
            return 0.0

    def leave(self, host: str, free_at: float) -> None:
        """Give the turn back."""
        with self._lock:
            self._free_at[host] = free_at

    def cooling_until(self, host: str) -> float:
        """When the host's cool-down ends."""
        with self._lock:
            return self._cooling.get(host, 0.0)

    def cool(self, host: str, until: float) -> None:
        """Note a cool-down."""
        with self._lock:
            self._cooling[host] = until
