"""The index built anew, and a backup brought back."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.search.locking import writing
from tests.cli.conftest import Program
from tests.terminal.pty import Terminal

BOOTS = "2402.00847"


def backed_up(home: Path) -> Path:
    """The day's copy, which the first command that wrote has left."""
    (copy,) = Paths.under(home).backups.iterdir()
    return copy


def test_reindexing_says_when_it_is_done(paperreader: Program) -> None:
    answer = paperreader("reindex")
    assert (answer.code, answer.out, answer.err) == (0, "", "The search index is up to date.\n")
    assert BOOTS in paperreader("find", "bootstap").out


def test_the_app_can_read_the_progress_of_its_child_line_by_line(paperreader: Program) -> None:
    answer = paperreader("reindex", "--progress-lines")
    assert (answer.code, answer.err) == (0, "")
    assert all(re.fullmatch(r"\d+ 247|writing", line) for line in answer.lines)
    assert "writing" in answer.lines and answer.lines[-1] == "247 247"


def test_reindexing_goes_on_when_nobody_listens_any_more(paperreader: Program) -> None:
    paperreader("find")
    process = subprocess.Popen(
        paperreader.command("reindex", "--progress-lines"), env=paperreader.environment(), stdout=-1, stderr=-1
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0
    library = Library.open(Paths.under(paperreader.home))
    assert library.index_lag() == 0
    library.close()


def test_a_child_that_meets_another_one_says_so(paperreader: Program) -> None:
    paperreader("find")
    with writing(Paths.under(paperreader.home).index):
        answer = paperreader("reindex", "--progress-lines")
    assert answer.code == 1 and "Another paperreader" in answer.err


def test_without_a_backup_there_is_nothing_to_restore(paperreader: Program) -> None:
    answer = paperreader("restore")
    assert (answer.code, answer.out) == (1, "")
    assert "no backup" in answer.err
    assert not paperreader.home.exists()


def test_a_backup_takes_the_place_of_a_damaged_library(paperreader: Program) -> None:
    paperreader("bookmark", BOOTS)
    copy = backed_up(paperreader.home)
    database = Paths.under(paperreader.home).database
    database.write_bytes(b"damaged" * 1000)
    answer = paperreader("find")
    assert answer.code == 1 and "restore" in answer.err
    listed = paperreader("restore")
    assert listed.code == 0 and copy.name in listed.out
    answer = paperreader("restore", copy.name)
    assert answer.code == 0
    kept = Path(answer.err.splitlines()[-1].partition(" is kept as ")[2].rstrip("."))
    assert kept.read_bytes().startswith(b"damaged")
    assert BOOTS in paperreader("export").out


def test_the_first_command_of_a_day_that_writes_leaves_a_backup_with_what_it_did(paperreader: Program) -> None:
    paths = Paths.under(paperreader.home)
    paperreader("find", "bootstap")
    paperreader("export", "--all")
    assert not paths.backups.exists()
    assert paperreader("bookmark", BOOTS).code == 0
    (copy,) = paths.backups.iterdir()
    made = copy.stat()
    assert paperreader("bookmark", "--remove", BOOTS).code == 0
    assert [(path, path.stat()) for path in paths.backups.iterdir()] == [(copy, made)]
    paperreader("restore", copy.name)
    assert BOOTS in paperreader("export").out


def test_a_backup_that_cannot_be_made_is_told_and_what_was_asked_is_done(paperreader: Program) -> None:
    paperreader("find")
    backups = Paths.under(paperreader.home).backups
    backups.write_text("a file stands where the folder should be")
    answer = paperreader("bookmark", BOOTS)
    assert answer.code == 0 and "daily backup could not be written" in answer.err
    assert BOOTS in paperreader("export").out


def test_a_file_that_is_no_library_is_not_restored(paperreader: Program, tmp_path: Path) -> None:
    paperreader("bookmark", BOOTS)
    (tmp_path / "other").write_text("no library")
    for name in (tmp_path / "other", "no such backup"):
        answer = paperreader("restore", name)
        assert answer.code == 1 and "bug" not in answer.err
    assert BOOTS in paperreader("export").out


def test_a_person_is_asked_which_backup(paperreader: Program) -> None:
    paperreader("bookmark", BOOTS)
    backed_up(paperreader.home)
    paperreader("bookmark", "--remove", BOOTS)
    with Terminal.of_paperreader(paperreader.home, "restore") as terminal:
        terminal.until("Enter for none:")
        terminal.type("7\r")
        terminal.until("'7' is none of them.")
        terminal.type("1\r")
        assert terminal.wait() == 0
    assert BOOTS in paperreader("export").out
