"""The reading screen: views, marks, undo, what stays where it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from tests.tui.conftest import Open


async def test_a_first_start_opens_all_papers_newest_first_with_the_keys_in_the_list(
    paths: Paths, reading: Open
) -> None:
    async with reading(paths) as reader:
        assert reader.screen.view is View.ALL
        assert reader.pane() == "list"
        assert "All  newest first" in reader.shown()[0]
        years = [row.year for row in reader.library.rows(reader.screen.papers.listing.rids)]
        assert years == sorted(years, reverse=True)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("1", "Nothing is trending yet."),
        ("2", "Nothing is new."),
        ("3", "Nothing is rising yet."),
        ("6", "No bookmarks yet."),
    ],
)
async def test_an_empty_view_says_what_it_waits_for(indexed: Paths, reading: Open, key: str, sentence: str) -> None:
    async with reading(indexed) as reader:
        await reader.burst(key)
        assert any(sentence in text for text in reader.shown())
        assert reader.screen.detail.paper is None
        await reader.burst("b", "r", "D", "A", "o", "P", "y", "e", ".", "enter", "s", "j", "G", "escape")
        assert reader.library.counts()[View.ALL] == 247


async def test_each_view_opens_where_one_was_in_it(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "j", "j", "5", "pagedown", "4")
        assert reader.screen.papers.cursor == 3
        await reader.burst("5")
        assert reader.screen.papers.cursor > 20


async def test_a_read_paper_stays_in_unread_until_the_view_is_left(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("5", "j", "r")
        assert len(reader.screen.papers.listing) == 247
        assert reader.row().read
        assert reader.screen.counts[View.UNREAD] == 246
        await reader.burst("4", "5")
        assert len(reader.screen.papers.listing) == 246


async def test_an_act_that_must_wait_does_not_take_the_keys_away(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        first = reader.screen.papers.rid
        with closing(sqlite3.connect(indexed.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await reader.pilot.press("b", "u", "b", "j")
            assert reader.screen.papers.cursor == 1
            assert "Writing it down" in reader.shown()[0]
            assert reader.library.counts()[View.BOOKMARKS] == 0
            other.execute("COMMIT")
        await reader.calm()
        assert first is not None
        assert reader.library.rows([first])[0].bookmarked  # bookmarked, undone and bookmarked again, in this order
        assert "Bookmarked" in reader.shown()[0]


async def test_mark_all_says_how_many_and_can_be_undone(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("r", "j", "A")
        assert "Marked 246 papers read." in reader.shown()[0]
        assert reader.screen.counts[View.UNREAD] == 0
        await reader.burst("u")
        assert reader.screen.counts[View.UNREAD] == 246
        await reader.burst("ctrl+r")
        assert reader.screen.counts[View.UNREAD] == 0


async def test_removing_brings_the_next_paper_under_the_cursor_and_undo_brings_it_back(
    indexed: Paths, reading: Open
) -> None:
    async with reading(indexed) as reader:
        await reader.burst(*"jjj")
        papers = reader.screen.papers
        removed, following = papers.rid, papers.listing.rid_at(papers.cursor + 1)
        top = round(papers.scroll_y)
        await reader.burst("D")
        assert papers.rid == following
        assert papers.cursor == 3
        assert reader.screen.counts[View.ALL] == 246
        await reader.burst("j", "j", "u")
        assert papers.rid == removed
        assert len(papers.listing) == 247
        assert round(papers.scroll_y) == top
        await reader.burst("u", "u", "u")
        assert "Nothing to undo." in reader.shown()[0]


async def test_the_next_unread_is_found_beyond_the_end(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("A", "u", "j", "r", "j", "r", "g", ".")
        assert reader.screen.papers.cursor == 3
        await reader.burst("G", ".")
        assert reader.screen.papers.cursor == 0
        await reader.burst("A", ".")
        assert "Everything here is read." in reader.shown()[0]


async def test_sorting_keeps_the_paper_under_the_cursor_at_its_height(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        papers = reader.screen.papers
        await reader.burst("pagedown", "j", "j")
        rid, height = papers.rid, papers.cursor - round(papers.scroll_y)
        orders = set()
        for _ in range(5):
            await reader.burst("s")
            orders.add(reader.shown()[0].split("·")[1].split("  ")[2])
            assert papers.rid == rid
            room = papers.cursor >= height and papers.cursor - height <= 247 - papers.size.height
            assert not room or papers.cursor - round(papers.scroll_y) == height
        assert len(orders) == 5


async def test_what_another_program_did_comes_in_and_moves_nothing(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("pagedown", "j")
        papers = reader.screen.papers
        rid, height = papers.rid, papers.cursor - round(papers.scroll_y)
        other = Library.open(indexed)
        other.remove(list(papers.listing.rids[:5]))
        assert rid is not None
        other.bookmark([rid])
        other.close()
        reader.app._look_elsewhere()
        await reader.until(lambda: len(papers.listing) == 242)
        await reader.calm()
        assert papers.rid == rid
        assert papers.cursor - round(papers.scroll_y) == height
        assert reader.row().bookmarked
        assert reader.screen.counts[View.BOOKMARKS] == 1


async def test_one_step_back_at_a_time(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "/", "boot", "enter", "enter")
        steps = []
        for _ in range(3):
            await reader.burst("escape")
            steps.append((reader.pane(), reader.screen.answer is not None, reader.screen.papers.cursor))
        assert steps == [("list", True, 0), ("list", False, 1), ("list", False, 1)]
        await reader.burst("/", "escape")
        assert reader.pane() == "list"


async def test_a_command_orders_the_list_by_name(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        assert reader.screen.check_action("order", ("relevance",)) is False
        await reader.app.run_action("order('title')", reader.screen)
        await reader.calm()
        assert "by title" in reader.shown()[0]
