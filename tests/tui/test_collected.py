"""Lists and tags in the search pane, and opened as views."""

from __future__ import annotations

import pytest

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.tui.panes import collections
from paperreader.tui.panes.collections import Collection, UnfoldAll
from paperreader.tui.panes.paper_list import PaperList
from paperreader.tui.place import Memory
from tests.tui.conftest import MEDIUM, Open, Reader


def filled(paths: Paths) -> list[int]:
    """A library with a list of four papers, a tag on two of them, and a list of another."""
    library = Library.open(paths)
    rids = list(library.listing(View.ALL)[10:14])
    library.keeping.add(rids, "survey")
    library.keeping.tag(rids[:2], "rl")
    library.keeping.add(rids[3:], "to read")
    library.close()
    return rids


async def opened(reader: Reader, what: Collection) -> None:
    await reader.screen.take_from_shelf(what)
    await reader.calm()


async def test_lists_and_tags_stand_in_the_search_pane_and_a_click_opens_one(indexed: Paths, reading: Open) -> None:
    rids = filled(indexed)
    async with reading(indexed) as reader:
        await reader.until(lambda: any("survey" in line for line in reader.shown()))
        shelf = reader.screen.search.shelf
        at = next(at for at, entry in enumerate(shelf.entries) if entry.what == Collection("list", "survey"))
        assert shelf.entries[at].number == "4"
        assert any(entry.what == Collection("tag", "rl") for entry in shelf.entries)
        await reader.pilot.click(shelf, offset=(4, at))
        await reader.until(lambda: reader.screen.collection == Collection("list", "survey"))
        await reader.calm()
        assert list(reader.screen.papers.listing.rids) == rids
        assert "survey  your order" in reader.shown()[0]
        assert reader.of_kind(PaperList.CursorMoved)


async def test_j_and_k_move_papers_of_a_list_and_are_undone(indexed: Paths, reading: Open) -> None:
    a, b, c, d = filled(indexed)
    async with reading(indexed) as reader:
        await opened(reader, Collection("list", "survey"))
        await reader.burst("J", "J")
        assert list(reader.screen.papers.listing.rids) == [b, c, a, d]
        assert reader.screen.papers.rid == a
        await reader.burst("space", "space", "K")
        assert list(reader.library.keeping.listed("survey")) == [b, a, d, c]
        await reader.burst("u", "u", "u")
        assert list(reader.screen.papers.listing.rids) == [a, b, c, d]
        await reader.burst("escape", "escape", "J")
        assert reader.screen.collection is None
        assert list(reader.library.keeping.listed("survey")) == [a, b, c, d]


async def test_a_paper_taken_out_of_the_open_list_leaves_it_and_undo_brings_it_back(
    indexed: Paths, reading: Open
) -> None:
    a, b, c, d = filled(indexed)
    async with reading(indexed) as reader:
        await opened(reader, Collection("list", "survey"))
        await reader.burst("j", "B", "survey", "enter", "escape")
        assert list(reader.screen.papers.listing.rids) == [a, c, d]
        assert reader.screen.papers.rid == c
        await reader.burst("u")
        assert list(reader.screen.papers.listing.rids) == [a, b, c, d]


async def test_a_question_is_asked_of_the_open_list_and_a_view_leaves_it(indexed: Paths, reading: Open) -> None:
    rids = filled(indexed)
    async with reading(indexed) as reader:
        await reader.burst("j", "j")
        await opened(reader, Collection("tag", "rl"))
        word = reader.row().title.split()[0]
        await reader.burst("/", word, "enter")
        assert set(reader.screen.papers.listing.rids) <= set(rids[:2])
        await reader.burst("escape")
        assert list(reader.screen.papers.listing.rids) == list(reader.library.keeping.tagged("rl"))
        await reader.burst("4")
        assert reader.screen.collection is None
        assert reader.screen.papers.cursor == 2
        await opened(reader, Collection("list", "survey"))
        await reader.burst("G", "5")
        assert reader.screen.view is View.UNREAD
        await opened(reader, Collection("list", "survey"))
        assert reader.screen.papers.cursor == 3
        await reader.burst("escape")
        assert reader.screen.view is View.UNREAD


