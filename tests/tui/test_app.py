"""The program around the screen: beginning, memory, the index, what goes wrong, the end."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import sqlite3
import weakref
from pathlib import Path

import pytest

from paperreader.errors import LibraryBusy, LibraryDamaged, PaperReaderError, SettingsError
from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.settings import Settings
from paperreader.tui.app import PaperReader, run
from paperreader.tui.index_work import command
from paperreader.tui.messages import IndexMoved, IndexReady
from tests.tui.conftest import Open


async def test_the_next_start_opens_where_the_last_one_was_left(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("5", "s", "pagedown", "j", "j", "z")
        papers = reader.screen.papers
        left = (reader.screen.view, reader.screen.order, papers.rid, papers.cursor, round(papers.scroll_y))
        reader.app.theme = "nord"
        await reader.calm()
        await reader.burst("q")
    async with reading(indexed) as reader:
        papers = reader.screen.papers
        assert (reader.screen.view, reader.screen.order, papers.rid, papers.cursor, round(papers.scroll_y)) == left
        assert not reader.screen.search.display
        assert reader.app.theme == "nord"


async def test_what_is_left_in_the_middle_of_a_question_is_the_place_before_it(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "j", "/", "boot", "down")
        await reader.burst("ctrl+q")
    async with reading(indexed) as reader:
        assert reader.screen.papers.cursor == 2
        assert len(reader.screen.papers.listing) == 247


async def test_a_crash_loses_no_more_than_half_a_second_of_the_place(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "j", "j")
        await reader.until(lambda: '"at": 3' in (reader.library.recall("screen") or ""))


async def test_a_theme_that_nobody_chose_is_not_remembered(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "q")
    library = Library.open(indexed)
    assert '"theme": ""' in (library.recall("screen") or "")
    library.close()


async def test_a_missing_index_is_built_behind_the_list(paths: Paths, reading: Open) -> None:
    async with reading(paths) as reader:
        assert len(reader.screen.papers.listing) == 247
        await reader.until(lambda: reader.of_kind(IndexReady))
        moved = reader.of_kind(IndexMoved)
        assert moved[-1].total == 247
        assert reader.library.index_lag() == 0
        await reader.calm()
        await reader.burst("/", "conditioned teacher distillation")
        assert len(reader.screen.papers.listing) > 0
    assert "index" in {entry.name for entry in paths.cache.iterdir()}


async def test_a_damaged_index_is_built_anew_by_itself(indexed: Paths, reading: Open) -> None:
    for file in indexed.index.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damage" * 20)
    async with reading(indexed) as reader:
        await reader.until(lambda: reader.of_kind(IndexReady))
        await reader.calm()
        await reader.burst("/", "bootpig")
        assert "BootPIG" in reader.row().title


async def test_a_few_changes_are_indexed_without_a_child(indexed: Paths, reading: Open, tmp_path: Path) -> None:
    library = Library.open(indexed)
    file = tmp_path / "one.jsonl"
    file.write_text('{"id": "new", "title": "A paper on quokkas"}')
    for _ in library.import_files([file]):
        pass
    assert library.index_lag() == 1
    library.close()
    async with reading(indexed) as reader:
        await reader.until(lambda: reader.of_kind(IndexReady))
        assert reader.library.index_lag() == 0
        await reader.calm()
        await reader.burst("/", "quokkas")
        assert reader.row().title == "A paper on quokkas"


async def test_an_index_that_cannot_be_built_is_told_and_titles_are_searched(paths: Paths, reading: Open) -> None:
    paths.ensure()
    shutil.rmtree(paths.index, ignore_errors=True)
    paths.index.parent.mkdir(parents=True, exist_ok=True)
    paths.index.write_text("a file where the folder should be")
    async with reading(paths) as reader:
        await reader.until(lambda: "not indexed" in reader.shown()[0])
        await reader.burst("/", "bootpig")
        assert "BootPIG" in reader.row().title


def test_the_child_is_this_very_program_with_this_very_home(tmp_path: Path) -> None:
    words = command(Paths.under(tmp_path), "reindex")
    assert words[1:] == ["-m", "paperreader", "--home", str(tmp_path), "reindex", "--progress-lines"]
    assert "--home" not in command(Paths.standard(), "reindex")


async def test_a_library_locked_by_another_program_refuses_and_says_why(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        lock = sqlite3.connect(indexed.database, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        await reader.burst("b")
        await reader.until(lambda: len(reader.app._notifications))
        assert not reader.row().bookmarked
        lock.execute("ROLLBACK")
        lock.close()
        await reader.burst("b")
        assert reader.row().bookmarked


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_read_only_library_opens_and_reads_and_says_why_it_keeps_nothing(indexed: Paths, reading: Open) -> None:
    indexed.database.chmod(0o444)
    indexed.data.chmod(0o555)
    try:
        async with reading(indexed) as reader:
            await reader.burst("j", "b", "enter")
            assert "read-only" in reader.shown()[0]
            assert any("cannot be written" in notice.message for notice in reader.app._notifications)
            assert not reader.row().bookmarked
    finally:
        indexed.data.chmod(0o755)
        indexed.database.chmod(0o644)


async def test_a_library_that_becomes_unreadable_ends_the_app_in_order(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        size = indexed.database.stat().st_size
        with indexed.database.open("r+b") as damaged:
            damaged.seek(100)
            damaged.write(os.urandom(size - 100))
        await reader.burst("j", "b", "pagedown", "G", "5", "/", "boot", "escape", "A", "u", "s")
        await reader.calm()
    assert isinstance(reader.app.damage, LibraryDamaged)


async def test_keys_can_be_chosen(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, keys={"reading.bookmark": "B", "reading.search": "f"}) as reader:
        await reader.burst("b")
        assert not reader.row().bookmarked
        await reader.burst("B")
        assert reader.row().bookmarked
        await reader.burst("f", "fix")
        assert reader.screen.search.question.value == "fix"
        assert "B bookmark" not in reader.shown()[-1]
        await reader.burst("escape")
        assert "B bookmark" in reader.shown()[-1]


async def test_every_sentence_names_the_keys_that_were_chosen(indexed: Paths, reading: Open) -> None:
    keys = {
        "reading.bookmark": "N",
        "reading.undo": "a",
        "reading.view_all": "0",
        "reading.literal": "f8",
        "app.refresh": "d",
    }
    async with reading(indexed, keys=keys) as reader:
        await reader.burst("6")
        assert any("Press N on a paper." in line for line in reader.shown())
        await reader.burst("1")
        assert any("d fetches today" in line for line in reader.shown())
        assert any("0 shows all papers." in line for line in reader.shown())
        await reader.burst("0", "A")
        assert "a undoes it" in reader.shown()[0]
        await reader.burst("/", "difusion")
        await reader.calm()
        said = " ".join(line.partition("│")[0] for line in reader.shown())
        assert "for difusion F8" in " ".join(said.split())


def test_a_key_that_cannot_be_is_named_before_the_screen_opens(paths: Paths) -> None:
    paths.ensure()
    paths.settings.write_text('[keys]\nbookmarc = "B"\n')
    with pytest.raises(SettingsError, match="line 2"):
        run(paths, Settings.read(paths.settings))


async def test_ctrl_c_twice_quits(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("ctrl+c")
        assert reader.app.is_running
        assert any("again to quit" in notice.message for notice in reader.app._notifications)
        await reader.burst("ctrl+c")
        await reader.until(lambda: reader.app._exit)


async def test_the_palette_takes_what_is_typed_ahead(indexed: Paths, reading: Open) -> None:
    from textual.widgets import Input

    async with reading(indexed) as reader:
        await reader.burst(":", "mark all")
        assert reader.app.screen is not reader.screen
        assert reader.app.screen.query_one(Input).value == "mark all"
        assert reader.library.counts()[View.UNREAD] == 247


async def test_help_takes_what_is_typed_ahead_and_escape_leads_back(indexed: Paths, reading: Open) -> None:
    from textual.widgets import Input

    async with reading(indexed) as reader:
        await reader.burst("?", "undo")
        assert reader.app.screen.query_one(Input).value == "undo"
        assert not reader.screen.detail.watched
        await reader.burst("escape")
        assert reader.app.screen is reader.screen
        assert reader.screen.detail.watched


async def test_every_theme_can_be_worn(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        for name in reader.app.available_themes:
            reader.app.theme = name
            await reader.pilot.pause()
            assert reader.app.is_running


async def test_a_daily_backup_is_made_behind_the_screen(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.until(lambda: list(indexed.backups.glob("*")))
        assert isinstance(reader.app, PaperReader)


def test_a_theme_that_is_none_is_named_with_its_line(paths: Paths) -> None:
    paths.ensure()
    paths.settings.write_text('read_after = 3\ntheme = "[mauve]"\n')
    with pytest.raises(SettingsError, match=r"line 2: there is no theme '\[mauve\]'; known are"):
        run(paths, Settings.read(paths.settings))


async def test_lines_that_cannot_be_read_are_told_of_once(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        for _ in range(30):
            reader.screen.refuse(LibraryBusy("The database is locked.", "Try again."))
        await reader.calm()
        assert len(reader.app._notifications) == 1


async def test_who_has_not_touched_anything_since_the_start_has_read_nothing(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, read_after=0.01) as reader:
        await reader.calm()
        assert [reader.app.touched, reader.screen.detail.watched] == [False, False]
        await reader.burst("j")
        assert [reader.app.touched, reader.screen.detail.watched] == [True, True]


@pytest.mark.parametrize("damaged", [LibraryDamaged("The file is damaged."), LibraryBusy("The file is locked.")])
async def test_damage_that_only_background_work_meets_ends_the_app_too(
    indexed: Paths, reading: Open, damaged: PaperReaderError
) -> None:
    async with reading(indexed) as reader:
        await asyncio.to_thread(reader.screen.overlook, damaged)
        await asyncio.to_thread(reader.screen.overlook, damaged)
        await reader.calm()
        assert reader.app.damage is (damaged if isinstance(damaged, LibraryDamaged) else None)
        assert reader.app._exit is isinstance(damaged, LibraryDamaged)
        assert not reader.app._notifications


class Circle:
    def __init__(self) -> None:
        self.itself = self


async def test_garbage_is_looked_for_when_nobody_waits_for_a_frame(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j")
        gc.disable()
        try:
            circle = weakref.ref(Circle())
            reader.app._tidy_at_rest()
            assert circle() is not None
            reader.app.last_touch -= 60
            reader.app._tidied -= 120
            reader.app._tidy_at_rest()
            assert circle() is None
        finally:
            gc.enable()
