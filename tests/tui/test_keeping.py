"""Lists, tags, ratings and states on the screen: the dialogs, the signs, undo."""

from __future__ import annotations

from paperreader.library import Library
from paperreader.paper import State, View
from paperreader.paths import Paths
from paperreader.tui.messages import PapersCounted
from paperreader.tui.panes.field import Field
from paperreader.tui.panes.pick_list import PickList
from paperreader.tui.screens.membership import MembershipDialog
from tests.tui.conftest import MEDIUM, NARROW, WIDE, Open, Reader


def dialog(reader: Reader) -> MembershipDialog:
    screen = reader.app.screen
    assert isinstance(screen, MembershipDialog)
    return screen


def said(reader: Reader) -> str:
    """What the line above says was done."""
    return reader.screen.status.said


async def test_b_puts_the_paper_into_lists_and_takes_it_out(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        rid = reader.row().rid
        await reader.burst("B")
        assert any("to read" in line for line in reader.shown())
        await reader.burst("enter")
        assert "to “to read”" in said(reader)
        assert "✓ to read" in "\n".join(reader.shown())
        await reader.burst("survey", "enter")
        assert list(reader.library.keeping.listed("survey")) == [rid]
        await reader.burst("escape")
        assert "in to read, survey" in "\n".join(reader.shown())
        await reader.burst("B", "read", "enter", "escape")
        assert not reader.library.keeping.listed("to read")
        await reader.burst("u", "u", "u")
        assert "Undone" in said(reader)
        assert reader.row().lists == ()
        assert reader.of_kind(PapersCounted)


async def test_what_is_typed_filters_and_a_click_does_what_enter_does(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        for name in ("vision", "video", "diffusion"):
            reader.library.keeping.make_list(name)
        await reader.burst("B", "vi")
        assert {pick.key for pick in dialog(reader).listed.picks} == {"old:video", "old:vision", "new:vi"}
        await reader.pilot.click(PickList, offset=(4, 0))
        await reader.calm()
        assert len(reader.row().lists) == 1
        await reader.burst("escape")
        assert reader.app.screen is reader.screen


async def test_many_papers_get_a_tag_at_once_and_those_that_have_it_in_part_are_told(
    indexed: Paths, reading: Open
) -> None:
    async with reading(indexed) as reader:
        await reader.burst("t", "rl, robotics", "enter", "escape")
        assert reader.row().tags == ("rl", "robotics")
        assert sum("#rl" in line for line in reader.shown()) == 2, "in its line and on its page"
        assert said(reader).endswith("with “rl, robotics”.")
        await reader.burst("u")
        assert reader.row().tags == (), "put on in one act, taken back in one"
        await reader.burst("ctrl+r")
        await reader.burst("v", "j", "j", "v", "t")
        assert "1 of 3" in "\n".join(reader.shown())
        await reader.burst("rl", "enter")
        assert said(reader) == "Tagged 2 papers with “rl”."
        await reader.burst("escape", "escape", "u")
        assert said(reader) == "Undone: tagged 2 papers with “rl”."
        assert [kept.count for kept in reader.library.keeping.tags()] == [1, 1]


async def test_a_lists_name_may_have_a_comma(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("B", "vision, 2024", "enter", "2024", "tab")
        assert [kept.name for kept in reader.library.keeping.lists()] == ["to read", "vision, 2024"]
        assert dialog(reader).field.value == "vision, 2024"
        await reader.burst("enter", "escape")
        assert reader.row().lists == ()


async def test_tags_are_completed_renamed_merged_and_deleted(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        rids = list(reader.screen.papers.listing.rids[:3])
        reader.library.keeping.tag(rids[:2], "reinforcement")
        reader.library.keeping.tag(rids[2:], "rl")
        await reader.burst("t", "rei", "tab")
        assert dialog(reader).field.value == "reinforcement"
        await reader.burst("f2")
        assert "Rename" in "\n".join(reader.shown())
        await reader.burst("ctrl+u", "rl", "enter")
        assert [(kept.name, kept.count) for kept in reader.library.keeping.tags()] == [("rl", 3)]
        await reader.burst("f8")
        assert reader.library.keeping.tags() == ()
        assert "No tag yet" in "\n".join(reader.shown())
        await reader.burst("escape", "u", "u")
        assert {kept.name: kept.count for kept in reader.library.keeping.tags()} == {"reinforcement": 2, "rl": 1}


async def test_a_name_that_cannot_be_is_refused_in_a_sentence(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        reader.library.keeping.make_list("one")
        await reader.burst("B", "one", "f2", "ctrl+u", "to read", "enter")
        assert {kept.name for kept in reader.library.keeping.lists()} == {"to read", "one"}
        assert reader.app._notifications


async def test_ctrl_z_in_a_field_takes_back_what_was_typed_there(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("b", "t", "ab", "ctrl+z")
        assert dialog(reader).field.value == "a"
        await reader.burst("ctrl+c", "ctrl+z")
        assert dialog(reader).field.value == "a"
        await reader.burst("escape", "escape", "/", "boot", "ctrl+z", "ctrl+z")
        assert reader.screen.search.question.value == "bo"
        await reader.burst("escape", "?", "undx", "ctrl+z")
        assert reader.app.screen.query_one(Field).value == "und"
        await reader.burst("escape", "/", "ctrl+z")
        assert reader.screen.search.question.value == "bo"
        await reader.burst("escape")
        assert reader.row().bookmarked


async def test_stars_are_given_and_taken_and_shown(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("+", "+", "+", "+", "+", "+", "-")
        assert reader.row().rating == 4
        assert sum("★★★★" in line for line in reader.shown()) >= 1
        await reader.burst("space", "space", "+")
        assert said(reader) == "Rated 2 papers 5 of 5."
        await reader.burst("u", "-", "-", "-", "-", "-")
        assert [row.rating for row in reader.library.rows(reader.screen.chosen_or_current())] == [None, None]


async def test_a_dismissed_paper_leaves_unread_and_undo_brings_it_back_under_the_cursor(
    indexed: Paths, reading: Open
) -> None:
    async with reading(indexed) as reader:
        await reader.burst("5", "j", "j")
        papers = reader.screen.papers
        rid, following = papers.rid, papers.listing.rid_at(3)
        await reader.burst("x")
        assert papers.rid == following
        assert papers.listing.index_of(rid) is None
        assert reader.screen.counts[View.UNREAD] == 246
        await reader.burst("j", "u")
        assert papers.rid == rid
        await reader.burst("4", "g", "x")
        assert papers.cursor == 1
        assert "×" in "\n".join(reader.shown())
        await reader.burst("k", "x")
        assert reader.row().state is State.UNREAD


async def test_reading_is_said_and_shown(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("i")
        assert reader.row().state is State.READING
        assert "◐" in "\n".join(reader.shown())
        await reader.burst("i")
        assert reader.row().state is State.UNREAD
        await reader.burst("space", "space", "x")
        assert said(reader).startswith("Dismissed 2 papers.")
        await reader.burst("u", "i")
        assert said(reader) == "Reading 2 papers."


async def test_an_act_is_undone_by_the_app_that_is_started_next(indexed: Paths, reading: Open) -> None:
    library = Library.open(indexed)
    library.keeping.tag(list(library.listing(View.ALL)[:3]), "old")
    library.close()
    async with reading(indexed) as reader:
        await reader.burst("u")
        assert said(reader) == "Undone: tagged 3 papers with “old”."
        assert reader.library.keeping.tags() == ()
        await reader.burst("ctrl+r")
        assert reader.library.keeping.tags()[0].count == 3


async def test_a_dialog_fits_into_every_window(indexed: Paths, reading: Open) -> None:
    library = Library.open(indexed)
    for name in map(str, range(30)):
        library.keeping.make_list(name)
    library.close()
    for further, size in enumerate((WIDE, MEDIUM, NARROW, (40, 10))):
        async with reading(indexed, size=size) as reader:
            await reader.burst("B", *["down"] * (20 + further), "enter")
            assert "Esc close" in "\n".join(reader.shown()) or size[0] < 70
            assert "✓" in "\n".join(reader.shown())
            assert len(reader.screen.chosen_or_current()) == 1


async def test_a_name_from_outside_is_text(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        reader.library.keeping.make_list("[/red] [b]x[/b] \x1b[31m")
        await reader.burst("B", "[/red]", "enter", "escape")
        assert "\x1b" not in "".join(reader.shown())
        assert "[/red] [b]x[/b]" in "\n".join(reader.shown())
