"""Keeping what came although another program holds the library for longer than a write waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from paperreader.errors import LibraryBusy
from paperreader.stop import Stop

ATTEMPTS = 12
"""Times that a write is tried: each waits 2.5 s, half a minute in all. Copying a large library takes some seconds."""

T = TypeVar("T")


def patiently(act: Callable[[], T], stop: Stop) -> T:
    """What `act` brings, tried again while the library is busy and nobody wants to stop. Raises LibraryBusy."""
    for _ in range(ATTEMPTS - 1):
        try:
            return act()
        except LibraryBusy:
            if stop():
                raise
    return act()
