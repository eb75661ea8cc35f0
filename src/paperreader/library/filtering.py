"""A question's conditions, answered by the store. What the world says is kept between keystrokes until it changes."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, timedelta
from threading import Lock
from time import mktime

from paperreader.search.question import Filter
from paperreader.store import arrivals, filters, identities
from paperreader.store.database import Database

_KEPT = 16
"""Answers that are kept, each up to 0.8 MB for 100,000 papers."""
_DAY = 86_400.0
_OWN = frozenset({"is", "has", "since", "age"}) | filters.OWN
"""Conditions on what the person did, and on the time: asked anew each time."""

_CALLED = {"cat": filters.in_category, "tag": filters.with_tag, "list": filters.in_list}


class Filtering:
    """Says which papers meet a condition. Safe from any thread."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now
        self._lock = Lock()
        self._version: str | None = None
        self._kept: OrderedDict[Filter, array[int]] = OrderedDict()

    def ids(self, condition: Filter) -> array[int]:
        """The papers that meet it, in no order. Raises StoreError."""
        version = filters.version(self._database)
        if condition.name in _OWN or version is None:
            return self._asked(condition)
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            known = self._kept.get(condition)
        if known is None:
            known = self._asked(condition)
            with self._lock:
                if version == self._version:
                    self._kept[condition] = known
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return known

    def _asked(self, condition: Filter) -> array[int]:
        match condition.name:
            case "date":
                return filters.published(self._database, *condition.values)
            case "age":
                return filters.published(self._database, *self._days_of(condition.low, condition.high))
            case name if name in filters.COUNTS:
                return filters.counted(self._database, name, condition.low, condition.high)
            case "rating":
                return filters.rated(self._database, condition.low, condition.high)
            case "since" if not condition.values:
                return filters.added_since(self._database, self._now() - (condition.high or 0) * _DAY)
            case _:
                found = array("q")
                for i, value in enumerate(condition.values, 1):
                    found += self._with(condition.name, value, condition.beginning and i == len(condition.values))
                return found

    def _with(self, name: str, value: str, beginning: bool) -> array[int]:
        database = self._database
        match name, value:
            case "id", _:
                rid = identities.find(database, value)
                found = array("q") if rid is None else array("q", [rid])
            case (("cat" | "tag" | "list"), _):
                found = _CALLED[name](database, value, beginning=beginning)
            case "org", _:
                found = filters.of_organisation(database, value)
            case "source", _:
                found = filters.of_source(database, value)
            case "note", _:
                found = filters.with_note(database, value)
            case "has", _:
                found = filters.with_thing(database, value)
            case ("is", "new") | ("since", "last"):
                found = arrivals.since(database, arrivals.last_visit(database))
            case "is", _:
                found = filters.marked(database, value)
            case _:
                found = filters.added_since(database, _begin_of(value))
        return found

    def _days_of(self, low: int | None, high: int | None) -> tuple[str, str]:
        """The dates of papers that are at least and at most so many days old."""
        today = date.fromtimestamp(self._now())
        first = "0" if high is None else _before(today, high)
        return first, "~" if low is None else f"{_before(today, low)}~"


def _before(today: date, days: int) -> str:
    return (today - timedelta(days=min(days, today.toordinal() - 1))).isoformat()


def _begin_of(day: str) -> float:
    """When a day, month or year began where we are, in seconds since 1970. One that never was began with its month."""
    year, month, number = (*(int(part) for part in day.split("-")), 1, 1)[:3]
    try:
        begin = date(max(year, 1), month, number)
    except ValueError:
        begin = date(year, month, 1)
    return mktime(begin.timetuple()) if begin.year >= 1970 else 0.0
