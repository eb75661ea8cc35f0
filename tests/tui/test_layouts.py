"""Wide, medium, narrow, too small: what is shown where, and that nothing is lost on the way."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from paperreader.paths import Paths
from paperreader.tui.panes.too_small import TooSmall
from tests.tui.conftest import MEDIUM, NARROW, WIDE, Open, Reader


@pytest.fixture(autouse=True)
def _with_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the terminal has none, a line between the panes takes a cell."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


SHRINKING = ((100, 30), (80, 20), (60, 14), (45, 11), (39, 9), (20, 5), (8, 2), (41, 10), (90, 25))


def places(reader: Reader) -> dict[str, Region]:
    panes = (reader.screen.search, reader.screen.papers, reader.screen.detail)
    return {type(pane).__name__: pane.region for pane in panes if pane.display}


async def test_wide_has_three_panes_beside_each_other(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, WIDE) as reader:
        panes = places(reader)
        assert [panes[name][0] for name in ("SearchPane", "PaperList", "PaperDetail")] == [0, 27, 93]
        assert panes["PaperDetail"][0] + panes["PaperDetail"][2] == 140
        assert any(text.startswith("  4 All               247") for text in reader.shown())


async def test_medium_has_the_question_above_list_and_text(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, MEDIUM) as reader:
        assert places(reader) == {
            "SearchPane": (0, 1, 80, 1),
            "PaperList": (0, 2, 80, 9),
            "PaperDetail": (0, 11, 80, 12),
        }
        assert "3 Rising  4 All  5 Unread  6 Bookmarks" in reader.shown()[1]


async def test_narrow_has_one_pane_at_a_time(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, NARROW) as reader:
        assert set(places(reader)) == {"SearchPane", "PaperList"}
        await reader.burst("j", "enter")
        assert places(reader) == {"PaperDetail": (0, 1, 60, 18)}
        assert reader.pane() == "detail"
        await reader.burst("escape")
        assert set(places(reader)) == {"SearchPane", "PaperList"}
        assert reader.screen.papers.cursor == 1
        await reader.burst("/", "boot", "enter")
        assert "found" in reader.shown()[1]


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_z_hides_the_search_pane_and_a_question_brings_it(
    indexed: Paths, reading: Open, size: tuple[int, int]
) -> None:
    async with reading(indexed, size) as reader:
        await reader.burst("z")
        assert "SearchPane" not in places(reader)
        await reader.burst("/", "boot")
        assert "SearchPane" in places(reader)
        assert reader.screen.search.question.value == "boot"
        await reader.burst("enter")
        assert "SearchPane" in places(reader)
        await reader.burst("escape")
        assert "SearchPane" not in places(reader)
        await reader.burst("z")
        assert "SearchPane" in places(reader)


async def test_panes_can_be_resized_and_remember_it(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, WIDE) as reader:
        before = places(reader)
        await reader.burst(">", ">", "/")
        await reader.burst("escape", "tab", "tab", "tab")
        assert places(reader)["PaperList"][2] > before["PaperList"][2]
        changed = places(reader)
        await reader.burst("q")
    async with reading(indexed, WIDE) as reader:
        assert places(reader) == changed
        await reader.burst("tab", *">" * 40)
        assert places(reader)["PaperList"][2] > 15


async def test_tab_goes_round_the_panes(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, WIDE) as reader:
        seen = []
        for key in (*("tab",) * 4, *("shift+tab",) * 4):
            await reader.burst(key)
            seen.append(reader.pane())
        assert seen == ["detail", "search", "shelf", "list", "shelf", "search", "detail", "list"]


@pytest.mark.parametrize("size", [WIDE, MEDIUM, (110, 33), (64, 15)])
async def test_down_to_20_by_5_and_back_leaves_everything_as_it_was(
    indexed: Paths, reading: Open, size: tuple[int, int]
) -> None:
    async with reading(indexed, size) as reader:
        await reader.burst("5", *"jjjjjj", "ctrl+d", "k", "b", "enter")
        # Similar papers lengthen the text, and what is listed is counted beside it: both come a moment later.
        await reader.until(lambda: reader.screen._resting is None and not reader.screen.counting)
        await reader.calm()
        await reader.burst("j", "j", "j")
        before = (reader.shown(), reader.pane(), places(reader))
        for width, height in (*SHRINKING, size):
            await reader.pilot.resize_terminal(width, height)
            await reader.calm()
            small = width < 40 or height < 10
            assert bool(reader.screen.query(TooSmall)) is small
            if width >= 20 and small:
                assert "Too small" in " ".join(reader.shown())
        await reader.until(lambda: reader.shown()[1:-1] == before[0][1:-1])
        assert (reader.pane(), places(reader)) == before[1:]


async def test_the_footer_teaches_what_works_where_the_focus_is(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, WIDE) as reader:
        assert "j k move   Enter read   b bookmark   / search" in reader.shown()[-1]
        await reader.burst("tab")
        assert "j k scroll   Esc back" in reader.shown()[-1]
        await reader.burst("/")
        assert "Enter results   Esc back" in reader.shown()[-1]
        await reader.burst("escape", "6")
        dimmed = [offer.hint.label for offer in reader.screen.footer.offers if not offer.works]
        assert dimmed == ["move", "read", "bookmark", "sort"]


async def test_a_click_on_the_footer_is_the_key(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, WIDE) as reader:
        line = reader.shown()[-1]
        await reader.pilot.click(offset=(line.index("bookmark"), 39))
        await reader.until(lambda: reader.row().bookmarked)


async def test_a_click_on_a_view_opens_it(indexed: Paths, reading: Open) -> None:
    for size in (WIDE, MEDIUM):
        async with reading(indexed, size) as reader:
            await reader.burst("4")
            line = next(text for text in reader.shown() if "6 Bookmarks" in text)
            at = reader.shown().index(line)
            await reader.pilot.click(offset=(line.index("6 Bookmarks") + 3, at))
            await reader.until(lambda: reader.screen.view.value == "bookmarks")
