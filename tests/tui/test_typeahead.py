"""Keys that come faster than the screen: none is lost, none is taken for another one's."""

from __future__ import annotations

from paperreader.paths import Paths
from tests.tui.conftest import Open


async def test_a_question_typed_in_one_go_lands_whole_in_the_field(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "zyzzyva")
        assert reader.screen.search.question.value == "zyzzyva"
        assert reader.library.counts()[reader.screen.view] == 247  # none of its letters was a command


async def test_keys_after_enter_act_on_what_was_found_and_not_on_the_old_list(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        before = reader.row().rid
        await reader.burst("/", "bootpig", "enter", "b")
        assert reader.screen.search.question.value == "bootpig"
        assert reader.row().bookmarked
        assert "BootPIG" in reader.row().title
        assert reader.row().rid != before


async def test_a_letter_taken_back_is_the_last_one_typed(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "fo", "backspace", "x")
        assert reader.screen.search.question.value == "fx"


async def test_escape_in_one_go_with_a_question_leaves_no_question(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "/", "boot", "escape", "j")
        assert reader.screen.search.question.value == ""
        assert len(reader.screen.papers.listing) == 247
        assert reader.screen.papers.cursor == 2


async def test_a_question_typed_behind_a_view_and_a_move_is_asked_of_that_view(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("b", "j", "j", "b", "6", "G", "/")
        assert reader.screen.view.value == "bookmarks"
        assert reader.screen.papers.cursor == 1
        assert reader.pane() == "search"
