"""R asks the feeds; what comes is in the lists, the cursor's paper where it was; nothing waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.settings import RefreshTimes, Settings, SourceSettings, WorldSettings
from paperreader.tui.messages import RefreshEnded
from paperreader.tui.refreshing import Refresher, is_due
from tests.feeds.hub import entry
from tests.feeds.hub import serve as hub
from tests.feeds.world import World, silence
from tests.tui.conftest import Open, Reader

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made = World()
    yield made
    made.close()


def at(world_url: str, paths: Paths) -> Settings:
    return Settings(
        file=paths.settings,
        read_after=0.0,
        refresh=RefreshTimes(on_start_hours=0),
        world=WorldSettings(huggingface=SourceSettings(base_url=world_url)),
    )


def ask(reader: Reader, settings: Settings) -> None:
    """From now on the app asks this world."""
    assert reader.app.refresher is not None
    reader.app.refresher._settings = settings


async def test_r_brings_papers_and_the_cursors_paper_stays(indexed: Paths, reading: Open, world: World) -> None:
    hub(world, {TODAY: [entry("2608.00001", day=TODAY, upvotes=9), entry("2608.00002", day=TODAY)]})
    async with reading(indexed) as reader:
        ask(reader, at(world.url, indexed))
        await reader.burst("j", "j", "j")
        before = reader.row().rid
        await reader.burst("R")
        await reader.until(lambda: reader.of_kind(RefreshEnded))
        assert "2 new" in reader.of_kind(RefreshEnded)[0].sentence
        await reader.until(lambda: len(reader.screen.papers.listing) == 249)
        await reader.calm()
        assert reader.row().rid == before
        assert any("2 new" in line for line in reader.shown()[:1])
        await reader.until(lambda: reader.screen.counts.get(View.TRENDING) == 2)
        await reader.burst("1")
        assert reader.row().title == "Paper 2608.00001"


async def test_a_feed_that_fails_is_named_and_nothing_ends(indexed: Paths, reading: Open, world: World) -> None:
    async with reading(indexed) as reader:  # a world that knows no page
        ask(reader, at(world.url, indexed))
        await reader.burst("R")
        await reader.until(lambda: reader.of_kind(RefreshEnded))
        assert "Hugging Face" in reader.of_kind(RefreshEnded)[0].sentence
        assert reader.app.is_running


def test_the_key_begins_then_asks_then_ends(indexed: Paths) -> None:
    library = Library.open(indexed)
    works: list[object] = []
    refresher = Refresher(library, Settings(file=indexed.settings), lambda message: None, works.append)
    assert refresher.press() == ""
    assert len(works) == 1
    assert "again" in refresher.press()
    assert not refresher._stop.is_set()
    assert "Ending" in refresher.press()
    assert refresher._stop.is_set()
    refresher.by_itself()
    assert len(works) == 1
    assert refresher.ended(RefreshEnded("Ended early.", offline=False)) == "Ended early."
    refresher.by_itself()
    assert len(works) == 2
    library.close()


def test_being_offline_is_said_once_unless_the_person_asks(indexed: Paths) -> None:
    library = Library.open(indexed)
    refresher = Refresher(library, Settings(file=indexed.settings), lambda message: None, lambda work: None)
    offline = RefreshEnded("Offline.", offline=True)
    refresher.by_itself()
    assert refresher.ended(offline) == "Offline."
    refresher.by_itself()
    assert refresher.ended(offline) == ""
    refresher.press()
    assert refresher.ended(offline) == "Offline."
    library.close()


def test_a_refresh_is_due_when_the_last_one_is_older_than_the_settings_say(indexed: Paths) -> None:
    library = Library.open(indexed)
    six = Settings(file=indexed.settings)
    assert is_due(library, six, 1e9)
    assert not is_due(library, replace(six, refresh=RefreshTimes(on_start_hours=0)), 1e9)
    from paperreader.store import visits

    visits.note_refreshed(library._database, "huggingface", 1e9, "3 new")
    assert not is_due(library, six, 1e9 + 5 * 3600)
    assert is_due(library, six, 1e9 + 7 * 3600)
    library.close()


async def test_quitting_ends_a_refresh_that_waits(indexed: Paths, reading: Open, world: World) -> None:
    world.says("/api/daily_papers", silence)
    async with reading(indexed) as reader:
        ask(reader, at(world.url, indexed))
        await reader.burst("R")
        await reader.until(lambda: world.asked)
        await reader.burst("q")
    assert reader.of_kind(RefreshEnded) or not reader.app.is_running
