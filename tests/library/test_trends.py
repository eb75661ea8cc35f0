"""Trending, rising and new over what feeds told day by day, by a clock of the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.library.trends import Span, Trend, Window
from paperreader.paper import Sighting, View
from paperreader.paths import Paths
from paperreader.store import recording
from paperreader.trending import Weights

FRIDAY = date(2026, 8, 21)
THURSDAY = date(2026, 8, 20)


class Clock:
    """A time that the test moves."""

    def __init__(self, day: date, hour: int = 12) -> None:
        self.moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    def __call__(self) -> float:
        return self.moment.timestamp()

    def later(self, hours: float) -> None:
        self.moment += timedelta(hours=hours)


@pytest.fixture
def clock() -> Clock:
    return Clock(FRIDAY)


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path / "home"), now=clock, starter=False)
    yield library
    library.close()


def told(library: Library, clock: Clock, *sightings: Sighting) -> None:
    for _ in recording.record(library._database, sightings, clock(), revive=False):
        pass


def daily(
    name: str, votes: int, day: date = FRIDAY, *, rank: int | None = None, source: str = "huggingface"
) -> Sighting:
    return Sighting(
        source=source,
        arxiv_id=f"2608.{name:0>5}",
        title=f"Paper {name}",
        votes=votes,
        rank=rank,
        listed=day.isoformat(),
    )


def announced(name: str, day: date = FRIDAY) -> Sighting:
    """arXiv counts nothing."""
    return Sighting(source="arxiv cs.CL", arxiv_id=f"2608.{name:0>5}", title=f"Paper {name}", listed=day.isoformat())


def names(library: Library, rids: Sequence[int]) -> str:
    """ "1 3 2": the papers by the end of their titles."""
    return " ".join(row.title.removeprefix("Paper ") for row in library.rows(rids))


def trend(library: Library, span: Span = Span.DAY, day: date | None = None) -> Trend:
    return library.trends.trending(Window(span, day))


def test_before_the_first_refresh_nothing_is_trending(library: Library) -> None:
    found = trend(library)
    assert (list(found.rids), found.first, found.last) == ([], None, None)
    assert list(library.trends.rising().rids) == list(library.trends.new()) == []
    assert library.trends.step(Window(), -1) == Window()


def test_votes_order_a_day_that_was_seen_once(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 5), daily("2", 50), daily("3", 20))
    assert names(library, trend(library).rids) == "2 3 1"
    assert names(library, library.listing(View.TRENDING)) == "2 3 1"
    assert trend(library).places[trend(library).rids[0]].why == "50 votes"


def test_votes_gained_since_yesterday_lift_a_paper_and_it_says_why(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 60), daily("2", 10), daily("3", 40))
    clock.later(24)
    told(library, clock, daily("1", 60), daily("2", 51), daily("3", 40))
    found = trend(library, day=FRIDAY)
    assert names(library, found.rids) == "2 1 3"
    assert found.places[found.rids[0]].why == "+41 votes in 24 h, was 3rd"
    place = library.trends.place(found.rids[0], Window(Span.DAY, FRIDAY))
    assert place is not None and (place.rank, place.moved) == (1, 2)
    assert library.trends.place(999, Window()) is None


def test_a_day_a_week_and_a_month_are_windows_over_the_days_that_papers_were_listed(
    library: Library, clock: Clock
) -> None:
    monday, last_week, july = date(2026, 8, 17), date(2026, 8, 14), date(2026, 7, 31)
    told(library, clock, daily("1", 9), daily("2", 8, monday), daily("3", 7, last_week), daily("4", 6, july))
    assert names(library, trend(library).rids) == "1"
    week = trend(library, Span.WEEK)
    assert set(names(library, week.rids).split()) == {"1", "2"}
    assert (week.first, week.last) == (monday, date(2026, 8, 23))
    month = trend(library, Span.MONTH)
    assert set(names(library, month.rids).split()) == {"1", "2", "3"}
    assert (month.first, month.last) == (date(2026, 8, 1), date(2026, 8, 31))
    assert names(library, trend(library, Span.MONTH, july).rids) == "4"
    assert [span.next for span in Span] == [Span.WEEK, Span.MONTH, Span.DAY]


def test_stepping_goes_over_days_without_papers_and_comes_back_to_today(library: Library, clock: Clock) -> None:
    tuesday, long_ago = date(2026, 8, 18), date(2026, 6, 3)
    told(library, clock, daily("1", 1), daily("2", 1, tuesday), daily("3", 1, long_ago))
    trends = library.trends
    back = trends.step(Window(), -1)
    assert back == Window(Span.DAY, tuesday)
    assert trends.step(back, -1) == Window(Span.DAY, long_ago)
    assert trends.step(Window(Span.DAY, long_ago), -1) == Window(Span.DAY, long_ago)
    assert trends.step(Window(Span.DAY, long_ago), 1) == back
    assert trends.step(back, 1) == trends.step(Window(), 1) == Window()
    assert trends.step(Window(Span.WEEK), -1) == Window(Span.WEEK, long_ago)
    assert trends.step(Window(Span.MONTH, long_ago), 1) == Window(Span.MONTH)


def test_a_paper_listed_on_two_days_is_in_both_windows_and_as_old_as_the_later_one(
    library: Library, clock: Clock
) -> None:
    told(library, clock, daily("1", 5, THURSDAY), daily("1", 9, FRIDAY))
    assert names(library, trend(library, day=THURSDAY).rids) == names(library, trend(library).rids) == "1"
    assert names(library, trend(library, Span.WEEK).rids) == "1"


def test_what_nobody_counts_is_not_trending_and_hides_no_day_that_has_votes(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 5, THURSDAY), announced("2"), announced("3"))
    assert names(library, trend(library).rids) == "1"
    told(library, clock, daily("2", 3, THURSDAY))  # what arXiv announces again hides no list that counts
    assert names(library, trend(library).rids) == "1 2"
    assert names(library, trend(library, day=FRIDAY).rids) == ""


def test_the_papers_that_came_with_the_program_are_never_trending_nor_new(tmp_path: Path, clock: Clock) -> None:
    library = Library.open(Paths.under(tmp_path / "other"), now=clock)
    told(library, clock, Sighting(source="starter", id="s", title="S", votes=900, listed="2026-08-21", rank=1))
    told(library, clock, Sighting(source="import", id="i", title="I"))
    library.trends.begin_visit()
    assert list(trend(library).rids) == list(library.trends.rising().rids) == list(library.trends.new()) == []
    library.close()


def test_removed_papers_are_nowhere_and_leave_no_empty_day(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 5), daily("2", 3, THURSDAY))
    library.remove([1])
    assert names(library, trend(library).rids) == "2"
    assert names(library, library.trends.new()) == "2"


def test_a_list_of_a_day_that_is_far_off_does_not_hide_today(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 5), daily("2", 9, date(9999, 12, 31)))
    assert names(library, trend(library).rids) == "1"
    assert library.trends.step(Window(), 1) == Window()
    tomorrow = FRIDAY + timedelta(days=1)  # it is, further east
    told(library, clock, daily("3", 1, tomorrow))
    assert names(library, trend(library).rids) == "3"


def test_rising_is_what_gained_in_the_last_day_the_quickest_first(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 100), daily("2", 10), daily("3", 10, date(2026, 8, 10)), daily("4", 5, THURSDAY))
    assert list(library.trends.rising().rids) == []
    clock.later(10)
    told(library, clock, daily("1", 100), daily("2", 30), daily("3", 15, date(2026, 8, 10)), daily("4", 90, THURSDAY))
    assert names(library, library.trends.rising().rids) == "4 2 3"
    assert names(library, library.listing(View.RISING)) == "4 2 3"
    clock.later(48)
    assert list(library.trends.rising().rids) == []


def test_the_weights_are_the_persons(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 60), daily("2", 10))
    clock.later(24)
    told(library, clock, daily("1", 60), daily("2", 51))
    library.trends.weights = Weights(gained=0.0)
    assert names(library, trend(library).rids) == "1 2"


def test_the_sources_own_order_is_its_ranks_and_behind_them_the_votes(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 50, rank=2), daily("2", 60), daily("3", 5, rank=1), daily("4", 70))
    library.trends.by_source = True
    assert names(library, trend(library).rids) == "3 1 4 2"


def test_a_paper_that_fell_out_of_the_sources_order_has_no_place_in_it(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 50, rank=1), daily("2", 60, rank=2))
    clock.later(1)
    told(library, clock, daily("2", 60, rank=1), daily("3", 5, rank=2))
    told(library, clock, daily("1", 50), daily("2", 60))  # the day's list, which has no ranks
    library.trends.by_source = True
    assert names(library, trend(library).rids) == "2 3 1"


def test_a_list_without_ranks_adds_nothing_to_one_with_them(library: Library, clock: Clock) -> None:
    for _ in range(3):
        told(library, clock, daily("1", 5, rank=1))
        clock.later(0.01)
        told(library, clock, daily("1", 5))
        clock.later(1)
    with library._database.read() as connection:
        assert connection.execute("SELECT count(*) FROM tally").fetchone() == (1,)


def test_counts_of_one_moment_are_one_tally(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 5, rank=1), daily("1", 6))
    with library._database.read() as connection:
        assert connection.execute("SELECT rank, votes FROM tally").fetchall() == [(1, 6)]


def test_new_is_what_feeds_brought_since_the_last_visit_ended(library: Library, clock: Clock) -> None:
    trends = library.trends
    told(library, clock, daily("1", 1))
    trends.begin_visit()
    assert names(library, trends.new()) == "1"  # nobody has been here: all that feeds brought is new
    clock.later(1)
    told(library, clock, daily("2", 1))
    assert names(library, library.listing(View.NEW)) == "2 1"
    trends.end_visit()
    clock.later(1)
    told(library, clock, daily("3", 1), daily("1", 9), Sighting(source="import", id="i", title="Mine"))
    trends.begin_visit()
    assert names(library, trends.new()) == "3"
    clock.later(1)
    trends.end_visit()
    clock.later(1)
    trends.begin_visit()
    assert names(library, trends.new()) == ""


def test_a_visit_that_ended_by_a_kill_ended_when_it_began(library: Library, clock: Clock) -> None:
    library.trends.begin_visit()
    clock.later(1)
    told(library, clock, daily("1", 1))
    clock.later(1)
    library.trends.begin_visit()
    assert names(library, library.trends.new()) == "1"


def test_a_clock_that_is_set_back_empties_no_view(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 50))
    clock.later(-48)
    told(library, clock, daily("1", 60))
    assert names(library, trend(library).rids) == "1"


def test_the_views_of_feeds_are_counted_with_the_others(library: Library, clock: Clock) -> None:
    assert library.counts()[View.TRENDING] == 0
    library.trends.begin_visit()
    clock.later(1)
    told(library, clock, daily("1", 5), daily("2", 3))
    clock.later(1)
    told(library, clock, daily("1", 9))
    counts = library.counts()
    assert (counts[View.TRENDING], counts[View.RISING], counts[View.ALL]) == (2, 1, 2)
    assert counts[View.NEW] == len(library.listing(View.NEW))
