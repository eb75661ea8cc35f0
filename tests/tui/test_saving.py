"""Saved searches on the screen: named, asked by a digit, counted, changed, deleted, undone."""

from __future__ import annotations

from textual.events import Paste

from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.tui.panes.facets import Narrow
from paperreader.tui.panes.saved import OpenSaved
from paperreader.tui.screens.save_form import SaveForm
from tests.tui.conftest import MEDIUM, Open, Reader


def _sidebar(reader: Reader) -> list[str]:
    return [line[:27].strip() for line in reader.shown()]


async def _counted(reader: Reader, name: str) -> None:
    """Wait until the saved search has its number."""
    saved = reader.library.saved.named(name)
    assert saved is not None
    await reader.until(lambda: saved.id in reader.screen.saved_counts)
    await reader.calm()


async def test_ctrl_s_names_a_question_and_its_digit_asks_it_again(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootstrap track", "ctrl+s")
        form = reader.app.screen
        assert isinstance(form, SaveForm)
        assert (form.named.value, form.digit.value) == ("bootstrap track", "7"), "question and free digit are proposed"
        await reader.burst("tracking", "enter")
        await reader.until(lambda: reader.screen.saved)
        assert [(one.name, one.question, one.digit) for one in reader.library.saved.listing()] == [
            ("tracking", "bootstrap track", 7)
        ]
        hits = len(reader.library.find("bootstrap track", finished=True).every)
        await reader.burst("escape", "6", "7")
        assert reader.screen.search.question.value == "bootstrap track "
        assert len(reader.screen.papers.listing) == hits
        assert "Everywhere" in reader.shown()[0], "a saved search asks all papers, as its number says"
        await _counted(reader, "tracking")
        line = next(line for line in _sidebar(reader) if "tracking" in line)
        assert line.split() == ["7", "tracking", str(hits)]
        assert "Saved searches" in _sidebar(reader)


async def test_a_saved_search_is_changed_deleted_and_brought_back(indexed: Paths, reading: Open) -> None:
    library = Library.open(indexed)
    library.saved.save("first", "diffusion", 7)
    library.close()
    async with reading(indexed) as reader:
        await reader.burst("7", "ctrl+s", "second", "tab", *["backspace"] * 9, "boot", "tab", "backspace", "8", "enter")
        await reader.until(lambda: [one.name for one in reader.screen.saved] == ["second"])
        one = reader.screen.saved[0]
        assert (one.question, one.digit) == ("boot", 8)
        await reader.burst("u")
        await reader.until(lambda: [one.name for one in reader.screen.saved] == ["first"])
        one = reader.screen.saved[0]
        assert (one.question, one.digit) == ("diffusion", 7), "one form is one act"
        await reader.burst("ctrl+r")
        await reader.until(lambda: [one.name for one in reader.screen.saved] == ["second"])
        await reader.burst("8", "ctrl+s", "ctrl+d")
        await reader.until(lambda: not reader.screen.saved)
        assert "Saved searches" not in _sidebar(reader)
        await reader.burst("u")
        await reader.until(lambda: reader.screen.saved)
        assert reader.screen.saved[0].name == "second"


async def test_saving_under_a_name_that_is_taken_changes_that_search_and_leaves_its_digit(
    indexed: Paths, reading: Open
) -> None:
    library = Library.open(indexed)
    library.saved.save("mine", "diffusion", 8)
    library.saved.save("other", "boot")
    library.close()

    def known(reader: Reader) -> list[tuple[str, str, int | None]]:
        return [(one.name, one.question, one.digit) for one in reader.screen.saved]

    async with reading(indexed) as reader:
        await reader.burst("/", "tracking", "ctrl+s", "mine", "enter")
        await reader.until(lambda: ("mine", "tracking", 8) in known(reader))
        await reader.burst("escape", "/", *["backspace"] * 9, "points", "ctrl+s", "other", "enter")
        await reader.until(lambda: ("other", "points", 7) in known(reader))
        await reader.burst("escape", "8", "ctrl+s", "other", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, SaveForm))
        form = reader.app.screen
        assert isinstance(form, SaveForm)
        assert form.named.value == "other", "refused: the form is there again, as it was filled in"
        assert any("already" in notice.message for notice in reader.app._notifications)


async def test_a_form_that_cannot_be_saved_says_so(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("ctrl+s")
        assert len(reader.app.screen_stack) == 1, "without a question there is nothing to save"
        await reader.burst("/", "boot", "ctrl+s", "tab", "x", "ctrl+z", "tab", "backspace", "5", "enter")
        assert isinstance(reader.app.screen, SaveForm)
        assert reader.app.screen.asked.value == "boot", "Ctrl+Z is the field's, and suspends nothing"
        reader.app.screen.digit.post_message(Paste("x\n\x1b[2Jy"))
        await reader.calm()
        assert reader.app.screen.digit.value == "5x ␛[2Jy"
        assert any("7, 8 or 9" in notice.message for notice in reader.app._notifications)
        await reader.burst("escape")
        assert reader.library.saved.listing() == ()


async def test_without_a_sidebar_saved_searches_are_on_the_shelf_too(indexed: Paths, reading: Open) -> None:
    library = Library.open(indexed)
    library.saved.save("pictures", "diffusion", 9)
    library.close()
    async with reading(indexed, MEDIUM) as reader:
        await reader.burst("f")
        assert any("9 pictures" in line for line in reader.shown())
        await reader.burst("j", "enter")
        assert reader.screen.search.question.value == "diffusion "
        assert reader.screen.answer is not None


async def test_f_goes_to_what_narrows_and_not_to_the_saved_searches_above_it(indexed: Paths, reading: Open) -> None:
    library = Library.open(indexed)
    library.saved.save("pictures", "diffusion", 9)
    library.close()
    async with reading(indexed) as reader:
        await reader.burst("/", "boot", "enter", "f")
        await reader.until(lambda: isinstance(reader.screen.search.shelf.what, Narrow))
        await reader.burst("escape", "escape", "m")
        await reader.until(lambda: reader.screen.likeness is not None)
        await reader.burst("f")
        await reader.until(lambda: not isinstance(reader.screen.search.shelf.what, OpenSaved))
