"""Trending, New and Rising on the screen: windows, orders, arrows, reasons, what is linked; by a loopback server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from paperreader.library import Library
from paperreader.library.trends import Span
from paperreader.paper import Sighting, View
from paperreader.paths import Paths
from paperreader.settings import RefreshTimes, Settings, SourceSettings, WorldSettings
from paperreader.store import recording
from paperreader.tui.messages import LinkedFound, RefreshEnded
from tests.feeds.hub import Entry, entry
from tests.feeds.hub import serve as hub
from tests.feeds.world import World, text
from tests.tui.conftest import MEDIUM, Open, Reader

NOW = datetime.now(UTC)
DAYS = [(NOW.date() - timedelta(days=back)).isoformat() for back in range(40)]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made = World()
    yield made
    made.close()


def ask(reader: Reader, world: World) -> None:
    """From now on the app asks this world."""
    base = SourceSettings(base_url=world.url)
    settings = Settings(
        file=reader.library.paths.settings,
        refresh=RefreshTimes(on_start_hours=0),
        world=WorldSettings(huggingface=base),
    )
    assert reader.app.refresher is not None
    reader.app.refresher._settings = settings
    reader.screen.settings = settings


def told(paths: Paths, back_hours: float, **votes: int) -> None:
    """A refresh some hours ago, of papers listed today: `a=5` is a paper "Paper a" with five votes."""
    library = Library.open(paths)
    seen = [
        Sighting(source="huggingface", arxiv_id=f"2608.0000{ord(name) - 96}", title=f"Paper {name}", votes=number,
                 listed=DAYS[0], rank=place)
        for place, (name, number) in enumerate(votes.items(), 1)
    ]  # fmt: skip
    for _ in recording.record(library._database, seen, NOW.timestamp() - back_hours * 3600, revive=False):
        pass
    library.close()


def titles(reader: Reader) -> list[str]:
    return [row.title for row in reader.library.rows(reader.screen.papers.listing.rids)]


def top(reader: Reader) -> str:
    return reader.shown()[0]


async def test_an_arrow_and_a_line_tell_how_a_paper_moved(indexed: Paths, reading: Open) -> None:
    told(indexed, 30, a=50, b=10)
    told(indexed, 1, a=51, b=90)
    async with reading(indexed) as reader:
        await reader.burst("1")
        assert titles(reader) == ["Paper b", "Paper a"]
        lines = reader.shown()
        assert any("↑ Paper b" in line for line in lines)
        assert any("↓ Paper a" in line for line in lines)
        assert any("+80 votes in 24 h, was 2nd" in line for line in lines)


async def test_the_reason_is_told_in_every_view_and_the_arrows_only_where_the_order_is_a_trend(
    indexed: Paths, reading: Open
) -> None:
    told(indexed, 30, a=50, b=10)
    told(indexed, 1, a=51, b=90)
    async with reading(indexed) as reader:
        await reader.burst("1", "4")
        paper = next(rid for rid in reader.library.trends.new() if reader.library.rows([rid])[0].title == "Paper b")
        at = reader.screen.papers.listing.index_of(paper)
        assert at is not None
        reader.screen.papers.move_to(at)
        await reader.calm()
        assert any("was 2nd" in line for line in reader.shown())
        assert not any("↑ Paper b" in line for line in reader.shown())


async def test_keys_step_through_days_and_widen_the_window(indexed: Paths, reading: Open, world: World) -> None:
    days = {DAYS[0]: [entry("2608.00001", day=DAYS[0])], DAYS[2]: [entry("2608.00003", day=DAYS[2])]}
    hub(world, days)
    async with reading(indexed) as reader:
        ask(reader, world)
        await reader.burst("1", "R")
        await reader.until(lambda: len(reader.screen.papers.listing) == 1)
        assert "today" in top(reader)
        await reader.burst("[")
        assert titles(reader) == ["Paper 2608.00003"]
        assert str((NOW - timedelta(days=2)).year) in top(reader)
        await reader.burst("]")
        assert titles(reader) == ["Paper 2608.00001"]
        await reader.burst("]")
        assert "Nothing later is known." in top(reader)
        reader.screen.status.hush()
        await reader.burst("w", "w")
        assert "this month" in top(reader)
        assert len(titles(reader)) in (1, 2)  # the day before yesterday may be of the month before
        await reader.burst("w")
        assert "today" in top(reader)


def a_day(back: int) -> list[Entry]:
    """What is listed so many days ago."""
    return [entry(f"2608.0{back}{n:03}", day=DAYS[back], upvotes=9 - n) for n in range(3)]


def two_days(world: World) -> None:
    """From now on there is a list of today, too."""
    hub(world, {DAYS[back]: a_day(back) for back in (0, 1)})


async def refreshed(reader: Reader, *keys: str) -> None:
    """Press the keys, the last of which asks the feeds, and wait until what came is listed."""
    times = len(reader.of_kind(RefreshEnded))
    await reader.burst(*keys)
    await reader.until(lambda: len(reader.of_kind(RefreshEnded)) > times)
    await reader.calm()


async def test_a_new_day_takes_no_paper_from_under_the_cursor(indexed: Paths, reading: Open, world: World) -> None:
    hub(world, {DAYS[1]: a_day(1)})
    async with reading(indexed, MEDIUM) as reader:
        ask(reader, world)
        await refreshed(reader, "1", "R")
        await reader.until(lambda: len(titles(reader)) == 3)
        await reader.burst("j", "enter")
        before = reader.row()
        two_days(world)
        await refreshed(reader, "R")
        await reader.until(lambda: "] shows what came." in top(reader))
        assert "3 new, 0 changed" in top(reader)
        assert (reader.row().rid, reader.pane()) == (before.rid, "detail")
        assert reader.screen.detail.paper is not None and reader.screen.detail.paper.rid == before.rid
        await refreshed(reader, "R")  # asks for the latest all the same
        assert "date" not in world.asked[-1].query
        assert reader.row().rid == before.rid
        await reader.burst("escape", "]")
        assert titles(reader)[0] == "Paper 2608.00000"


async def test_at_the_top_of_the_list_a_new_day_comes_and_what_came_of_it_is_said(
    indexed: Paths, reading: Open, world: World
) -> None:
    hub(world, {DAYS[1]: a_day(1)})
    async with reading(indexed, read_after=0.05) as reader:
        ask(reader, world)
        await refreshed(reader, "1", "R")
        await reader.until(lambda: len(titles(reader)) == 3)
        two_days(world)
        await refreshed(reader, "R")
        await reader.until(lambda: "today" in top(reader) or "3 new" in top(reader))
        await reader.until(lambda: titles(reader)[0] == "Paper 2608.00000")
        assert "3 new, 0 changed" in top(reader)
        assert not reader.screen.detail.watched and not reader.row().read  # nobody has chosen it
        await reader.burst("escape")
        await reader.until(lambda: reader.row().read)


async def test_the_cursors_paper_stays_in_a_wider_window_and_each_day_remembers_its_place(
    indexed: Paths, reading: Open
) -> None:
    told(indexed, 1, a=9, b=8, c=7)
    async with reading(indexed) as reader:
        await reader.burst("1", "j", "j", "w")
        assert reader.row().title == "Paper c"
        await reader.burst("w", "w", "[", "]")
        assert reader.row().title == "Paper c"


async def test_an_earlier_day_that_nobody_asked_for_says_so_and_r_asks_for_it(
    indexed: Paths, reading: Open, world: World
) -> None:
    told(indexed, 1, a=9)
    hub(world, {DAYS[1]: [entry("2608.00777", day=DAYS[1])]})
    async with reading(indexed) as reader:
        ask(reader, world)
        await reader.burst("1", "[")
        assert any("Nothing is known of" in line for line in reader.shown())
        await reader.burst("R")
        await reader.until(lambda: titles(reader) == ["Paper 2608.00777"])
        assert [asked.query.get("date") for asked in world.asked] == [DAYS[1]]


async def test_r_in_a_week_asks_for_the_latest_and_for_the_week(indexed: Paths, reading: Open, world: World) -> None:
    hub(world, {DAYS[0]: [entry("2608.00001", day=DAYS[0])]})
    async with reading(indexed) as reader:
        ask(reader, world)
        await reader.burst("1", "w", "R")
        await reader.until(lambda: reader.of_kind(RefreshEnded))
        year, week, _ = NOW.isocalendar()
        asked = [each.query for each in world.asked]
        assert any(query.get("sort") == "trending" for query in asked)
        if week <= 52:
            assert any(query.get("week") == f"{year}-W{week:02}" for query in asked)


async def test_the_window_is_remembered_and_steps_work_nowhere_else(indexed: Paths, reading: Open) -> None:
    told(indexed, 1, a=9)
    async with reading(indexed) as reader:
        await reader.burst("1", "w")
    async with reading(indexed) as reader:
        assert reader.screen.window.span is Span.WEEK
        await reader.burst("4", "[", "w")
        assert reader.screen.window.span is Span.WEEK
        assert reader.screen.check_action("earlier", ()) is None


async def test_s_changes_between_our_order_and_hugging_faces(indexed: Paths, reading: Open) -> None:
    told(indexed, 1, a=2, b=9)
    async with reading(indexed) as reader:
        await reader.burst("1", "j")
        assert "hottest first" in top(reader)
        assert titles(reader) == ["Paper b", "Paper a"]
        await reader.burst("s")
        assert "Hugging Face" in top(reader)
        assert titles(reader) == ["Paper a", "Paper b"]
        assert reader.row().title == "Paper a"
        await reader.burst("s")
        assert titles(reader) == ["Paper b", "Paper a"]


async def test_new_and_rising_have_their_own_order_which_s_leaves(indexed: Paths, reading: Open) -> None:
    told(indexed, 1, a=2, b=9)
    async with reading(indexed) as reader:
        order = reader.screen.order
        await reader.burst("2", "s")
        assert "last come first" in top(reader)
        assert reader.screen.order is order
        assert reader.screen.check_action("sort", ()) is None


async def test_what_came_since_the_last_visit_is_new_and_seen_at_the_next(indexed: Paths, reading: Open) -> None:
    async with reading(indexed):
        pass
    library = Library.open(indexed)
    seen = Sighting(source="huggingface", arxiv_id="2608.00009", title="Paper z", votes=1, listed=DAYS[0])
    list(recording.record(library._database, [seen], datetime.now(UTC).timestamp(), revive=False))
    library.close()
    async with reading(indexed) as reader:
        await reader.burst("2")
        assert titles(reader) == ["Paper z"]
        assert reader.screen.counts[View.NEW] == 1
        other = Library.open(indexed)
        other.trends.begin_visit()
        other.close()
        assert list(reader.library.trends.new()) == list(reader.screen.papers.listing.rids)
    async with reading(indexed) as reader:
        await reader.burst("2")
        assert titles(reader) == []
        assert any("Nothing is new." in line for line in reader.shown())


async def test_a_bookmark_of_which_a_newer_version_comes_is_flagged(indexed: Paths, reading: Open) -> None:
    library = Library.open(indexed)
    for version, later in ((1, 0), (2, 60)):
        seen = Sighting(source="arxiv cs.CL", arxiv_id="2608.00001", title="Paper a", version=version)
        list(recording.record(library._database, [seen], datetime.now(UTC).timestamp() + later, revive=False))
        if version == 1:
            library.bookmark([library.resolve("2608.00001")])
    library.close()
    async with reading(indexed) as reader:
        await reader.burst("6")
        assert any("★↻" in line for line in reader.shown())
        assert any("version 2 has come" in line for line in reader.shown())


async def test_x_asks_once_what_is_linked_and_shows_it_below_the_text(
    indexed: Paths, reading: Open, world: World
) -> None:
    told(indexed, 1, a=9)
    model = {"id": "lab/tracker", "likes": 12, "downloads": 3400, "pipeline_tag": "video"}
    body = {"id": "2608.00001", "title": "Paper a", "upvotes": 10, "linkedModels": [model], "numTotalModels": 3}
    world.says("/api/papers/2608.00001", text(json.dumps(body)))
    async with reading(indexed) as reader:
        ask(reader, world)
        await reader.burst("1", "L")
        await reader.until(lambda: reader.of_kind(LinkedFound))
        await reader.calm()
        assert "3 models: below the text." in top(reader)
        assert any("lab/tracker" in line for line in reader.shown())
        assert any(link.url.endswith("/lab/tracker") for link in reader.screen.detail.links)
        await reader.burst("L")
        assert len(world.asked) == 1


async def test_a_failure_to_ask_what_is_linked_is_told_and_may_be_tried_again(
    indexed: Paths, reading: Open, world: World
) -> None:
    told(indexed, 1, a=9)
    world.says("/api/papers/2608.00001", text("no", status=404), text("no", status=403))
    async with reading(indexed) as reader:
        ask(reader, world)
        await reader.burst("1", "L")
        await reader.until(lambda: reader.of_kind(LinkedFound))
        await reader.calm()
        assert "does not know this paper" in top(reader)
    world.says("/api/papers/2608.00001", text("no", status=403))
    async with reading(indexed) as reader:
        ask(reader, world)
        for times in (1, 2):
            await reader.burst("L")
            await reader.until(lambda times=times: len(reader.of_kind(LinkedFound)) == times)  # type: ignore[misc]  # a lambda with a default has no type
            await reader.calm()
        assert all(found.error for found in reader.of_kind(LinkedFound))


async def test_eighty_columns_teach_the_keys_of_the_window(indexed: Paths, reading: Open) -> None:
    told(indexed, 1, a=9)
    async with reading(indexed, MEDIUM) as reader:
        await reader.burst("1")
        assert "[ ] days" in reader.shown()[-1]
        assert "w week" in reader.shown()[-1]
