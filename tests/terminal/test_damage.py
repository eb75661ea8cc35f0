"""A damaged library in the real program: it says so, keeps the file, offers the last backup."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from tests.terminal.pty import Terminal


def library_with_a_bookmark(home: Path, *, backup: bool) -> Paths:
    paths = Paths.under(home)
    library = Library.open(paths)
    library.bookmark(library.listing(View.ALL)[:1])
    if backup:
        library.back_up_daily()
    library.close()
    return paths


def damage(paths: Paths, *, head: bool) -> bytes:
    whole = paths.database.read_bytes()
    damaged = b"\x5a" * len(whole) if head else whole[:8192] + b"\x5a" * (len(whole) - 8192)
    paths.database.write_bytes(damaged)
    return damaged


def unwrapped(sentence: str) -> Callable[[str], bool]:
    """Whether the screen shows it, wherever its lines are broken."""
    return lambda screen: "".join(sentence.split()) in "".join(screen.split())


def test_the_last_backup_is_offered_and_the_damaged_file_is_kept(tmp_path: Path) -> None:
    paths = library_with_a_bookmark(tmp_path, backup=True)
    damaged = damage(paths, head=True)
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until("is damaged")
        terminal.until("Bring this backup back?")
        terminal.type("y\r")
        terminal.until("Filter Like You Test")
        terminal.until("★")
        terminal.type("q")
        assert terminal.wait() == 0
    (kept,) = paths.data.glob("library.db.replaced-*")
    assert kept.read_bytes() == damaged


def test_damage_that_shows_only_later_ends_the_app_in_order_and_offers_the_same(tmp_path: Path) -> None:
    paths = library_with_a_bookmark(tmp_path, backup=True)
    damage(paths, head=False)
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until("Bring this backup back?")
        assert b"\x1b[?1049h" not in terminal.raw or b"\x1b[?1049l" in terminal.raw
        terminal.type("n\r")
        terminal.until("Nothing was changed")
        assert terminal.wait() == 1
    assert not list(paths.data.glob("library.db.replaced-*"))


def test_without_a_backup_it_says_what_is_the_matter(tmp_path: Path) -> None:
    paths = library_with_a_bookmark(tmp_path, backup=False)
    damaged = damage(paths, head=True)
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until("is damaged")
        assert terminal.wait() == 1
    assert paths.database.read_bytes() == damaged


def test_a_script_is_told_what_to_call(tmp_path: Path) -> None:
    damage(library_with_a_bookmark(tmp_path, backup=True), head=True)
    command = [sys.executable, "-m", "paperreader", "--home", str(tmp_path), "find"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "paperreader restore" in done.stderr


def test_a_cut_off_library_is_damaged_and_the_backup_offered(tmp_path: Path) -> None:
    paths = library_with_a_bookmark(tmp_path, backup=True)
    paths.database.write_bytes(b"")
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until(unwrapped("is damaged (the file is empty)"))
        terminal.until("Bring this backup back?")
        terminal.type("y\r")
        terminal.until("★")
        terminal.type("q")
        assert terminal.wait() == 0
    (kept,) = paths.data.glob("library.db.replaced-*")
    assert kept.read_bytes() == b""


def test_nothing_is_restored_under_an_open_app_which_notices_a_file_that_was_swapped_all_the_same(
    tmp_path: Path,
) -> None:
    paths = library_with_a_bookmark(tmp_path, backup=True)
    (copy,) = paths.backups.iterdir()
    command = [sys.executable, "-m", "paperreader", "--home", str(tmp_path), "restore", copy.name]
    with Terminal.of_paperreader(tmp_path) as terminal:
        terminal.until("Filter Like You Test")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert "open in another paperreader" in done.stderr
        other = paths.data / "other.db"
        other.write_bytes(copy.read_bytes())
        other.replace(paths.database)
        terminal.type("jb")
        terminal.until(unwrapped("was replaced or removed by another program"))
        assert terminal.wait() == 1
        assert b"\x1b[?1049l" in terminal.raw
    assert paths.database.read_bytes() == copy.read_bytes()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
