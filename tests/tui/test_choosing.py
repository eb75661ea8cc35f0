"""Choosing many papers, and what one does to them at once."""

from __future__ import annotations

from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.tui.panes.choosing_list import ChoosingList
from tests.tui.conftest import Open


def marks(lines: list[str]) -> int:
    """Lines of the screen at whose edge a paper is chosen."""
    return sum("▌" in line for line in lines)


async def test_papers_are_chosen_one_by_one_and_the_line_above_counts_them(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        rids = reader.screen.papers.listing.rids
        await reader.burst("space", "j", "space")
        assert reader.screen.papers.cursor == 3
        assert reader.screen.chosen_or_current() == (rids[0], rids[2])
        assert "2 chosen   4/247" in reader.shown()[0]
        assert marks(reader.shown()) == 2
        assert "Esc let go" in reader.shown()[-1]
        await reader.burst("k", "space")
        assert "1 chosen" in reader.shown()[0]
        await reader.burst("escape")
        assert "chosen" not in reader.shown()[0]
        assert marks(reader.shown()) == 0
        assert reader.screen.chosen_or_current() == (rids[3],)
        assert reader.of_kind(ChoosingList.ChoiceChanged)


async def test_a_range_grows_and_shrinks_with_the_cursor_and_can_be_given_up(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        papers = reader.screen.papers
        await reader.burst("space", "j", "j", "v", "j", "j", "j", "k")
        assert papers.chosen == (papers.listing.rids[0], *papers.listing.rids[3:6])
        assert "4 chosen" in reader.shown()[0]
        await reader.burst("escape")
        assert "1 chosen" in reader.shown()[0]
        await reader.burst("v", "k", "k", "v", "G")
        assert papers.chosen == (papers.listing.rids[0], *papers.listing.rids[3:6])
        await reader.burst("escape", "escape", "g", "v", "G", "space")
        assert len(papers.chosen) == 247


async def test_an_act_on_many_says_how_many_and_is_undone_as_one(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("b", "v", "j", "j", "v", "b")
        assert "Bookmarked 2 papers." in reader.shown()[0]
        assert reader.screen.counts[View.BOOKMARKS] == 3
        await reader.burst("b")
        assert "Took the bookmarks off 3 papers." in reader.shown()[0]
        await reader.burst("r", "u", "u")
        assert reader.screen.counts[View.BOOKMARKS] == 3
        assert reader.screen.counts[View.UNREAD] == 247
        await reader.burst("A")
        assert "Marked 3 papers read." in reader.shown()[0]


async def test_chosen_papers_that_are_removed_are_chosen_no_more(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        papers = reader.screen.papers
        rids = list(papers.listing.rids[:8])
        await reader.burst("space", "space", "j", "space", "j", "j", "D")
        assert "Removed 3 papers. u brings them back" in " ".join(reader.shown()[0].split())
        assert papers.rid == rids[6]
        assert papers.cursor == 3
        assert papers.chosen == ()
        await reader.burst("u")
        assert papers.rid == rids[0]
        assert list(papers.listing.rids[:8]) == rids


async def test_what_is_chosen_stays_so_in_another_list_and_the_line_above_says_that_it_is_elsewhere(
    indexed: Paths, reading: Open
) -> None:
    async with reading(indexed) as reader:
        first = reader.screen.papers.rid
        await reader.burst("b", "space", "6", "4", "space", "6")
        assert "2 chosen, 1 not listed here" in reader.shown()[0]
        assert reader.screen.chosen_or_current()[0] == first
        await reader.burst("4", "/", "boot", "enter", "space")
        assert len(reader.screen.chosen_or_current()) == 3
        await reader.burst("escape", "escape")
        assert reader.screen.answer is None
        assert "chosen" not in reader.shown()[0]


async def test_a_range_stays_where_it_is_when_papers_come_in_above_it(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        papers = reader.screen.papers
        await reader.burst("j", "j", "j", "v", "j")
        chosen = papers.chosen
        reader.library.remove(list(papers.listing.rids[:2]))
        reader.screen.look_again()
        await reader.calm()
        assert len(papers.listing) == 245
        assert papers.chosen == chosen


async def test_a_click_with_ctrl_chooses(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.pilot.click(reader.screen.papers, offset=(10, 2), control=True)
        await reader.pilot.click(reader.screen.papers, offset=(10, 4), control=True)
        await reader.calm()
        assert reader.screen.papers.chosen == tuple(reader.screen.papers.listing.rids[i] for i in (2, 4))
