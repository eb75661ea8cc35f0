"""The real program in a real terminal: a first start on an empty home, a day's use, and what must not be lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.pty import Terminal

NEWEST = "Filter Like You Test"
"""The newest starter paper: where a first start stands."""


def paperreader(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "paperreader", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_a_first_start_shows_the_starter_papers_newest_first_and_makes_the_index(tmp_path: Path) -> None:
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until(NEWEST)
        terminal.until("Summary")
        terminal.until(lambda screen: sum("’2" in line for line in screen.splitlines()) >= 30)
        terminal.until(lambda screen: "ndexing" not in screen)
        terminal.type("/zyzzyva")
        terminal.until("Nothing")
        terminal.type("\x1b")
        terminal.until("1/247")
        terminal.type("q")
        assert terminal.wait() == 0
    assert "2402.00847" in paperreader(tmp_path, "find", "bootstap")


def test_a_bookmark_survives_kill_9_and_the_next_start_shows_it(tmp_path: Path) -> None:
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until(NEWEST)
        terminal.type("/tracking any point")
        terminal.until(lambda screen: "BootsTAP" in screen and "found" in screen)
        terminal.type("\r")
        terminal.settle()
        terminal.type("b")
        terminal.until("Bookmarked")
        os.kill(terminal.process.pid, signal.SIGKILL)
        assert terminal.wait() == 128 + signal.SIGKILL
    assert "2402.00847" in paperreader(tmp_path, "export", "--format", "jsonl")
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until("paperreader")
        terminal.settle()
        terminal.type("6")
        screen = terminal.until("BootsTAP")
        assert "★" in screen
        terminal.type("q")
        assert terminal.wait() == 0


def test_what_is_typed_in_one_go_lands_whole_in_the_search_field(tmp_path: Path) -> None:
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until(NEWEST)
        terminal.type("/zyzzyva")
        terminal.until("› zyzzyva")
        terminal.until("Nothing")
        terminal.type("\x03")  # Ctrl+C clears the field
        terminal.until("1/247")
        terminal.type("\x03\x03")
        assert terminal.wait() == 0
    assert '"read"' not in paperreader(tmp_path, "show", "2503.08805", "--json")


def test_the_terminal_is_left_as_it_was_found(tmp_path: Path) -> None:
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until(NEWEST)
        terminal.type("q")
        assert terminal.wait() == 0
    written = bytes(terminal.raw)
    for on, off in ((b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?1000h", b"\x1b[?1000l")):
        assert written.rfind(off) > written.rfind(on) >= 0


def test_a_small_window_says_so_and_comes_back(tmp_path: Path) -> None:
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until(NEWEST)
        terminal.resize(20, 5)
        terminal.until(lambda screen: NEWEST not in screen and "small" in screen)
        terminal.resize(120, 40)
        terminal.until(NEWEST)
        terminal.type("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("environment", [{"TERM": "linux", "LC_ALL": "C.UTF-8"}, {"LC_ALL": "C"}])
def test_a_terminal_of_ascii_gets_nothing_else(tmp_path: Path, environment: dict[str, str]) -> None:
    with Terminal.of_paperreader(tmp_path, columns=80, lines=24, SSH_CONNECTION="1 2 3 4", **environment) as terminal:
        terminal.until(NEWEST)
        for keys, shows in (
            ("o", "handed"),  # a toast
            ("G", "247/247"),
            ("/zyzzyva", "Nothing"),
            ("\x1b", "/ > zyzzyva"),
            ("?", "All keys"),
            ("\x1b", "247/247"),
            (":theme", "Choose the colours"),
            ("\r", "nord"),
        ):
            terminal.type(keys)
            terminal.until(shows)
        terminal.resize(30, 8)
        terminal.type("\x1b")
        terminal.until("Too small: 30x8.")
        terminal.type("q")
        assert terminal.wait() == 0
    assert bytes(terminal.raw).isascii()


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (60, 20), (200, 50)])
def test_every_size_shows_papers_and_leads_to_the_text(tmp_path: Path, columns: int, lines: int) -> None:
    with Terminal.of_paperreader(tmp_path, columns=columns, lines=lines) as terminal:
        terminal.until(NEWEST)
        terminal.type("\r")
        terminal.until("Mikey Shechter, Yair Carmon")
        terminal.type("\x1b")
        terminal.settle()
        terminal.type("q")
        assert terminal.wait() == 0


def test_two_apps_on_one_library_see_each_others_bookmarks(tmp_path: Path) -> None:
    with Terminal.of_paperreader(tmp_path) as one, Terminal.of_paperreader(tmp_path) as other:
        one.until(NEWEST)
        other.until(NEWEST)
        one.type("b")
        one.until("Bookmarked")
        other.until(lambda screen: "★" in screen)
        other.type("q")
        one.type("q")
        assert (one.wait(), other.wait()) == (0, 0)


def test_hang_up_and_termination_end_it_in_order(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        with Terminal.of_paperreader(tmp_path) as terminal:
            terminal.until(NEWEST)
            os.kill(terminal.process.pid, number)
            assert terminal.wait() == 128 + number
            assert b"\x1b[?1049l" in terminal.raw


def test_without_a_terminal_it_says_so_and_ends_with_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "paperreader", "--home", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "terminal" in done.stderr
