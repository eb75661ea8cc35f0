"""One at a time for each host, with a pause in between, over all threads and processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from paperreader.errors import LibraryBusy
from paperreader.feeds.clock import Clock, Stop, rest
from paperreader.feeds.manners import Manners
from paperreader.feeds.remembered import Hosts

_LOOK: Final = 0.5
"""Seconds between two looks whether the one who has the turn gave it back sooner than it had to."""

_BUSY: Final = 10
"""Times that the turn is tried for where the library is busy: each waits 2.5 s."""


@contextmanager
def turn(hosts: Hosts, manners: Manners, clock: Clock, *, hold: float, stop: Stop) -> Iterator[None]:
    """Wait for the host's turn and have it; `hold` is the longest, in seconds, that we can need it.

    Who is killed while having it blocks the others for the pause, where `hosts` can tell, else for no longer than that.
    Raises FeedStopped while waiting, LibraryBusy where the turns cannot be written down for half a minute.
    """
    busy = 0
    while True:
        now = clock.now()
        try:
            free_at = hosts.take(manners.host, now, now + hold + manners.gap, manners.gap)
        except LibraryBusy:  # it has waited itself
            busy += 1
            if busy == _BUSY:
                raise
            free_at = now + _LOOK
        if not free_at:
            break
        rest(clock, min(free_at - now, _LOOK), stop)
    try:
        yield
    finally:
        _leave(hosts, manners.host, clock.now() + manners.gap)


def _leave(hosts: Hosts, host: str, free_at: float) -> None:
    """Give the turn back; a library that is busy has been waited for each time."""
    for _ in range(_BUSY - 1):
        with suppress(LibraryBusy):
            hosts.leave(host, free_at)
            return
    hosts.leave(host, free_at)
