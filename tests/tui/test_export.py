"""Papers out of the app: the dialog, the file, the clipboard, citations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.settings.known import CITATIONS
from paperreader.tui.screens.export import ExportDialog
from tests.tui.conftest import MEDIUM, NARROW, WIDE, Open, Reader


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write into, and a session whose clipboard is the terminal's only."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    for name in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return folder


def dialog(reader: Reader) -> ExportDialog:
    screen = reader.app.screen
    assert isinstance(screen, ExportDialog)
    return screen


async def test_the_chosen_papers_are_written_in_the_format_under_the_cursor(
    indexed: Paths, reading: Open, elsewhere: Path
) -> None:
    async with reading(indexed) as reader:
        await reader.burst("space", "space", "E")
        assert "the chosen papers  2" in "\n".join(reader.shown())
        assert dialog(reader).form.name == "bibtex"
        assert dialog(reader).target == elsewhere / "chosen-papers.bib"
        await reader.burst("enter")
        await reader.until(lambda: reader.app.screen is reader.screen)
        assert "Wrote 2 papers to" in reader.screen.status.said
        assert (elsewhere / "chosen-papers.bib").read_text().count("@") == 2
        await reader.burst("E", *["up"] * 12, "enter")
        await reader.until((elsewhere / "chosen-papers.md").exists)


async def test_one_paper_or_the_list_that_is_open_is_written(indexed: Paths, reading: Open, elsewhere: Path) -> None:
    async with reading(indexed) as reader:
        await reader.burst("b", "j", "j", "b", "6", "G", "E")
        assert "this list: Bookmarks  2" in "\n".join(reader.shown())
        await reader.burst("ctrl+u", "list.bib", "enter")
        await reader.until((elsewhere / "list.bib").exists)
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.burst("E", "shift+tab")
        assert "this paper: " in "\n".join(reader.shown())
        await reader.burst("ctrl+u", "paper.bib", "enter")
        await reader.until((elsewhere / "paper.bib").exists)
        (paper,) = reader.library.papers([reader.row().rid])
        bookmarks = list(reader.library.listing(View.BOOKMARKS))
        for name, rids in (("paper.bib", [paper.rid]), ("list.bib", bookmarks)):
            assert (elsewhere / name).read_text() == "".join(reader.library.export(rids, "bibtex"))


async def test_a_file_that_exists_is_replaced_only_when_enter_is_pressed_twice(
    indexed: Paths, reading: Open, elsewhere: Path
) -> None:
    (elsewhere / "mine.bib").write_text("precious")
    async with reading(indexed) as reader:
        await reader.burst("E", "ctrl+u", "mine.bib", "enter")
        assert "mine.bib exists. Enter again replaces it." in "\n".join(reader.shown())
        assert (elsewhere / "mine.bib").read_text() == "precious"
        await reader.burst("x", "backspace", "enter")
        assert (elsewhere / "mine.bib").read_text() == "precious"
        await reader.burst("enter")
        await reader.until(lambda: reader.app.screen is reader.screen)
        assert "@" in (elsewhere / "mine.bib").read_text()


async def test_a_folder_that_is_not_there_is_said_and_the_dialog_stays(
    indexed: Paths, reading: Open, elsewhere: Path
) -> None:
    async with reading(indexed) as reader:
        await reader.burst("E", "ctrl+u", "no/such/file.bib", "enter")
        await reader.until(lambda: "cannot be written" in "\n".join(reader.shown()))
        await reader.burst("ctrl+u", "enter")
        assert "Name a file" in "\n".join(reader.shown())
        await reader.burst("escape")
        assert reader.app.screen is reader.screen
        assert list(elsewhere.iterdir()) == []


async def test_the_next_export_begins_where_the_last_one_ended(
    indexed: Paths, reading: Open, elsewhere: Path, tmp_path: Path
) -> None:
    (tmp_path / "person").mkdir()
    async with reading(indexed) as reader:
        await reader.burst("E", *["down"] * 20, "ctrl+u", "~/a.json", "enter")
        await reader.until((tmp_path / "person" / "a.json").exists)
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.burst("6", "4", "b", "6", "E")
        assert dialog(reader).form.name == "jsonfeed"
        assert dialog(reader).field.value == "~/bookmarks.json"
        await reader.burst("tab")
        assert dialog(reader).field.value == "~/papers.json"
        await reader.burst("enter")
        await reader.until((tmp_path / "person" / "papers.json").exists)
        assert len(json.loads((tmp_path / "person" / "papers.json").read_text())["items"]) == 247


async def test_what_was_found_can_be_copied(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootstrap", "enter", "E")
        found = len(reader.screen.papers.listing)
        assert "what was found" in "\n".join(reader.shown())
        await reader.burst(*["up"] * 12, "ctrl+y")
        await reader.until(lambda: reader.app.screen is reader.screen)
        assert reader.app.clipboard.count("\n## ") == found
        assert "clipboard" in reader.screen.status.said


async def test_the_dialog_fits_into_every_window(indexed: Paths, reading: Open) -> None:
    for size in (WIDE, MEDIUM, NARROW, (40, 10)):
        async with reading(indexed, size=size) as reader:
            await reader.burst("E", "down")
            assert dialog(reader).form.name in "\n".join(reader.shown())
            assert dialog(reader).field.value[-8:] in "\n".join(reader.shown())


async def test_formats_that_have_no_place_are_counted(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, MEDIUM) as reader:
        await reader.burst("E")
        assert any("jsonl" in line and "2 more below" in line for line in reader.shown())
        await reader.burst(*["down"] * 9)
        assert any("2 more above" in line for line in reader.shown())
        assert not any("more below" in line for line in reader.shown())


async def test_c_copies_the_citation_and_shift_c_asks_how(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        rid = reader.row().rid
        await reader.burst("c")
        await reader.until(lambda: reader.app.clipboard)
        assert reader.app.clipboard == reader.library.cite(rid, "bibtex")
        await reader.burst("C", "j", "j", "enter")
        await reader.until(lambda: reader.app.clipboard == reader.library.cite(rid, "text"))
        await reader.burst("space", "space", "c")
        await reader.until(lambda: reader.app.clipboard.count("@") == 2)
        await reader.until(lambda: reader.screen.status.said.startswith("Handed 2 citations "))


async def test_y_copies_the_links_of_all_chosen_papers(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        chosen = [paper.link or paper.id for paper in reader.library.papers(reader.screen.papers.listing.rids[:3])]
        await reader.burst("y")
        await reader.until(lambda: reader.app.clipboard == chosen[0])
        await reader.burst("v", "j", "j", "v", "y")
        await reader.until(lambda: reader.app.clipboard.split("\n") == chosen)
        await reader.until(lambda: reader.screen.status.said.startswith("Handed 3 links "))


async def test_every_style_of_the_settings_is_one_that_the_library_has(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        assert tuple(reader.library.citation_styles()) == CITATIONS
