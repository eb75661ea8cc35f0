"""What a digest holds, by a clock of the test: nothing twice, nothing missed, whatever the days are like."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from paperreader.digest.content import Digest
from paperreader.errors import SearchError
from paperreader.feeds import huggingface
from paperreader.library import Library, restore_backup
from paperreader.library.digests import Digests, Draft
from paperreader.paper import Sighting
from paperreader.paths import Paths
from paperreader.search.finding import Found
from paperreader.settings import DigestSettings
from paperreader.store import ledger
from tests.library.test_trends import FRIDAY, THURSDAY, Clock, announced, daily, told

FIVE_DAYS = [date(2026, 8, day) for day in range(17, 22)]
MONDAY = date(2026, 8, 24)


@pytest.fixture
def clock() -> Clock:
    return Clock(FRIDAY)


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path / "home"), now=clock, starter=False)
    yield library
    library.close()


def sent(library: Library, recipient: str = "", **wishes: object) -> Digest:
    """The next digest of this recipient, entered as sent."""
    draft = library.digests.draft(DigestSettings(**wishes), recipient)  # type: ignore[arg-type] # each has its kind
    library.digests.keep(draft)
    return draft.digest


def papers(digest: Digest) -> str:
    """ "1 3 | 2": the papers by the end of their titles, a bar between sections."""
    return " | ".join(
        " ".join(item.paper.title.removeprefix("Paper ") for item in section.items) for section in digest.sections
    )


def ids(digest: Digest) -> list[str]:
    return [item.paper.arxiv_id for item in digest.items]


Days = dict[date, tuple[Sighting, ...]]


@pytest.fixture
def real_days(shared: Callable[[str], Path]) -> Days:
    """Five consecutive days as Hugging Face told of them."""
    files = {day: shared(f"payloads/hf_daily/{day}.json") for day in FIVE_DAYS}
    return {day: huggingface.parse(file.read_bytes(), listed=day.isoformat()).sightings for day, file in files.items()}


def firsts(library: Library, day: date, most: int) -> set[str]:
    """The first papers of a day, as the library ranks them."""
    from paperreader.library.trends import Span, Window

    rids = library.trends.trending(Window(Span.DAY, day)).rids[:most]
    return {paper.arxiv_id for paper in library.papers(rids)}


def test_five_real_days_give_five_digests_without_a_repeat_and_without_a_gap(
    library: Library, clock: Clock, real_days: Days
) -> None:
    seen: list[str] = []
    for day, sightings in real_days.items():
        clock.moment = Clock(day, 20).moment
        told(library, clock, *sightings)
        digest = sent(library, "me@example.org", trending=10)
        assert len(digest.items) == 10
        assert digest.days == 1
        assert firsts(library, day, 10) <= set(ids(digest))
        seen += ids(digest)
    assert len(seen) == len(set(seen)) == 50


def test_two_days_that_were_missed_are_caught_up_with_the_first_of_each(
    library: Library, clock: Clock, real_days: Days
) -> None:
    seen: list[str] = []
    for day, sightings in real_days.items():
        clock.moment = Clock(day, 20).moment
        told(library, clock, *sightings)
        if day.day in (18, 19):
            continue
        digest = sent(library, "me@example.org", trending=3)
        if day.day == 20:
            assert digest.days == 3
            assert [len(section.items) for section in digest.sections] == [3, 3, 3]
            assert digest.sections[0].title == "Trending on Tuesday, 18 August 2026"
            assert (digest.first, digest.last) == (date(2026, 8, 18), date(2026, 8, 20))
            for missed in FIVE_DAYS[1:4]:
                assert firsts(library, missed, 3) <= set(ids(digest))
        seen += ids(digest)
    assert len(seen) == len(set(seen)) == 15


@pytest.mark.parametrize("missed", [(), (18, 19), (17, 18, 19, 20)])
def test_without_a_limit_every_paper_is_told_of_once(
    library: Library, clock: Clock, real_days: Days, missed: Sequence[int]
) -> None:
    seen: list[str] = []
    for day, sightings in real_days.items():
        clock.moment = Clock(day, 20).moment
        told(library, clock, *sightings)
        if day.day not in missed:
            seen += ids(sent(library, "me@example.org", trending=None))
    assert sorted(seen) == sorted({sighting.arxiv_id for day in real_days.values() for sighting in day})


def test_one_refresh_after_days_off_is_caught_up_like_one_a_day(
    library: Library, clock: Clock, real_days: Days
) -> None:
    told(library, clock, *real_days[FIVE_DAYS[0]])
    sent(library)
    for day in FIVE_DAYS[1:]:
        told(library, clock, *real_days[day])
    digest = sent(library, trending=2)
    assert digest.days == 4
    assert [len(section.items) for section in digest.sections] == [2, 2, 2, 2]


def test_papers_that_join_a_list_later_in_the_day_come_with_the_next_digest(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 9), daily("2", 5))
    assert papers(sent(library)) == "1 2"
    assert papers(sent(library)) == ""
    clock.later(4)
    told(library, clock, daily("1", 40), daily("3", 7), daily("4", 8))
    assert papers(sent(library)) == "4 3"
    clock.later(68)
    told(library, clock, daily("5", 30, MONDAY), daily("6", 50))
    assert papers(sent(library)) == "5 6"


def test_what_was_left_out_for_want_of_room_does_not_come_again(library: Library, clock: Clock) -> None:
    told(library, clock, *(daily(str(number), 10 - number) for number in range(1, 6)))
    digest = sent(library, trending=2)
    assert papers(digest) == "1 2"
    assert digest.sections[0].left == 3
    clock.later(1)
    told(library, clock, daily("1", 50), daily("2", 40), daily("3", 8))
    assert papers(sent(library, trending=2)) == ""


def test_what_was_left_out_and_climbs_to_the_first_of_its_day_before_that_ends_comes_after_all(
    library: Library, clock: Clock
) -> None:
    told(library, clock, daily("1", 9), daily("2", 8), daily("3", 1))
    assert papers(sent(library, trending=2)) == "1 2"
    clock.later(3)
    told(library, clock, daily("3", 90), daily("4", 2))
    assert papers(sent(library, trending=2)) == "3 4"  # 3 was left out in the morning, and is the first one now
    clock.later(3)
    assert papers(sent(library, trending=2)) == ""
    told(library, clock, daily("4", 99))
    assert papers(sent(library, trending=2)) == ""  # it was sent, wherever it stands


def test_what_climbed_after_the_last_digest_of_its_day_comes_with_that_of_the_next_day(
    library: Library, clock: Clock
) -> None:
    told(library, clock, daily("1", 9, THURSDAY), daily("2", 8, THURSDAY), daily("3", 1, THURSDAY))
    assert papers(sent(library, trending=2)) == "1 2"
    told(library, clock, daily("3", 90, THURSDAY))
    clock.later(24)
    told(library, clock, daily("4", 9), daily("5", 8), daily("6", 1))
    digest = sent(library, trending=2)
    assert sorted(papers(digest).split()) == ["3", "4", "5"] and digest.sections[0].left == 1
    assert papers(sent(library, trending=2)) == ""


def test_what_came_late_to_the_list_of_a_day_takes_no_place_from_the_first_of_the_next(
    library: Library, clock: Clock
) -> None:
    told(library, clock, *(daily(f"1{n}", 10 - n, THURSDAY) for n in range(3)))
    assert papers(sent(library, trending=3)) == "10 11 12"
    clock.later(12)
    told(library, clock, *(daily(f"2{n}", 900 - n, THURSDAY) for n in range(9)))
    clock.later(12)
    told(library, clock, *(daily(f"3{n}", 9 - n) for n in range(5)))
    digest = sent(library, trending=3)
    assert set(papers(digest).split()) == {"20", "21", "22", "30", "31", "32"}  # the first three of each day
    assert digest.sections[0].left == 8
    clock.later(4)
    told(library, clock, daily("33", 70))
    assert papers(sent(library, trending=3)) == "33"


@pytest.mark.parametrize("seed", range(4))
def test_whenever_a_digest_goes_out_the_first_of_its_days_have_all_been_sent_and_none_twice(
    library: Library, clock: Clock, seed: int
) -> None:
    """Lists grow all day, votes come in bursts, and digests go out at any hour."""
    chance = random.Random(seed)
    votes: dict[tuple[date, str], int] = {}
    seen: list[str] = []
    for hour in range(6 * 24):
        clock.moment = Clock(THURSDAY, 0).moment + timedelta(hours=hour)
        day = clock.moment.date()
        if chance.random() < 0.4:
            votes[day, f"{len(votes):05}"] = chance.randrange(4)
        for key in chance.sample(sorted(votes), min(3, len(votes))):
            votes[key] += chance.choice((0, 1, 5, 60))
        if hour % 24 == 8 or chance.random() < 0.05:
            told(library, clock, *(daily(name, count, listed) for (listed, name), count in votes.items()))
            last = ledger.last(library._database, "me@example.org")
            seen += ids(sent(library, "me@example.org", trending=3))
            for due in {day, date.fromisoformat(last.day)} if last else ():
                assert firsts(library, due, 3) <= set(seen), (hour, due)
    assert len(seen) == len(set(seen)) > 15


def test_a_paper_that_arxiv_announced_days_before_it_trends_is_new_when_it_trends(
    library: Library, clock: Clock
) -> None:
    told(library, clock, announced("1", THURSDAY), daily("2", 3, THURSDAY))
    assert papers(sent(library)) == "2"
    clock.later(24)
    told(library, clock, daily("1", 80))
    assert papers(sent(library)) == "1"


def test_a_weekend_has_nothing_new_and_monday_is_one_day(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 3))
    sent(library)
    for _ in ("Saturday", "Sunday"):
        clock.later(24)
        nothing = sent(library)
        assert (nothing.items, nothing.sections, nothing.days) == ((), (), 1)
    clock.later(24)
    told(library, clock, daily("2", 3, MONDAY))
    digest = sent(library)
    assert (papers(digest), digest.days) == ("2", 1)


def test_a_long_absence_is_caught_up_in_bounds(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 3))
    sent(library)
    clock.later(24 * 12)
    for number in range(1, 13):
        day = FRIDAY + timedelta(days=number)
        told(library, clock, *(daily(str(number * 10 + place), 9 - place, day) for place in range(3)))
    digest = sent(library, trending=1, catch_up=3)
    assert digest.days == 4  # three that were missed, and today
    assert digest.remarks == ("12 days are new; the first 9 share their places here.",)
    assert papers(digest).endswith("| 100 | 110 | 120")


def test_days_that_were_missed_and_of_which_nothing_came_are_told_of(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 3))
    sent(library)
    clock.later(24 * 6)
    thursday = FRIDAY + timedelta(days=6)
    told(library, clock, daily("2", 3, thursday))
    digest = sent(library, catch_up=2)
    assert digest.remarks == ("1 missed day was not asked for, more than catch_up = 2 days ago: 24 August.",)
    assert sent(library, catch_up=2).remarks == ()


def test_a_paper_that_is_among_the_first_of_its_day_only_days_later_comes_after_all(
    library: Library, clock: Clock
) -> None:
    """Votes come for days: 17, 18 and 19 August each have a digest, then a paper of the 17th gets all of them."""
    for day in FIVE_DAYS[:3]:
        clock.moment = Clock(day, 8).moment
        told(library, clock, *(daily(f"{day.day}{n}", 9 - n, day) for n in range(4)))
        sent(library, trending=2)
    told(library, clock, daily("173", 500, FIVE_DAYS[0]), daily("172", 400, FIVE_DAYS[0]))
    clock.moment = Clock(FIVE_DAYS[3], 8).moment
    told(library, clock, *(daily(f"20{n}", 9 - n, FIVE_DAYS[3]) for n in range(4)))
    draft = library.digests.draft(DigestSettings(trending=2, catch_up=2))
    assert set(papers(draft.digest).split()) == {"200", "201"}  # three days ago is too far back
    digest = sent(library, trending=2, catch_up=3)
    assert set(papers(digest).split()) == {"172", "173", "200", "201"}
    told(library, clock, daily("174", 1, FIVE_DAYS[0]))
    # A higher limit brings no more of days that are over.
    assert set(papers(sent(library, trending=4, catch_up=3)).split()) == {"174", "202", "203"}


def test_each_recipient_has_a_ledger_of_their_own(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 3))
    assert papers(sent(library)) == "1"  # on a terminal
    assert papers(sent(library, "me@example.org")) == "1"
    assert papers(sent(library, "you@example.org")) == "1"
    assert papers(sent(library, "me@example.org")) == ""


def test_looking_twice_at_a_terminal_shows_the_same_until_something_is_new(library: Library, clock: Clock) -> None:
    def look() -> tuple[str, bool]:
        draft, new = library.digests.shown(DigestSettings())
        library.digests.keep(draft)
        return papers(draft.digest), new

    told(library, clock, daily("1", 3), daily("2", 2))
    assert look() == ("1 2", True)
    clock.later(1)
    assert look() == ("1 2", False)
    told(library, clock, daily("3", 2))
    assert look() == ("3", True)
    clock.later(11)
    assert look() == ("3", False)
    clock.later(13)
    assert look() == ("", True)


def test_a_new_version_of_a_bookmark_is_told_of_though_the_paper_was_sent(library: Library, clock: Clock) -> None:
    def version(number: int) -> Sighting:
        return Sighting(source="arxiv cs.CL", arxiv_id="2608.00001", title="Paper 1", version=number)

    told(library, clock, daily("1", 3), version(1))
    assert papers(sent(library)) == "1"
    library.bookmark([1])
    clock.later(24)
    assert papers(sent(library)) == ""
    told(library, clock, version(2))
    digest = sent(library)
    assert [(section.title, item.why) for section in digest.sections for item in section.items] == [
        ("New versions of your bookmarks", "version 2 of a paper that you bookmarked")
    ]
    clock.later(24)
    assert papers(sent(library)) == ""
    told(library, clock, version(3))
    assert papers(sent(library, sections=("trending", "saved"))) == ""
    assert papers(sent(library)) == "1"


def test_a_backup_that_is_brought_back_repeats_no_digest_that_went_out_since(library: Library, clock: Clock) -> None:
    def version(number: int) -> Sighting:
        return Sighting(source="arxiv cs.CL", arxiv_id="2608.00001", title="Paper 1", version=number)

    told(library, clock, daily("1", 9), version(1))
    library.bookmark([1])
    assert papers(sent(library, "ann@example.org")) == "1"
    clock.later(1)
    copy = library.back_up_daily()
    assert copy is not None
    news = [daily(name, 10 - int(name)) for name in "234"]
    told(library, clock, *news, version(2))
    assert papers(sent(library, "ann@example.org", trending=2)) == "2 3 | 1"
    library.close()
    clock.later(1)
    assert restore_backup(library.paths, copy).carried
    again = Library.open(library.paths, now=clock, starter=False)
    assert [entry.left_out for entry in ledger.told(again._database, "ann@example.org")] == [(0,), (1, 0)]
    told(again, clock, *news, daily("5", 1), version(2))
    assert papers(sent(again, "ann@example.org", trending=2)) == "5"
    assert papers(sent(again, "bo@example.org")) == "1 2 3 4 5"  # who got none misses none
    again.close()


def test_a_line_says_where_a_paper_stands_and_how_it_moved(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 10), daily("2", 5))
    clock.later(20)
    told(library, clock, daily("2", 60))
    digest = sent(library)
    assert [item.why for item in digest.items] == [
        "1st of 2 on 21 August: +55 votes in 20 h",
        "2nd of 2 on 21 August",
    ]


def test_across_the_hour_that_summer_time_takes_and_gives_each_morning_has_its_papers(
    library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time
    from datetime import datetime
    from zoneinfo import ZoneInfo

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        for month, day in ((3, 28), (10, 24)):  # the days before both changes of 2026
            for step in range(3):
                morning = datetime(2026, month, day + step, 8, tzinfo=ZoneInfo("Europe/Berlin"))
                clock.moment = morning
                name = f"{month}{step}"
                told(library, clock, daily(name, 5, morning.date()))
                digest = sent(library)
                assert papers(digest) == name
                assert digest.at.hour == 8
                assert digest.at.date() == morning.date()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_clock_that_was_wrong_costs_nothing(library: Library, clock: Clock) -> None:
    clock.later(24 * 400)
    told(library, clock, daily("1", 3))
    assert papers(sent(library)) == "1"
    clock.later(-24 * 400)
    told(library, clock, daily("2", 3))
    assert papers(sent(library)) == "2"
    assert papers(sent(library)) == ""


def test_removed_papers_and_those_of_files_are_not_told_of(library: Library, clock: Clock) -> None:
    told(library, clock, Sighting(source="import", arxiv_id="2608.00009", title="Paper 9"), daily("1", 3))
    library.remove([library.resolve("2608.00001")])
    assert papers(sent(library)) == ""


def test_two_rows_that_turn_out_to_be_one_paper_are_one_in_the_ledger(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 3))
    told(library, clock, Sighting(source="feed", doi="10.1/x", title="Another name", votes=2, listed="2026-08-21"))
    assert len(sent(library).items) == 2
    told(library, clock, Sighting(source="import", arxiv_id="2608.00001", doi="10.1/x", title="Paper 1"))
    assert papers(sent(library)) == ""


def test_a_draft_is_not_entered_until_it_is_kept(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 3))
    first: Draft = library.digests.draft(DigestSettings())
    assert library.digests.draft(DigestSettings()) == first
    assert json.dumps([line.paper for line in first.lines]) == "[1]"


def test_saved_searches_bring_what_is_new_and_has_all_their_words(library: Library, clock: Clock) -> None:
    def feed(name: str, title: str) -> Sighting:
        return Sighting(source="arxiv cs.RO", arxiv_id=f"2608.{name:0>5}", title=title)

    library.saved.save("robots", "robot learning")
    told(library, clock, feed("1", "Old robot learning"))
    for _ in library.catch_up():
        pass
    assert papers(sent(library, "me@example.org")) == "Old robot learning"
    library.saved.save("none", "nothing of this kind")
    clock.later(24)
    told(library, clock, *(feed(str(number), f"Robot learning {number}") for number in range(2, 9)))
    told(library, clock, feed("9", "A robot that does not learn"), feed("10", "Cooking"))
    told(library, clock, Sighting(source="huggingface", arxiv_id="2608.00002", votes=50, listed="2026-08-22"))
    told(library, clock, Sighting(source="import", arxiv_id="2608.00011", title="Robot learning of mine"))
    for _ in library.catch_up():
        pass
    digest = sent(library, "me@example.org")
    assert [(section.kind, section.title, len(section.items), section.left) for section in digest.sections] == [
        ("trending", "Trending", 1, 0),
        ("saved", "Your search: robots", 5, 2),  # of six more with both words, and one that is inflected
    ]
    assert digest.sections[0].items[0].why.endswith("; matches your search “robots”")
    assert {item.why for item in digest.sections[1].items} == {"matches your search “robots”"}
    assert sent(library, "me@example.org").items == ()
    told(library, clock, Sighting(source="huggingface", arxiv_id="2608.00009", votes=9, listed="2026-08-22"))
    assert papers(sent(library, "me@example.org")) == "A robot that does not learn"


def test_sections_have_the_order_and_the_length_that_is_wished(library: Library, clock: Clock) -> None:
    told(library, clock, *(daily(str(number), 10 - number) for number in range(1, 6)))
    library.saved.save("papers", "paper")
    for _ in library.catch_up():
        pass
    digest = sent(library, sections=("saved", "trending"), saved=2, trending=None)
    assert [(section.kind, len(section.items)) for section in digest.sections] == [("saved", 2), ("trending", 3)]
    assert len({item.paper.rid for item in digest.items}) == 5
    assert sent(library, "me@example.org", sections=("revised",)).items == ()


def test_dismissed_papers_are_not_told_of(library: Library, clock: Clock) -> None:
    told(library, clock, daily("1", 3), daily("2", 2))
    library.keeping.dismiss([1])
    library.saved.save("papers", "paper")
    for _ in library.catch_up():
        pass
    assert papers(sent(library)) == "2"


def test_a_screen_shows_the_next_digest_or_the_last_and_enters_nothing(library: Library, clock: Clock) -> None:
    wishes = DigestSettings(to=("Me <me@example.org>",))
    told(library, clock, daily("1", 3), daily("2", 2))
    assert library.digests.to_read(wishes)[0].rids == (1, 2)
    assert papers(sent(library, "me@example.org")) == "1 2"
    clock.later(24 * 3)
    digest, new = library.digests.to_read(wishes)
    assert (papers(digest), new) == ("1 2", False)
    told(library, clock, daily("3", 2, MONDAY))
    for _ in range(2):
        digest, new = library.digests.to_read(wishes)
        assert (papers(digest), new) == ("3", True)


def test_an_index_that_cannot_be_read_costs_the_saved_searches_and_no_more(library: Library, clock: Clock) -> None:
    def find(question: str, among: Sequence[int]) -> Found:
        raise SearchError("The search index cannot be read.")

    library.saved.save("papers", "paper")
    told(library, clock, daily("1", 3))
    lock = library.paths.data / "digest.lock"
    digests = Digests(
        library._database, trends=library.trends, find=find, saved=library.saved.listing, now=clock, lock=lock
    )
    digest = digests.draft(DigestSettings()).digest
    assert papers(digest) == "1"
    assert digest.remarks == ("Saved searches are missing here: The search index cannot be read.",)


def test_a_list_that_went_on_growing_after_it_was_told_of_loses_none_of_its_first_papers(
    library: Library, clock: Clock, real_days: Days
) -> None:
    """Each morning the day's list is half there; the rest comes with the next morning's half."""
    seen: list[str] = []
    rest: tuple[Sighting, ...] = ()
    for day, sightings in real_days.items():
        clock.moment = Clock(day, 8).moment
        told(library, clock, *rest, *sightings[1::2])  # the most voted one comes late
        digest = sent(library, "me@example.org", trending=5)
        assert len(digest.items) <= 10
        seen += ids(digest)
        rest = sightings[::2]
        if len(seen) > 10:
            before = day - timedelta(days=1)
            assert firsts(library, before, 5) <= set(seen)
    assert len(seen) == len(set(seen))
