"""What runs in the process that reads a feed: `apart` starts it. A line of JSON and a body in, JSON out."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from paperreader.errors import FeedUnreadable
from paperreader.feeds.feed_body import parse

_SILENT: Final = ("", (), None)
"""What a sighting holds where nothing is said."""
_MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of addresses; 5,000 long entries need a fifth of them."""


def main() -> None:
    """Read what is asked, and tell what it is."""
    asked = json.loads(sys.stdin.buffer.readline())
    _bound(int(asked.pop("seconds")) + 1)
    told = _read(sys.stdin.buffer.read(), asked)
    sys.stdout.write(json.dumps(told))  # ASCII: half of a surrogate pair comes through


def _bound(seconds: int) -> None:
    """Whoever started this may have been killed, and the machine has other things to do."""
    with suppress(ImportError, ValueError, OSError):  # not on Windows; a narrower bound of the person's stays
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _read(body: bytes, asked: dict[str, str]) -> dict[str, Any]:
    try:
        understood, title = parse(body, **asked)
    except FeedUnreadable as error:
        return {"unreadable": [error.message, error.hint]}
    sightings = [
        {name: value for name, value in asdict(one).items() if value not in _SILENT} for one in understood.sightings
    ]
    return {"title": title, "entries": understood.entries, "sightings": sightings}
