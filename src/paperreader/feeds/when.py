"""The time of which papers are asked: the latest, a day, an ISO week, a month. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})", re.ASCII | re.IGNORECASE)
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Latest:
    """What is trending and what is new, now."""

    def __str__(self) -> str:
        return "the latest"


@dataclass(frozen=True, slots=True)
class Day:
    """One day."""

    day: date

    def __str__(self) -> str:
        return self.day.isoformat()

    @property
    def first(self) -> date:
        """Its first day."""
        return self.day

    @property
    def last(self) -> date:
        """Its last day."""
        return self.day

    @classmethod
    def of(cls, text: str) -> Day:
        """The day "2026-08-21". Raises ValueError, in words for the person."""
        try:
            if _DAY.fullmatch(text.strip()):
                return cls(date.fromisoformat(text.strip()))
        except ValueError:
            pass
        raise ValueError("a day is written YYYY-MM-DD, as 2026-08-21")


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week, Monday to Sunday."""

    year: int
    """The ISO year, which may differ from the calendar's in the days around New Year."""
    week: int
    """From 1 to 52 or 53."""

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.week, 1)  # ValueError where the year has no such week

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.week:02}"

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven days."""
        return tuple(self.first + timedelta(days=number) for number in range(7))

    @classmethod
    def of(cls, text: str) -> Week:
        """The week "2026-W34". Raises ValueError, in words for the person."""
        match = _WEEK.fullmatch(text.strip())
        try:
            if match:
                return cls(int(match[1]), int(match[2]))
        except ValueError:
            pass
        raise ValueError("a week is written YYYY-Www, as 2026-W34, and a year has 52 or 53")

    @classmethod
    def around(cls, day: date) -> Week:
        """The week that a day is in."""
        year, week, _ = day.isocalendar()
        return cls(year, week)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar."""

    year: int
    month: int
    """From 1 to 12."""

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)  # ValueError where there is no such month

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        following = self.first.replace(day=28) + timedelta(days=4)
        return following - timedelta(days=following.day)

    @classmethod
    def of(cls, text: str) -> Month:
        """The month "2026-08". Raises ValueError, in words for the person."""
        match = _MONTH.fullmatch(text.strip())
        try:
            if match:
                return cls(int(match[1]), int(match[2]))
        except ValueError:
            pass
        raise ValueError("a month is written YYYY-MM, as 2026-08")


When = Latest | Day | Week | Month
