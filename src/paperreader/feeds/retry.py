"""When to ask again: what the headers say, and how long to wait where they say nothing. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

ATTEMPTS: Final = 3
"""Requests that one question may cost where the fault is a passing one."""
PASSING: Final = frozenset({502, 503, 504})
"""Statuses of a server that is not itself for the moment."""
PATIENCE: Final = 20.0
"""Seconds that we wait within a refresh because a server asks for it; above, it is a cool-down."""
COOL_DOWN: Final = 300.0
"""Seconds for which a host that said 429 and no time is left alone. arXiv's limiter forgets within minutes."""
LONGEST_COOL_DOWN: Final = 86_400.0
"""Seconds; a header that asks for more is a mistake."""

_FIRST_WAIT: Final = 1.0
_LONGEST_NUMBER: Final = 9
# IETF draft-ietf-httpapi-ratelimit-headers-09: `RateLimit: "api";r=0;t=55`, a comma between policies.
_PARAMETER: Final = re.compile(r"[;,\s]([rt])\s*=\s*(\d{1,9})(?!\d)", re.ASCII)


def asked_pause(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the server asks us to wait: the longer of `Retry-After` and an exhausted `RateLimit`; else None."""
    said = [retry_after(headers.get("retry-after", ""), now), exhausted(headers.get("ratelimit", ""))]
    known = [seconds for seconds in said if seconds is not None]
    return min(max(known), LONGEST_COOL_DOWN) if known else None


def retry_after(value: str, now: float) -> float | None:
    """The seconds of a `Retry-After` header: a number or a date (RFC 9110, 10.2.3); None if it is neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value) if len(value) <= _LONGEST_NUMBER else LONGEST_COOL_DOWN
    try:
        moment = parsedate_to_datetime(value)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, zoned.timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def exhausted(value: str) -> float | None:
    """Seconds until the window of a `RateLimit` header opens again, if nothing is left in it (`r=0`); else None.

    One second is added, as Hugging Face's own client does. Of several policies the longest counts.
    """
    waits = []
    for policy in value.split(","):
        said = {name: int(number) for name, number in _PARAMETER.findall(f" {policy}")}
        if said.get("r") == 0 and "t" in said:
            waits.append(said["t"] + 1.0)
    return max(waits, default=None)


def backoff(attempt: int, chance: random.Random) -> float:
    """Seconds to wait after so many attempts: twice as long each time, half of it drawn by lot."""
    longest = _FIRST_WAIT * 2.0 ** (attempt - 1)
    return longest * (0.5 + chance.random() / 2)
