"""Days, ISO weeks, months, as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from paperreader.feeds import Day, Month, Week


def test_times_are_read_as_they_are_written() -> None:
    assert Day.of(" 2026-08-21 ") == Day(date(2026, 8, 21))
    assert Week.of("2026-w34") == Week(2026, 34)
    assert Month.of("2026-08") == Month(2026, 8)
    assert str(Day.of("2026-08-21")) == "2026-08-21"
    assert str(Week.of("2026-W34")) == "2026-W34"
    assert str(Month.of("2026-08")) == "2026-08"


@pytest.mark.parametrize("text", ["", "2026-8-1", "2026-02-30", "20260821", "tomorrow", "٢٠٢٦-08-21"])
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        Day.of(text)


@pytest.mark.parametrize("text", ["", "2026-W54", "2025-W53", "2026-W00", "2026-34", "0000-W01"])
def test_what_is_no_week_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-Www"):
        Week.of(text)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026", "0000-01"])
def test_what_is_no_month_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        Month.of(text)


def test_weeks_and_months_know_their_days() -> None:
    week = Week(2026, 53)
    assert (week.first, week.last) == (date(2026, 12, 28), date(2027, 1, 3))
    assert len(week.days) == 7
    assert Week.around(date(2027, 1, 1)) == week
    assert (Month(2028, 2).first, Month(2028, 2).last) == (date(2028, 2, 1), date(2028, 2, 29))
    assert Month(2026, 12).last == date(2026, 12, 31)
    assert Day(date(2026, 8, 21)).first == Day(date(2026, 8, 21)).last
