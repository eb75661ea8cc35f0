"""Notes that are being written survive whatever ends the app."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from paperreader.errors import StoreError
from paperreader.library.drafts import Draft, left


def test_a_draft_that_is_being_written_is_nobody_elses_and_one_that_was_left_is_found(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from paperreader.library.drafts import Draft\n"
        "draft = Draft(Path(sys.argv[1]), 7, 'before')\n"
        "for text in ('a', 'ab', 'ab\\nc'): draft.keep(text)\n"
        "print('kept', flush=True); time.sleep(60)"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"kept\n"
    assert list(left(tmp_path)) == []
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    (found,) = left(tmp_path)
    assert (found.rid, found.base, found.text) == (7, "before", "ab\nc")


def test_a_line_that_was_cut_off_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "1-x.jsonl"
    file.write_text('{"rid": 1, "base": "", "text": "whole"}\n{"rid": 1, "base": "", "te')
    assert [draft.text for draft in left(tmp_path)] == ["whole"]
    file.write_text("nothing\n")
    assert list(left(tmp_path)) == []
    assert file.exists()


def test_what_is_as_it_was_leaves_no_file_and_what_is_done_takes_it_away(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "drafts", 1, "note")
    draft.keep("note")
    assert not (tmp_path / "drafts").exists()
    draft.keep("note and more")
    assert len(list((tmp_path / "drafts").iterdir())) == 1
    draft.drop("note and more")
    draft.keep("note and more")
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file where the folder would be")
    with pytest.raises(StoreError, match="cannot be kept yet"):
        Draft(tmp_path / "drafts", 1, "").keep("text")
