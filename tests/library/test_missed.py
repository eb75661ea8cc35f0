"""Days that a refresh asks for by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from paperreader import feeds
from paperreader.feeds import Places
from paperreader.library import Library
from paperreader.library.following import Day, Followed, Latest, When, World
from paperreader.library.missed import missed
from paperreader.paths import Paths
from tests.feeds import world as server
from tests.feeds.preprints import Preprint
from tests.feeds.preprints import serve as preprints
from tests.library.test_trends import Clock

TODAY = date(2026, 8, 21)


def followed(name: str, asked: int) -> Followed:
    return Followed(feeds.feed(name), "", datetime(2026, 8, asked, 8, tzinfo=UTC).timestamp(), "", on=True)


def test_a_day_that_was_not_answered_for_is_asked_for_again_though_the_feed_was_asked_since() -> None:
    known = [followed("huggingface", 20), followed("arxiv cs.CL", 20)]
    assert missed(known, date(2026, 8, 20), TODAY, 7, {}) == {date(2026, 8, 20): ["huggingface"]}
    owed = {known[1].feed.name: date(2026, 8, 19)}
    days = missed(known, date(2026, 8, 20), TODAY, 7, owed)
    assert [day.day for day, names in days.items() if known[1].feed.name in names] == [17, 18, 19, 20]
    assert min(missed(known, None, TODAY, 2, {"huggingface": date(2026, 8, 1)})) == date(2026, 8, 19)  # not for ever


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        (18, 17),  # Wednesday the 19th announced what came on Monday and Tuesday
        (17, 14),  # Tuesday: Friday to Monday
        (16, 13),  # Monday: Thursday and Friday
        (14, 13),  # the weekend: nothing, which is asked all the same
    ],
)
def test_what_arxiv_announced_on_a_missed_day_is_asked_for_by_the_days_on_which_it_was_submitted(
    asked: int, first: int
) -> None:
    assert min(missed([followed("arxiv cs.CL", asked)], None, TODAY, 7, {})).day == first


def test_days_that_are_owed_are_kept_until_they_are_answered_for(tmp_path: Path) -> None:
    library = Library.open(Paths.under(tmp_path / "home"), starter=False)
    digests = library.digests
    assert digests.owed() == {}
    digests.owe({TODAY: ["huggingface", "arxiv cs.CL"], date(2026, 8, 20): ["arxiv cs.CL"]})
    assert digests.owed() == {"huggingface": TODAY, "arxiv cs.CL": date(2026, 8, 20)}
    digests.owe({})
    assert digests.owed() == {}
    library.close()


@pytest.fixture
def world() -> Iterator[server.World]:
    made = server.World()
    preprints(made, [Preprint("2608.00001")])
    yield made
    made.close()


def test_days_that_an_ordinary_refresh_passes_over_stay_to_be_asked_for(tmp_path: Path, world: server.World) -> None:
    clock = Clock(date(2026, 8, 10))
    library = Library.open(Paths.under(tmp_path / "home"), now=clock, starter=False)
    following = library.following(World(places=Places(arxiv=world.url, arxiv_rss=world.url)))
    following.follow("cs.CL")

    def first_missed(today: int) -> int:
        days = missed(following.followed(), None, date(2026, 8, today), 7, library.digests.owed())
        return min(days, default=date(2026, 8, today)).day

    def asks(day: int, when: When) -> None:
        clock.moment = Clock(date(2026, 8, day)).moment
        list(following.refresh(when, names=["cs.CL"]))

    asks(10, Latest())
    asks(11, Latest())
    assert first_missed(11) == 11
    asks(14, Latest())
    assert first_missed(14) == 10  # Wednesday the 12th announced what came from Monday on
    asks(17, Latest())
    assert first_missed(17) == 10  # what is passed over later takes nothing back
    library.digests.owe({})  # as a digest that had every answer does
    asks(18, Day(date(2026, 8, 3)))  # of the 18th itself nothing was asked
    assert first_missed(19) == 14
    library.close()
