"""The window that Trending shows, in words: "today", "21 Aug 2026", "17 to 23 Aug 2026", "August 2026". Pure."""

from __future__ import annotations

from datetime import date

from paperreader.library.trends import Span, Trend, Window

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
_NAMED = (*_MONTHS, "December")
_NOW = {Span.DAY: "today", Span.WEEK: "this week", Span.MONTH: "this month"}


def window_in_words(window: Window, trend: Trend | None, today: date) -> str:
    """What the heading says; a window that follows the time and has no papers yet is the present one."""
    if trend is None or trend.first is None or trend.last is None:
        return _NOW[window.span]
    if trend.first <= today <= trend.last:
        return _NOW[window.span]
    if window.span is Span.DAY:
        return day_in_words(trend.first)
    if window.span is Span.MONTH:
        return f"{_NAMED[trend.first.month - 1]} {trend.first.year}"
    return _between(trend.first, trend.last)


def day_in_words(day: date) -> str:
    """21 Aug 2026."""
    return f"{day.day} {_short(day)} {day.year}"


def _between(first: date, last: date) -> str:
    """17 to 23 Aug 2026; 31 Aug to 6 Sep 2026; 28 Dec 2026 to 3 Jan 2027."""
    if first.year != last.year:
        return f"{day_in_words(first)} to {day_in_words(last)}"
    month = "" if first.month == last.month else f" {_short(first)}"
    return f"{first.day}{month} to {day_in_words(last)}"


def _short(day: date) -> str:
    return _NAMED[day.month - 1][:3]
