"""Any days, any last digest: each paper counts for one day, and no day that was missed is without its own papers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from paperreader.library.digests.grouping import groups, missed, unasked

DAYS = [(date(2026, 8, 1) + timedelta(days=number)).isoformat() for number in range(20)]


@given(
    listed=st.dictionaries(st.integers(1, 60), st.sampled_from(DAYS), max_size=40),
    covered=st.none() | st.sampled_from(["", *DAYS]),
    most=st.integers(1, 9),
    today=st.sampled_from(DAYS),
)
def test_each_paper_counts_for_one_day_and_each_missed_day_has_its_own(
    listed: dict[int, str], covered: str | None, most: int, today: str
) -> None:
    found = groups(listed, covered, most, today)
    assert sorted(rid for group in found for rid in group.rids) == sorted(listed)
    assert sum(group.day.isoformat() < today for group in found) <= most  # today was not missed
    assert [group.day for group in found] == sorted({group.day for group in found})
    for group in found:
        assert group.rids
        assert all(listed[rid] <= group.day.isoformat() for rid in group.rids)
    fresh = sorted({day for day in listed.values() if covered is not None and day > covered})
    own = [day for day in fresh if day < today][-most:] + [day for day in fresh if day >= today]
    assert [group.day.isoformat() for group in found] == (own or sorted(set(listed.values()))[-1:])
    assert missed(listed, covered, most, today) == len(fresh) - len(own)
    for group in found[1:]:  # a day of its own holds that day's papers and no others
        assert {listed[rid] for rid in group.rids} == {group.day.isoformat()}


def test_days_that_lie_too_far_back_to_be_asked_for_are_known_unless_something_came_of_them() -> None:
    thursday, friday, monday = date(2026, 8, 13), date(2026, 8, 14), date(2026, 8, 17)
    assert unasked({}, thursday.isoformat(), 2, "2026-08-20") == [friday, monday]  # not 15 and 16: a weekend
    assert unasked({1: monday.isoformat()}, thursday.isoformat(), 2, "2026-08-20") == [friday]
    assert unasked({}, thursday.isoformat(), 6, "2026-08-20") == []
    assert unasked({}, "", 2, "2026-08-20") == []
