"""Which days a refresh has to ask for by name, where the machine was off, or a day's list had not ended.

A day that was asked for and not answered, or passed over by an ordinary refresh, is owed: it is remembered until the
feed has answered for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from paperreader.library.world import ARXIV
from paperreader.store import meta, visits

if TYPE_CHECKING:
    from paperreader.library.following import Followed
    from paperreader.store.database import Database

LISTED: Final = "huggingface"
"""The feed whose lists of a day grow until that day ends."""
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_OWED: Final = "days owed"


def missed(
    followed: Sequence[Followed], covered: date | None, today: date, most: int, owed: Mapping[str, date]
) -> dict[date, list[str]]:
    """The days before `today`, at most the last `most`, each with the names of the feeds to ask, the first day first.

    Of the list of a day: from that of the day that the last digest knew (`covered`) onwards. Of other feeds: what they
    told on days between the last time that they were asked and today. Of each from the day on that it owes. Of arXiv,
    which is asked by the days of submission, from that of the first paper on that was announced then.
    """
    days: dict[date, list[str]] = {}
    for known in followed:
        if not known.on or known.asked is None:
            continue
        first = (covered or today) if known.feed.name == LISTED else _next(known.asked)
        first = max(min(first, owed.get(known.feed.name, first)), today - most * _DAY)
        if first < today and known.feed.name.startswith(f"{ARXIV} "):
            first = _submitted(first)
        for number in range((today - first).days):
            days.setdefault(first + number * _DAY, []).append(known.feed.name)
    return dict(sorted(days.items()))


def pass_over(database: Database, names: Iterable[str], until: date) -> None:
    """Owe the days before `until` for which these feeds were not asked: to be called before an asking for other days,
    from which on they count as asked. Raises StoreError.
    """
    asked = visits.refreshed(database)
    passed = {
        name: _next(at)
        for name in names
        if name != LISTED and (at := asked.get(name, (0.0, ""))[0]) and _next(at) < until
    }
    if passed:
        meta.change(database, _OWED, lambda told: _written(_earlier(passed, _read(told))))


def _next(asked: float) -> date:
    """The first day for which a feed was not asked that was asked at that time, in seconds since 1970."""
    return datetime.fromtimestamp(asked, UTC).date() + _DAY


def _submitted(announced: date) -> date:
    """The first day on which papers were submitted that arXiv announced on this one: what came from 14:00 to 14:00
    (Eastern) of two working days is announced at 20:00 (https://info.arxiv.org/help/availability.html), in UTC the next
    day.
    """
    day = announced
    for _ in range(2):
        day -= _DAY
        while day.weekday() >= _SATURDAY:
            day -= _DAY
    return day


def owed(database: Database) -> dict[str, date]:
    """The first day for which each feed was asked without an answer, by the feed's name."""
    return _read(meta.recall(database, _OWED))


def owe(database: Database, days: Mapping[date, Sequence[str]]) -> None:
    """These days, each with the names of feeds, are owed now, and no other ones. Raises StoreError."""
    first: dict[str, date] = {}
    for day, names in sorted(days.items()):
        for name in names:
            first.setdefault(name, day)
    if first != owed(database):
        meta.remember(database, _OWED, _written(first))


def _earlier(one: Mapping[str, date], other: Mapping[str, date]) -> dict[str, date]:
    return {name: min(days[name] for days in (one, other) if name in days) for name in (*one, *other)}


def _read(told: str | None) -> dict[str, date]:
    return {name: date.fromisoformat(day) for name, day in json.loads(told or "{}").items()}


def _written(first: Mapping[str, date]) -> str | None:
    return json.dumps({name: day.isoformat() for name, day in first.items()}) if first else None
