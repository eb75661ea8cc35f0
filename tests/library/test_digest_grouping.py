"""Any days, any last digest: each paper counts for one day, and no day that was missed is without its own papers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from paperreader.library.digests.grouping import groups, missed

DAYS = [(date(2026, 8, 1) + timedelta(days=number)).isoformat() for number in range(20)]


@given(
    listed=st.dictionaries(st.integers(1, 60), st.sampled_from(DAYS), max_size=40),
    covered=st.none() | st.sampled_from(["", *DAYS]),
    most=st.integers(1, 9),
)
def test_each_paper_counts_for_one_day_and_each_missed_day_has_its_own(
    listed: dict[int, str], covered: str | None, most: int
) -> None:
    found = groups(listed, covered, most)
    assert sorted(rid for group in found for rid in group.rids) == sorted(listed)
    assert len(found) <= most
    assert [group.day for group in found] == sorted({group.day for group in found})
    for group in found:
        assert group.rids
        assert all(listed[rid] <= group.day.isoformat() for rid in group.rids)
    fresh = sorted({day for day in listed.values() if covered is not None and day > covered})
    assert [group.day.isoformat() for group in found] == (fresh[-most:] or sorted(set(listed.values()))[-1:])
    assert missed(listed, covered, most) == max(len(fresh) - most, 0)
    for group in found[1:]:  # a day of its own holds that day's papers and no others
        assert {listed[rid] for rid in group.rids} == {group.day.isoformat()}
