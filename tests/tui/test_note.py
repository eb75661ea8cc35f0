"""Notes: the editor, what is kept when, and what happens when somebody else writes too."""

from __future__ import annotations

from paperreader.library import Library
from paperreader.library.drafts import left
from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.tui.outside_editor import command
from paperreader.tui.screens.note import NoteScreen, cleaned
from tests.tui.conftest import MEDIUM, NARROW, WIDE, Open, Reader


def editor(reader: Reader) -> NoteScreen:
    screen = reader.app.screen
    assert isinstance(screen, NoteScreen)
    return screen


async def test_n_opens_an_editor_and_esc_keeps_what_was_written(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        rid = reader.row().rid
        await reader.burst("n", "# Good", "enter", "Read **twice**.", "escape")
        assert reader.library.keeping.note(rid) == "# Good\nRead **twice**."
        assert "Wrote a note" in reader.screen.status.said
        text = "\n".join(reader.shown())
        assert "✎" in text
        await reader.burst("u")
        assert reader.library.keeping.note(rid) == ""
        await reader.burst("ctrl+r", "n", "f7", "delete", "escape")
        assert reader.library.keeping.note(rid) == ""
        assert list(left(indexed.data / "drafts")) == []


async def test_what_was_typed_is_on_the_disk_after_a_moment_and_one_undo_takes_all_of_it_back(
    indexed: Paths, reading: Open
) -> None:
    async with reading(indexed) as reader:
        rid, folder = reader.row().rid, indexed.data / "drafts"
        await reader.burst("n", "first")
        await reader.until(lambda: folder.exists() and any(b"first" in file.read_bytes() for file in folder.iterdir()))
        await reader.burst(" and second", "ctrl+s", " and third", "ctrl+z")
        await reader.burst("escape")
        assert reader.library.keeping.note(rid) == "first and second"
        assert list(folder.iterdir()) == []


async def test_a_note_that_changed_elsewhere_meanwhile_keeps_both(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        rid = reader.row().rid
        reader.library.keeping.annotate(rid, "begun")
        await reader.burst("n", " here")
        reader.library.keeping.annotate(rid, "begun there")
        await reader.burst("ctrl+s")
        assert "begun here" in editor(reader).text.text
        assert "begun there" in editor(reader).text.text
        await reader.burst("escape")
        note = reader.library.keeping.note(rid)
        assert "begun here" in note and "begun there" in note


async def test_an_app_that_ends_with_the_note_open_keeps_it(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        rid = reader.row().rid
        await reader.burst("n", "open", "ctrl+q")
    library = Library.open(indexed)
    assert library.keeping.note(rid) == "open"
    library.close()


async def test_a_note_that_a_killed_app_was_writing_is_kept_at_the_next_start(indexed: Paths, reading: Open) -> None:
    library = Library.open(indexed)
    rid = library.listing(View.ALL)[0]
    library.close()
    folder = indexed.data / "drafts"
    folder.mkdir()
    (folder / "x.jsonl").write_text(f'{{"rid": {rid}, "base": "", "text": "killed"}}\n')
    async with reading(indexed) as reader:
        await reader.until(lambda: reader.library.keeping.note(rid) == "killed")
        await reader.until(lambda: not list(folder.iterdir()))
        await reader.burst("u")
        assert reader.library.keeping.note(rid) == ""


async def test_the_editor_has_room_in_every_window(indexed: Paths, reading: Open) -> None:
    for size in (WIDE, MEDIUM, NARROW, (40, 10)):
        async with reading(indexed, size=size) as reader:
            await reader.burst("n", "words")
            assert any("words" in line for line in reader.shown())
            region = editor(reader).query_one("#sheet").region
            assert region.height >= 6 and region.bottom < size[1]
            await reader.burst("f7", "delete", "escape")
            assert reader.app.screen is reader.screen


def test_what_is_pasted_steers_no_terminal() -> None:
    assert cleaned("a\tb\r\nc\x1b[31m") == "a   b\nc␛[31m"


def test_the_editor_is_the_one_that_the_person_named() -> None:
    assert command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert command({"VISUAL": "  ", "EDITOR": "vi"}) == ["vi"]
    assert command({"EDITOR": "'unclosed", "PATH": ""}) == []
