"""Which day's list a paper counts for, where days were missed. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that share the places of one day."""

    day: date
    """The latest day under which they were listed."""
    rids: tuple[int, ...]


def groups(listed: Mapping[int, str], covered: str | None, most: int) -> list[Group]:
    """The papers by day, the first day first.

    `listed` has the latest day, YYYY-MM-DD, of each paper; `covered` the newest day that the last digest knew, None
    where there was none. A day after it was missed, or is new, and has a group of its own: at most the last `most`.
    What was listed before (a list goes on growing after it was told of) goes with the first group, and so does all
    that a first digest finds with the newest day.
    """
    if not listed:
        return []
    fresh = sorted({day for day in listed.values() if covered is not None and day > covered})[-most:]
    if not fresh:
        fresh = [max(listed.values())]
    grouped: dict[str, list[int]] = {day: [] for day in fresh}
    for rid, day in listed.items():
        grouped[fresh[min(bisect_left(fresh, day), len(fresh) - 1)]].append(rid)
    return [Group(date.fromisoformat(day), tuple(rids)) for day, rids in grouped.items()]


def missed(listed: Mapping[int, str], covered: str | None, most: int) -> int:
    """How many new days have no group of their own, because there were more than `most`."""
    fresh = {day for day in listed.values() if covered is not None and day > covered}
    return max(len(fresh) - most, 0)
