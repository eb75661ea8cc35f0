"""Facets: what is listed is counted at rest, and one key narrows the question, visibly."""

from __future__ import annotations

from paperreader.library.narrowing import has, toggled
from paperreader.paths import Paths
from paperreader.tui.panes.facets import Narrow
from paperreader.tui.panes.shelf import Shelf
from paperreader.tui.screens.shelved import ShelfScreen
from tests.tui.conftest import MEDIUM, NARROW, Open, Reader


async def _counted(reader: Reader) -> None:
    await reader.until(lambda: not reader.screen.counting)
    await reader.calm()


def _on(reader: Reader, condition: str) -> None:
    """Put the cursor of the shelf there."""
    shelf = reader.screen.search.shelf
    wanted = Narrow(condition)
    shelf.move_to(next(at for at, entry in enumerate(shelf.entries) if entry.what == wanted))


async def test_a_facet_narrows_the_question_and_is_a_word_of_it(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "boot", "enter")
        await _counted(reader)
        before = set(reader.screen.papers.listing.rids)
        shown = [line[:27].strip() for line in reader.shown()]
        assert "Year" in shown
        await reader.burst("f")
        assert reader.pane() == "shelf"
        _on(reader, "date:2023")
        shelf = reader.screen.search.shelf
        number = int(shelf.entries[shelf.cursor].number)
        await reader.burst("enter")
        await _counted(reader)
        assert reader.screen.search.question.value == "date:2023 boot"
        hits = reader.screen.papers.listing.rids
        assert len(hits) == number
        assert set(hits) < before
        assert {row.year for row in reader.library.rows(hits)} == {"2023"}
        assert any("✓ 2023" in line for line in reader.shown()), "what narrows is ticked, and stays where it was chosen"
        assert reader.pane() == "shelf"
        await reader.burst("enter")
        assert reader.screen.search.question.value == "boot"
        assert set(reader.screen.papers.listing.rids) == before
        await reader.burst("escape")
        assert reader.pane() == "list"


async def test_a_click_narrows_a_view_and_tab_reaches_what_narrows(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await _counted(reader)
        at = next(y for y, line in enumerate(reader.shown()) if line[:27].strip().startswith("2024"))
        await reader.pilot.click(offset=(6, at))
        await reader.calm()
        assert reader.screen.search.question.value == "date:2024 "
        assert {row.year for row in reader.library.rows(reader.screen.papers.listing.rids)} == {"2024"}
        await reader.burst("escape", "escape", "tab", "tab", "tab")
        assert reader.pane() == "shelf"
        assert len(reader.screen.papers.listing) == 247


async def test_without_a_sidebar_the_shelf_is_laid_over_the_screen(indexed: Paths, reading: Open) -> None:
    for size in (MEDIUM, NARROW):
        async with reading(indexed, size) as reader:
            await reader.burst("/", "boot", "enter", "f")
            await reader.until(lambda: isinstance(reader.app.screen, ShelfScreen) and reader.app.screen.shelf.what)
            assert any("Year" in line for line in reader.shown())
            shelf = reader.app.screen.query_one(Shelf)
            shelf.move_to(next(at for at, entry in enumerate(shelf.entries) if isinstance(entry.what, Narrow)))
            await reader.burst("enter")
            assert reader.app.screen is reader.screen
            value = reader.screen.search.question.value
            assert value.startswith("date:")
            assert value.endswith(" boot")
            year = value[5:9]
            assert {row.year for row in reader.library.rows(reader.screen.papers.listing.rids)} == {year}
            await reader.burst("f", "escape")
            assert reader.app.screen is reader.screen


def test_a_condition_is_found_only_as_a_word_of_its_own() -> None:
    assert has("cat:cs.CL boot", "cat:cs.cl")
    assert has('org:"Example Lab" boot', 'org:"Example Lab"')
    assert not has('"cat:cs.CL is a word"', "cat:cs.CL")
    assert not has("-cat:cs.CL", "cat:cs.CL")
    assert toggled("", "cat:cs.CL") == "cat:cs.CL "
    assert toggled("boo", "cat:cs.CL") == "cat:cs.CL boo"
    assert toggled("cat:cs.CL boo", "cat:cs.CL") == "boo"
    assert toggled('a "b c" has:code d ', "has:code") == 'a "b c" d '
    assert toggled("has:code ", "has:code") == ""
