"""A bug in the app: the terminal is given back, the log has the traceback, the person one sentence."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from paperreader.library import Library
from paperreader.paths import Paths
from tests.terminal.pty import Terminal


def break_authors(paths: Paths) -> None:
    """Leave what no paperreader writes, and what none therefore expects: the next line that is drawn fails."""
    with contextlib.closing(sqlite3.connect(paths.database)) as connection:
        connection.execute("UPDATE paper SET authors = '['")
        connection.commit()


def ended_by_bug(terminal: Terminal) -> str:
    """What the person reads, once the program has ended in order."""
    assert terminal.wait() == 1
    end = bytes(terminal.raw).rpartition(b"\x1b[?1049l")[2]
    assert b"Traceback" not in end and "╭".encode() not in end
    return " ".join(end.decode().split())


def test_a_bug_leaves_its_traceback_in_the_log_and_one_sentence_on_the_terminal(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    Library.open(paths).close()
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until("Filter Like You Test")
        break_authors(paths)
        terminal.type("G")
        told = ended_by_bug(terminal)
        assert b"\x1b[?1049h" in terminal.raw
    assert "paperreader: this is a bug, please report it" in told and "JSON" in told
    assert str(paths.log) in told
    assert "paperreader/store/papers.py" in paths.log.read_text()
    paths.log.unlink()
    with Terminal.of_paperreader(tmp_path) as terminal:
        assert "please report it" in ended_by_bug(terminal)
    assert paths.log.read_text().count("\nTraceback") == 1
