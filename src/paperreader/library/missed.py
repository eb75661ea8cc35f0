"""Which days a refresh has to ask for by name, where the machine was off, or a day's list had not ended. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from paperreader.library.following import Followed

_LISTED: Final = "huggingface"
"""The feed whose lists of a day grow until that day ends."""
_DAY: Final = timedelta(days=1)


def missed(followed: Sequence[Followed], covered: date | None, today: date, most: int) -> dict[date, list[str]]:
    """The days before `today`, at most the last `most`, each with the names of the feeds to ask, the first day first.

    Of the list of a day: from that of the day that the last digest knew (`covered`) onwards. Of other feeds: what they
    told on days between the last time that they were asked and today.
    """
    days: dict[date, list[str]] = {}
    for known in followed:
        if not known.on or known.asked is None:
            continue
        if known.feed.name == _LISTED:
            first = covered or today
        else:
            first = datetime.fromtimestamp(known.asked, UTC).date() + _DAY
        first = max(first, today - most * _DAY)
        for number in range((today - first).days):
            days.setdefault(first + number * _DAY, []).append(known.feed.name)
    return dict(sorted(days.items()))
