"""What an answer's headers say of asking again: validators, and how long it stays fresh (RFC 9111). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from paperreader.feeds.remembered import Validators

LONGEST_FRESH: Final = 86_400.0
"""Seconds. arXiv's feeds say "until midnight"; more than a day would hide a source that made a mistake."""
_LONGEST_VALUE: Final = 1_000
_DIRECTIVE: Final = re.compile(r"([a-z-]+)(?:\s*=\s*\"?(\d{1,9})\"?)?", re.ASCII)


def validators(headers: Mapping[str, str], now: float, before: Validators | None = None) -> Validators:
    """What to remember of an answer; what a 304 leaves out stays as it was `before`."""
    said = dict(_DIRECTIVE.findall(headers.get("cache-control", "").lower()))
    if "no-store" in said:
        return Validators()
    known = before or Validators()
    return Validators(
        etag=_value(headers, "etag") or known.etag,
        modified=_value(headers, "last-modified") or known.modified,
        fresh_until=_fresh_until(said, headers.get("age", ""), now),
        entries=known.entries,
    )


def is_fresh(known: Validators, now: float) -> bool:
    """Whether asking again is idle; a time further off than we ever write comes from a clock that was wrong."""
    return now < known.fresh_until <= now + LONGEST_FRESH


def conditions(known: Validators) -> dict[str, str]:
    """The headers that let a source say "unchanged"."""
    both = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in both.items() if value}


def _fresh_until(said: Mapping[str, str], age: str, now: float) -> float:
    if "no-cache" in said or not said.get("max-age"):
        return 0.0
    old = int(age) if age.isascii() and age.isdigit() and len(age) <= 9 else 0
    left = int(said["max-age"]) - old
    return now + min(left, LONGEST_FRESH) if left > 0 else 0.0


def _value(headers: Mapping[str, str], name: str) -> str:
    """The header, if one can send it back."""
    value = headers.get(name, "").strip()
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALUE else ""
