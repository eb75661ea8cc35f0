"""A note in a real terminal: the person's own editor, a lost terminal, a killed app."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

from paperreader.library import Library
from paperreader.library.drafts import left
from paperreader.paper import View
from paperreader.paths import Paths
from tests.terminal.pty import Terminal


def editor(folder: Path, does: str) -> str:
    """A program that is handed the file as its last argument."""
    file = folder / "editor.sh"
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def note_of_first(home: Path) -> str:
    library = Library.open(Paths.under(home))
    try:
        return library.keeping.note(library.listing(View.ALL)[0])
    finally:
        library.close()


def test_f4_hands_the_note_to_the_persons_editor_and_takes_it_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    does = 'echo "the editor has it: $(cat "$1")" > /dev/tty; printf "%s and more" "$(cat "$1")" > "$1"; sleep 1'
    with Terminal.of_paperreader(home, VISUAL=editor(tmp_path, does), EDITOR="false") as terminal:
        terminal.until("newest first")
        terminal.type("n")
        terminal.until("keep and close")
        terminal.type("mine")
        terminal.until("mine")
        terminal.type("\x1bOS")
        terminal.until("the editor has it: mine")
        terminal.until("mine and more")
        terminal.type("\x1b")
        terminal.until("Your note")
        terminal.type("q")
        terminal.wait()
    assert note_of_first(home) == "mine and more"
    assert list((home / "data" / "drafts").iterdir()) == []


def test_an_editor_that_fails_loses_nothing_and_says_where_its_text_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    does = 'printf "half a thought" > "$1"; exit 3'
    with Terminal.of_paperreader(home, columns=140, VISUAL=editor(tmp_path, does)) as terminal:
        terminal.until("newest first")
        terminal.type("n")
        terminal.until("keep and close")
        terminal.type("mine")
        terminal.until("mine")
        terminal.type("\x1bOS")
        terminal.until("ended with an error")
        terminal.type("\x1b")
        terminal.until("Your note")
        terminal.type("q")
        terminal.wait()
    assert note_of_first(home) == "mine"
    (written,) = (home / "data" / "drafts").iterdir()
    assert written.read_text() == "half a thought"


def test_a_terminal_that_is_gone_and_a_killed_app_lose_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal.of_paperreader(home) as terminal:
        terminal.until("newest first")
        terminal.type("nbefore the line broke")
        terminal.until("the line broke")
        os.kill(terminal.process.pid, signal.SIGHUP)
        terminal.wait()
    assert note_of_first(home) == "before the line broke"
    with Terminal.of_paperreader(home) as terminal:
        terminal.until("Your note")
        terminal.type("n, and after")
        folder = home / "data" / "drafts"
        terminal.until(
            lambda _: folder.exists() and any(b"and after" in file.read_bytes() for file in folder.iterdir())
        )
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.wait()
    assert [draft.text for draft in left(home / "data" / "drafts")] == ["before the line broke, and after"]
    with Terminal.of_paperreader(home) as terminal:
        terminal.until("is kept")
    assert note_of_first(home) == "before the line broke, and after"
