from __future__ import annotations

import bz2
import gzip
import lzma
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.errors import UnreadableInput
from paperreader.imports import lines
from paperreader.imports.intake import Intake
from paperreader.imports.opening import InputFile

TWO = b'{"id": "a", "title": "One"}\n{"id": "b", "title": "Two"}\n'


def ids(*files: InputFile) -> list[str]:
    """Both passes over the files, which must agree on the number."""
    with Intake(files) as intake:
        *_, total = intake.check()
        found = [sighting.id for sighting in intake.sightings()]
    assert len(found) == total
    return found


def refusal(*files: InputFile) -> str:
    with pytest.raises(UnreadableInput) as refused:
        ids(*files)
    return str(refused.value)


def test_a_file_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(TWO)
    assert ids(tmp_path / "papers", tmp_path / "papers") == ["a", "b", "a", "b"]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress], ids=["gzip", "xz", "bzip2"])
def test_a_packed_file_is_told_by_its_content(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "papers").write_bytes(pack(TWO))
    assert ids(tmp_path / "papers") == ["a", "b"]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress], ids=["gzip", "xz", "bzip2"])
def test_a_packed_file_that_is_cut_short_is_refused(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    many = b"".join(b'{"id": "%d"}\n' % n for n in range(50_000))
    packed = pack(many)
    (tmp_path / "papers").write_bytes(packed[: len(packed) // 2])
    assert "cannot be read further" in refusal(tmp_path / "papers")


def test_a_named_pipe_can_be_read_though_it_comes_only_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(TWO),))
    writer.start()
    assert ids(pipe) == ["a", "b"]
    writer.join()


def test_standard_input_is_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "papers").write_bytes(TWO)
    with (tmp_path / "papers").open() as standard_input:
        monkeypatch.setattr(sys, "stdin", standard_input)
        assert ids("-") == ["a", "b"]


def test_a_closed_standard_input_is_said_to_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal("-") == "Standard input is closed."


def test_what_cannot_be_opened_is_said_by_its_name(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") == f"{tmp_path / 'none'} cannot be read: No such file or directory."
    assert refusal(tmp_path) == f"{tmp_path} cannot be read: Is a directory."
    assert refusal(Path("a\0b")).endswith("cannot be read: embedded null byte.")
    assert refusal(Path("/dev/zero")) == "/dev/zero is a device, not a file."


@pytest.mark.parametrize("content", [b"", b"\n \n\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "papers").write_bytes(content)
    assert refusal(tmp_path / "papers") == f"{tmp_path / 'papers'} is empty."


def test_a_page_without_a_paper_is_refused(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("Get trending papers in your email inbox!\nSubscribe\n")
    assert refusal(tmp_path / "papers").endswith("there is no paper in it.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TWO.decode().encode("utf-16"), "does not look like UTF-8"),
        (b"\x7fELF\x00\x00", "does not look like UTF-8"),
        (b"\n\nplain words", "line 3: this is none of"),
    ],
)
def test_a_file_in_another_format_is_refused_with_a_hint(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "papers").write_bytes(content)
    assert words in refusal(tmp_path / "papers")


def test_bytes_that_are_no_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(TWO + b'{"id": "caf\xe9"}\n')
    assert "papers, line 3: this is not UTF-8 text (byte 12 is 0xe9)." in refusal(tmp_path / "papers")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 1 << 20)
    with Path("/dev/zero").open("rb") as endless, pytest.raises(UnreadableInput, match="line 1: longer than 1 MiB"):
        list(lines.Lines("endless", endless))


def test_nothing_is_handed_out_when_a_later_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "good").write_bytes(TWO)
    (tmp_path / "bad").write_bytes(TWO + b"\xff\n")
    refused = pytest.raises(UnreadableInput, match="bad, line 3: this is not UTF-8")
    with Intake([tmp_path / "good", tmp_path / "bad"]) as intake, refused:
        list(intake.check())


def test_a_file_that_changes_between_the_passes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "papers"
    file.write_bytes(TWO)
    with Intake([file]) as intake:
        list(intake.check())
        with file.open("ab") as more:
            more.write(b'{"id": "c"}\n')
        with pytest.raises(UnreadableInput, match="changed while it was read"):
            list(intake.sightings())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files can be counted where there is a /proc")
def test_no_file_stays_open_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    test_standard_input_is_read_twice(tmp_path, monkeypatch)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_progress_is_told_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(b"".join(b'{"id": "%d"}\n' % n for n in range(1200)))
    with Intake([tmp_path / "papers"]) as intake:
        assert list(intake.check()) == [500, 1000, 1200]