async def test_a_list_that_is_deleted_while_it_is_open_is_left(indexed: Paths, reading: Open) -> None:
    filled(indexed)
    async with reading(indexed) as reader:
        await opened(reader, Collection("list", "survey"))
        await reader.burst("B", "survey", "f8", "escape", "escape")
        assert reader.screen.collection is None
        assert len(reader.screen.papers.listing) == 247
        await reader.burst("u")
        assert len(reader.library.keeping.listed("survey")) == 4


async def test_a_list_that_is_renamed_while_it_is_open_stays_open(indexed: Paths, reading: Open) -> None:
    rids = filled(indexed)
    async with reading(indexed) as reader:
        await opened(reader, Collection("list", "survey"))
        await reader.burst("j", "B", "survey", "f2", " of 2025", "enter", "escape")
        assert list(reader.screen.papers.listing.rids) == rids
        assert "survey of 2025  your order" in reader.shown()[0]


async def test_an_empty_list_says_what_to_do(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, size=MEDIUM) as reader:
        await opened(reader, Collection("list", "to read"))
        assert any("“to read” is empty." in line for line in reader.shown())
        await reader.burst("J", "s", "b", "x", "escape")
        assert len(reader.screen.papers.listing) == 247


async def test_the_next_start_opens_the_list_or_tag_again(indexed: Paths, reading: Open) -> None:
    rids = filled(indexed)
    async with reading(indexed) as reader:
        await reader.burst("5")
        await opened(reader, Collection("list", "survey"))
        await reader.burst("j", "j", "q")
    async with reading(indexed) as reader:
        assert reader.screen.collection == Collection("list", "survey")
        assert reader.screen.papers.rid == rids[2]
        assert "survey  your order" in reader.shown()[0]
        assert reader.screen.search.views.elsewhere
        await reader.burst("escape")
        assert "Unread" in reader.shown()[0], "and leads back"
        await opened(reader, Collection("tag", "rl"))
        await reader.burst("/", "a", "ctrl+q")
    async with reading(indexed) as reader:
        assert reader.screen.collection == Collection("tag", "rl")
        assert sorted(reader.screen.papers.listing.rids) == sorted(rids[:2]), "of a question the place before it"
        await reader.burst("q")
    library = Library.open(indexed)
    library.keeping.untag(rids, "rl")
    library.close()
    async with reading(indexed) as reader:
        assert "Unread" in reader.shown()[0], "a tag that is no more"
        assert len(reader.screen.papers.listing) == 247
        await reader.burst("q")


async def test_a_question_that_was_on_when_a_list_was_opened_leads_back_to_the_list(
    indexed: Paths, reading: Open
) -> None:
    rids = filled(indexed)
    async with reading(indexed) as reader:
        await reader.burst("5", "/", "a", "enter")
        await opened(reader, Collection("list", "survey"))
        await reader.burst("escape")
        assert (reader.screen.view, reader.screen.collection) == (View.ALL, Collection("list", "survey"))
        assert list(reader.screen.papers.listing.rids) == rids


@pytest.mark.parametrize("written", ['["list"]', '["digest", "3"]', '"x"', "[1, 2]", '["tag", null]'])
def test_what_cannot_have_been_open_is_not_opened(written: str) -> None:
    assert Memory.load(f'{{"collection": {written}, "sidebar": false}}') == Memory(sidebar=False)


def test_many_are_folded_and_the_open_one_is_always_there() -> None:
    from paperreader.library.keeping import Kept

    tags = [Kept(f"t{at}", 9) for at in range(20)]
    told = collections.entries((), tags, Collection("tag", "t15"), ())
    assert [entry.name for entry in told] == ["Tags", "#t0", "#t1", "#t2", "#t3", "#t4", "#t5", "#t15", "13 more"]
    assert told[-1].what == UnfoldAll("tag")
    assert len(collections.entries((), tags, None, {"tag"})) == 21
    assert collections.entries((), (), None, ()) == []
