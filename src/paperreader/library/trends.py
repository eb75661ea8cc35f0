"""Views over what feeds told: trending in a window of time, rising, and new since the last visit."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from paperreader.store import arrivals, tallies
from paperreader.store.database import Database
from paperreader.trending import DEFAULT, Place, Tally, Weights, ordered


class Span(Enum):
    """How long a window is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def next(self) -> Span:
        """The one that `w` goes to."""
        spans = list(Span)
        return spans[(spans.index(self) + 1) % len(spans)]


class Window(NamedTuple):
    """A day, an ISO week or a month, by any of its days."""

    span: Span = Span.DAY
    day: date | None = None
    """None follows the time: the latest day that has papers, the week or month around it."""

    def of(self, latest: date) -> tuple[date, date]:
        """Its first and last day; `latest` stands for a day that is not said."""
        day = self.day or latest
        if self.span is Span.DAY:
            return day, day
        if self.span is Span.WEEK:
            first = day - timedelta(days=day.weekday())
            return first, first + timedelta(days=6)
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class Trend(NamedTuple):
    """The papers of a window, the hottest first."""

    rids: array[int]
    places: dict[int, Place]
    """For each paper its rank, its movement, and why."""
    first: date | None
    """The window's first day; None before the first refresh."""
    last: date | None
    latest: date | None = None
    """The latest day that has papers: beyond `last` where the window looks back."""


NOTHING = Trend(array("q"), {}, None, None)


class Trends:
    """What is trending, rising and new. `now` gives seconds since 1970."""

    def __init__(self, database: Database, now: Callable[[], float], weights: Weights = DEFAULT) -> None:
        self._database = database
        self._now = now
        self.weights = weights
        self.by_source = False
        """Whether the order is Hugging Face's own, where it gave one."""
        self._since: float | None = None

    @property
    def today(self) -> date:
        """The day that it is, in UTC as lists of a day are made."""
        return datetime.fromtimestamp(self._now(), UTC).date()

    def trending(self, window: Window) -> Trend:
        """The window's papers by the formula, or in the source's own order: its ranks, behind those the votes."""
        latest = self._latest()
        if latest is None:
            return NOTHING
        first, last = window.of(latest)
        return _trend(self.ordered(self._places(first, last)), first, last)._replace(latest=latest)

    def ordered(self, places: list[Place]) -> list[Place]:
        """The places of a window, or of several, the hottest first or in the source's own order."""
        if self.by_source:
            ranks = tallies.ranks(self._database)
            return sorted(places, key=lambda place: (ranks.get(place.rid, 10**9), -place.heat.votes, place.rank))
        return sorted(places, key=lambda place: (-place.heat.heat, place.rank))

    def latest_day(self) -> date | None:
        """The latest day that has papers; None before the first refresh."""
        return self._latest()

    def rising(self) -> Trend:
        """The papers of the last two weeks that gained votes in the last day, the quickest first."""
        latest = self._latest()
        if latest is None:
            return NOTHING
        first = latest - timedelta(days=13)
        gaining = [place for place in self._places(first, latest) if place.heat.gained]
        return _trend(sorted(gaining, key=lambda place: (-place.heat.per_hour, place.rank)), first, latest)

    def new(self) -> array[int]:
        """The papers that feeds brought since the visit before this one, the last first."""
        since = arrivals.last_visit(self._database) if self._since is None else self._since
        return arrivals.since(self._database, since)

    def begin_visit(self) -> None:
        """The person is here: from now on, New is what comes after the end of their last visit.

        A second visit beside this one (another terminal) takes nothing out of New here.
        """
        arrivals.begin_visit(self._database, self._now())
        self._since = arrivals.last_visit(self._database)

    def end_visit(self) -> None:
        """The person leaves, having seen what there was."""
        arrivals.end_visit(self._database, self._now())

    def place(self, rid: int, window: Window) -> Place | None:
        """Why this paper is where it is; None where it is not in the window."""
        return self.trending(window).places.get(rid)

    def tallies(self, rid: int) -> list[Tally]:
        """What sources counted of this paper, the oldest first."""
        return tallies.of(self._database, [rid])[rid]

    def step(self, window: Window, by: int) -> Window:
        """The window a step later, or earlier where `by` is below zero; days without papers are stepped over."""
        latest = self._latest()
        if latest is None:
            return window
        first, last = window.of(latest)
        if by < 0:
            before = tallies.latest_day(self._database, first - timedelta(days=1))
            return Window(window.span, before) if before else window
        after = tallies.earliest_day(self._database, last + timedelta(days=1))
        return (
            Window(window.span, after)
            if after and after < Window(window.span).of(latest)[0]
            else Window(window.span, None)
        )

    def _latest(self) -> date | None:
        """The latest day that has papers. A list of a day after tomorrow waits, unless there is no other: then it is
        our clock that is wrong."""
        tomorrow = self.today + timedelta(days=1)
        return tallies.latest_day(self._database, tomorrow) or tallies.latest_day(self._database, date.max)

    def _places(self, first: date, last: date) -> list[Place]:
        listed = tallies.listed_between(self._database, first, last)
        known = tallies.of(self._database, list(listed))
        return ordered(known, {rid: _noon(day) for rid, day in listed.items()}, self._now(), self.weights)


def _trend(places: list[Place], first: date, last: date) -> Trend:
    return Trend(array("q", (place.rid for place in places)), {place.rid: place for place in places}, first, last)


def _noon(day: str) -> float:
    """A day's noon in UTC, in seconds since 1970: a list of a day is made in the course of it."""
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC).timestamp()
