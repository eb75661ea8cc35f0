"""A time of day that the clocks leave out."""

from __future__ import annotations

import time as clock
from datetime import date, time

import pytest

from paperreader.cli.digest_schedule import without


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Europe/Berlin", time(2, 30), date(2027, 3, 28)),
        ("Europe/Berlin", time(8), None),
        ("America/Havana", time(0), date(2027, 3, 14)),
        ("UTC", time(2, 30), None),
    ],
)
def test_the_day_on_which_summer_time_leaves_it_out_is_known(
    monkeypatch: pytest.MonkeyPatch, zone: str, at: time, day: date | None
) -> None:
    monkeypatch.setenv("TZ", zone)
    clock.tzset()
    try:
        assert without(at, date(2027, 1, 1)) == day
    finally:
        monkeypatch.undo()
        clock.tzset()
