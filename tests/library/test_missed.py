"""Days that a refresh asks for by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from paperreader import feeds
from paperreader.library import Library
from paperreader.library.following import Followed
from paperreader.library.missed import missed
from paperreader.paths import Paths

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
