"""What is not seen and not meant: keys in a terminal that is too small, Ctrl+C by mistake, sentences that linger."""

from __future__ import annotations

import pytest
from textual import events

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from tests.tui.conftest import MEDIUM, WIDE, Open


async def test_where_nothing_is_seen_no_key_acts(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        first = reader.screen.papers.rid
        await reader.burst("5")
        await reader.pilot.resize_terminal(30, 8)
        await reader.pilot.pause()
        assert "Too small" in "".join(reader.shown())
        await reader.burst("b", "r", "D", "A", "j", "G", "4", "/", "boots", "enter", "?", ":", "s", "z", "R")
        reader.app.post_message(events.Paste("pasted"))
        await reader.calm()
        assert reader.app.screen is reader.screen
        assert not reader.screen.detail.watched
        await reader.pilot.resize_terminal(120, 40)
        await reader.calm()
        counts = reader.library.counts()
        assert (counts[View.ALL], counts[View.UNREAD], counts[View.BOOKMARKS]) == (247, 247, 0)
        assert (reader.screen.view, reader.pane(), reader.screen.papers.rid) == (View.UNREAD, "list", first)
        assert reader.screen.search.question.value == ""
        await reader.burst("b")
        assert reader.row().bookmarked
        assert reader.screen.detail.watched


async def test_what_is_told_meanwhile_waits_until_it_can_be_read(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        reader.app.notify("before")
        await reader.pilot.resize_terminal(20, 5)
        reader.app.notify("meanwhile")
        await reader.calm()
        assert [line.strip() for line in reader.shown() if line.strip()] == ["Too small: 20×5.", "40×10 is enough."]
        await reader.pilot.resize_terminal(100, 30)
        await reader.until(lambda: any("meanwhile" in line for line in reader.shown()))


@pytest.mark.parametrize("leave", [("q",), ("ctrl+q",), ("ctrl+c", "ctrl+c")])
async def test_where_nothing_is_seen_one_can_leave_even_out_of_a_field(
    indexed: Paths, reading: Open, leave: tuple[str, ...]
) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "boots")
        await reader.pilot.resize_terminal(30, 8)
        await reader.burst(*leave)
        await reader.until(lambda: reader.app._exit)
        assert reader.screen.search.question.value == "boots"


async def test_ctrl_c_twice_quits_only_with_nothing_between(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("ctrl+c", "j", "ctrl+c", "k", "ctrl+c")
        assert not reader.app._exit
        await reader.burst("ctrl+c")
        assert reader.app._exit


async def test_the_last_question_is_offered_and_not_shown_as_asked(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        assert "› search  /" in reader.shown()[2]
        await reader.burst("/", "boots", "escape")
        assert "› / → again: boots" in reader.shown()[2]
        await reader.burst("/")
        assert "› → again: boots" in reader.shown()[2]
        await reader.burst("right")
        assert reader.screen.search.question.value == "boots"
        await reader.burst("ctrl+c")
        assert "› → again: boots" in reader.shown()[2]


@pytest.mark.parametrize("size", [MEDIUM, WIDE])
async def test_what_was_said_goes_with_the_list_and_leaves_the_place_in_view_where_there_is_room(
    indexed: Paths, reading: Open, size: tuple[int, int]
) -> None:
    async with reading(indexed, size) as reader:
        for keys in (("s",), ("5",), ("4",), (".",)):
            await reader.burst("j", "r")
            assert "Marked" in reader.shown()[0]
            place = f"{reader.screen.papers.cursor + 1}/{len(reader.screen.papers.listing)}"
            assert reader.shown()[0].rstrip().endswith(f" {place}") is (size == WIDE)
            await reader.burst(*keys)
            assert "Marked" not in reader.shown()[0]
            await reader.burst("u")


async def test_undo_takes_back_the_last_act_of_this_machine_in_whichever_window(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("b", "j")
        other = Library.open(indexed)
        second = other.listing(View.ALL)[1]
        other.bookmark([second])
        other.close()
        await reader.burst("u")
        title = reader.library.rows([second])[0].title
        assert f"“{title[:20]}" in reader.shown()[0]
        assert not reader.library.rows([second])[0].bookmarked
        assert reader.library.counts()[View.BOOKMARKS] == 1
        await reader.burst("u")
        assert reader.library.counts()[View.BOOKMARKS] == 0
