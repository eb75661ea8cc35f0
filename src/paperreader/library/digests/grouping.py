"""Which day's list a paper counts for, where days were missed. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that share the places of one day."""

    day: date
    """The latest day under which they were listed."""
    rids: tuple[int, ...]


def groups(listed: Mapping[int, str], covered: str | None, most: int, today: str) -> list[Group]:
    """The papers by day, the first day first.

    `listed` has the latest day, YYYY-MM-DD, of each paper; `covered` the newest day that the last digest knew, None
    where there was none. What was listed before the first day that has a group of its own (a list goes on growing after
    it was told of) goes with that, and so does all that a first digest finds with the newest day.
    """
    if not listed:
        return []
    fresh = own_days(listed, covered, most, today) or [max(listed.values())]
    grouped: dict[str, list[int]] = {day: [] for day in fresh}
    for rid, day in listed.items():
        grouped[fresh[min(bisect_left(fresh, day), len(fresh) - 1)]].append(rid)
    return [Group(date.fromisoformat(day), tuple(rids)) for day, rids in grouped.items()]


def own_days(listed: Mapping[int, str], covered: str | None, most: int, today: str) -> list[str]:
    """The days that have a group of their own: of those after `covered` the ones from `today` on, and of the missed
    ones at most the last `most`.
    """
    new = _new(listed, covered)
    return new[_beyond(new, most, today) :]


def missed(listed: Mapping[int, str], covered: str | None, most: int, today: str) -> int:
    """How many new days have no group of their own, because more than `most` were missed."""
    return _beyond(_new(listed, covered), most, today)


def unasked(listed: Mapping[int, str], since: str, most: int, today: str) -> list[date]:
    """The days with a list (none has one at a weekend) after `since`, empty for a first digest, that lie too far back
    to be asked for, and of which nothing new is known.
    """
    if not since:
        return []
    first = date.fromisoformat(since) + timedelta(days=1)
    number = (date.fromisoformat(today) - timedelta(days=most) - first).days
    days = [first + timedelta(days=n) for n in range(number)]
    known = set(listed.values())
    return [day for day in days if day.weekday() < _SATURDAY and day.isoformat() not in known]


def _new(listed: Mapping[int, str], covered: str | None) -> list[str]:
    return sorted({day for day in listed.values() if covered is not None and day > covered})


def _beyond(new: Sequence[str], most: int, today: str) -> int:
    return max(bisect_left(new, today) - most, 0)
