"""Trending is votes, their movement and age, by one formula; each place says in a line how it came about."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.trending import DAY, Tally, Weights, heat, ordered, ordinal

NOW = 1_000_000_000.0


def tally(hours_ago: float, votes: int, source: str = "hf", rank: int | None = None) -> Tally:
    return Tally(source, NOW - hours_ago * 3600, rank, votes, 0, None)


def test_with_a_single_tally_votes_and_age_decide() -> None:
    fresh, old = heat([tally(0, 10)], NOW, NOW), heat([tally(0, 10)], NOW - 7 * DAY, NOW)
    assert fresh.heat > old.heat > 0
    assert (fresh.gained, fresh.hours, fresh.votes) == (0, 0.0, 10)
    assert heat([tally(0, 20)], NOW, NOW).heat > fresh.heat


def test_votes_gained_today_lift_a_paper_over_one_with_more_votes() -> None:
    order = ordered({1: [tally(24, 100), tally(0, 100)], 2: [tally(24, 10), tally(0, 60)]}, {1: NOW, 2: NOW}, NOW)
    assert [place.rid for place in order] == [2, 1]
    assert order[0].why == "+50 votes in 24 h, was 2nd"
    assert order[0].moved == 1
    assert order[1].why == "100 votes, was 1st"


def test_the_gain_is_measured_over_the_last_day_only() -> None:
    movement = heat([tally(240, 1), tally(30, 50), tally(12, 60), tally(0, 65)], NOW - 10 * DAY, NOW)
    assert (movement.gained, movement.hours) == (15, 24.0)
    young = heat([tally(6, 50), tally(0, 62)], NOW, NOW)
    assert (young.gained, young.hours, young.per_hour) == (12, 6.0, 2.0)


def test_two_refreshes_in_a_row_prove_nothing() -> None:
    assert heat([tally(0.01, 5), tally(0, 9)], NOW, NOW).per_hour == 4.0


def test_lost_votes_are_no_movement_and_each_source_counts_for_itself() -> None:
    assert heat([tally(24, 9), tally(0, 4)], NOW, NOW).gained == 0
    mixed = heat([tally(5, 90, "a"), tally(4, 3, "b"), tally(1, 95, "a"), tally(0, 4, "b")], NOW, NOW)
    assert (mixed.votes, mixed.gained) == (95, 5)


def test_a_paper_that_was_not_there_yesterday_has_no_place_before() -> None:
    (place,) = ordered({1: [tally(2, 3)]}, {1: NOW}, NOW)
    assert (place.before, place.moved, place.why) == (None, 0, "3 votes")


def test_a_paper_without_any_tally_comes_last_and_equal_ones_newest_row_first() -> None:
    order = ordered({1: [], 2: [tally(0, 1)]}, {1: NOW, 2: NOW, 3: NOW}, NOW)
    assert [place.rid for place in order] == [2, 3, 1]
    assert [place.rank for place in order] == [1, 2, 3]


def test_the_weights_are_the_persons() -> None:
    gained = {1: [tally(24, 100), tally(0, 100)], 2: [tally(24, 10), tally(0, 60)]}
    order = ordered(gained, {1: NOW, 2: NOW}, NOW, Weights(gained=0.0))
    assert [place.rid for place in order] == [1, 2]
    starred = {1: [Tally("hf", NOW, None, 1, None, 5000)], 2: [tally(0, 5)]}
    assert ordered(starred, {1: NOW, 2: NOW}, NOW)[0].rid == 1
    assert ordered(starred, {1: NOW, 2: NOW}, NOW, Weights(stars=0.0))[0].rid == 2


@pytest.mark.parametrize(
    ("number", "word"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st"), (112, "112th")]
)
def test_places_are_ordinals(number: int, word: str) -> None:
    assert ordinal(number) == word


_TALLIES = st.lists(
    st.builds(
        Tally,
        source=st.sampled_from(["a", "b"]),
        at=st.floats(NOW - 40 * DAY, NOW + DAY),
        rank=st.none() | st.integers(1, 100),
        votes=st.none() | st.integers(0, 10**6),
        comments=st.none() | st.integers(0, 10**4),
        stars=st.none() | st.integers(0, 10**6),
    ),
    max_size=6,
).map(lambda tallies: sorted(tallies, key=lambda tally: tally.at))


@given(st.dictionaries(st.integers(1, 50), st.tuples(_TALLIES, st.floats(NOW - 400 * DAY, NOW + DAY)), max_size=8))
def test_whatever_was_counted_there_is_one_order_with_ranks_from_1(given: dict[int, tuple[list[Tally], float]]) -> None:
    order = ordered({rid: t for rid, (t, _) in given.items()}, {rid: day for rid, (_, day) in given.items()}, NOW)
    assert sorted(place.rid for place in order) == sorted(given)
    assert [place.rank for place in order] == list(range(1, len(given) + 1))
    assert all(place.heat.heat >= later.heat.heat for place, later in pairwise(order))
    assert all(place.why for place in order)
