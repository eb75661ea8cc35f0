"""Search as you type: the list narrows, the words are marked, the way back leads home."""

from __future__ import annotations

import pytest
from textual.events import Paste

from paperreader.errors import SearchError
from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.tui.messages import PapersFound
from paperreader.tui.screens import asking
from tests.tui.conftest import MEDIUM, Open


async def test_the_list_narrows_and_the_text_shows_the_best_hit(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootpig")
        assert reader.pane() == "search"
        assert 0 < len(reader.screen.papers.listing) < 247
        assert reader.screen.detail.paper is not None
        assert reader.screen.detail.paper.rid == reader.row().rid
        assert "BootPIG" in reader.row().title
        assert f"{len(reader.screen.papers.listing)} found" in reader.shown()[3]
        assert [message.question for message in reader.of_kind(PapersFound)][-1] == "bootpig"


async def test_escape_leads_back_to_view_paper_and_scroll(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("5", *"jjjj", "pagedown", "k")
        papers = reader.screen.papers
        before = (reader.screen.view, papers.rid, papers.cursor, round(papers.scroll_y))
        await reader.burst("/", "boot", "down", "down", "4")
        assert reader.screen.search.question.value == "boot4"
        await reader.burst("backspace", "enter", "6", "4", "escape")
        assert (reader.screen.view, papers.rid, papers.cursor, round(papers.scroll_y)) == before
        assert reader.pane() == "list"


async def test_what_was_typed_can_be_had_again(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "diffusion", "escape", "/")
        assert reader.screen.search.question.value == ""
        assert "diffusion" in reader.shown()[2]
        await reader.burst("right")
        assert reader.screen.search.question.value == "diffusion"
        assert reader.screen.answer is not None


async def test_an_empty_question_shows_everything(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "boot", *["backspace"] * 4)
        assert len(reader.screen.papers.listing) == 247
        assert reader.pane() == "search"
        await reader.burst("/", " ")
        assert len(reader.screen.papers.listing) == 247


async def test_an_older_answer_never_replaces_a_newer_one(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootstrap")
        newest = list(reader.screen.papers.listing.rids)
        late = reader.library.find("image")
        reader.screen.search.post_message(PapersFound("image", late))
        await reader.calm()
        assert list(reader.screen.papers.listing.rids) == newest
        assert list(late.ids) != newest


async def test_down_and_up_in_the_field_move_the_list(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "boot", "down", "down", "up")
        assert reader.screen.papers.cursor == 1
        assert reader.pane() == "search"
        assert reader.screen.detail.paper is not None
        assert reader.screen.detail.paper.rid == reader.row().rid
        await reader.burst("enter", "j")
        assert reader.pane() == "list"
        assert reader.screen.papers.cursor == 2


async def test_where_nothing_is_found_enter_searches_everywhere(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("6", "/", "bootpig")
        assert any("Nothing found for “bootpig” in Bookmarks." in text for text in reader.shown())
        assert any("to find by meaning too" in text for text in reader.shown()), "and how to find by meaning too"
        await reader.burst("enter")
        assert "BootPIG" in reader.row().title
        assert "Everywhere" in reader.shown()[0]
        await reader.burst("escape")
        assert reader.screen.view is View.BOOKMARKS
        assert len(reader.screen.papers.listing) == 0


async def test_a_search_is_over_the_view(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("b", "6", "/", "e")
        inside = set(reader.screen.papers.listing.rids)
        assert inside <= set(reader.library.listing(View.BOOKMARKS))


async def test_half_typed_and_malformed_questions_find_what_they_can(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        for question in ('"', "author:", "(boot", "NOT", "boot AND", "title:[", "*", "boot OR )", "\\", "a:b:c"):
            await reader.burst("/", *question)
            assert reader.screen.search.question.value == question
            await reader.burst("escape")
        assert len(reader.screen.papers.listing) == 247


async def test_a_search_that_fails_is_told_and_the_list_stays(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:

        def broken(question: str, how: object, stop: object) -> None:
            raise SearchError("The index cannot be read.", "`paperreader reindex` makes it anew.")

        reader.screen.search._find = broken  # type: ignore[assignment]  # it never answers, which is the point
        await reader.burst("/", "boot")
        assert len(reader.screen.papers.listing) == 247
        assert any("The index cannot be read." in notice.message for notice in reader.app._notifications)
        assert "cannot search now" in reader.shown()[3]


async def test_without_an_index_titles_are_searched(paths: Paths, reading: Open) -> None:
    async with reading(paths) as reader:
        await reader.burst("/", "bootpig")
        assert "BootPIG" in reader.row().title


async def test_hits_can_be_ordered_otherwise_and_the_paper_stays(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "boot", "enter", "j", "j")
        rid, hits = reader.row().rid, set(reader.screen.papers.listing.rids)
        await reader.burst("s")
        assert reader.row().rid == rid
        assert set(reader.screen.papers.listing.rids) == hits
        assert "newest first" in reader.shown()[0]
        years = [row.year for row in reader.library.rows(reader.screen.papers.listing.rids)]
        assert years == sorted(years, reverse=True)


async def test_ctrl_c_clears_the_field_and_leads_home(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "/", "boot", "ctrl+c")
        assert reader.screen.search.question.value == ""
        assert reader.screen.papers.cursor == 1
        assert reader.app.is_running


async def test_the_line_above_list_and_detail_has_room_for_a_question(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, MEDIUM) as reader:
        await reader.burst("/", "bootstrapped")
        assert reader.shown()[1].startswith(" › bootstrapped ")
        assert "found" in reader.shown()[1]


async def test_a_question_of_a_view_can_be_asked_of_all_papers(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("b", "6", "/", "bootpig", "ctrl+g")
        assert reader.screen.search.question.value == "bootpig"
        assert "BootPIG" in reader.row().title
        assert "Everywhere" in reader.shown()[0]


async def test_what_there_is_to_say_about_an_answer_is_said_under_its_number(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", '"boot')
        assert "found" in reader.shown()[3]
        assert "unclosed quote" in reader.shown()[4]


async def test_an_id_or_a_link_opens_that_paper_wherever_it_is(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("6", "/")
        reader.screen.search.question.post_message(Paste("https://arxiv.org/abs/2402.00847v2\n"))
        await reader.calm()
        assert "BootsTAP" in reader.row().title
        await reader.burst("enter")
        assert reader.pane() == "detail"
        await reader.burst("escape", "escape")
        assert reader.screen.view is View.BOOKMARKS


async def test_in_another_order_all_that_answer_are_listed(
    indexed: Paths, reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "FOUND_MOST", 5)
    async with reading(indexed) as reader:
        await reader.burst("/", "boot", "enter")
        assert len(reader.screen.papers.listing) == 5
        assert "best 5 first" in reader.shown()[0]
        await reader.burst("s")
        assert "newest first" in reader.shown()[0]
        answer = reader.screen.answer
        assert answer is not None
        assert set(reader.screen.papers.listing.rids) == set(answer.whole or answer.every)
        assert len(reader.screen.papers.listing) > 5
        await reader.burst("/", "s")
        years = [row.year for row in reader.library.rows(reader.screen.papers.listing.rids)]
        assert years == sorted(years, reverse=True)
        assert len(years) > 5
