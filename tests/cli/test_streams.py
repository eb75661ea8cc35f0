"""Pipes that end early, locales without letters, streams that are closed, disks that are full."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from paperreader import cli
from paperreader.cli import crash
from paperreader.paths import Paths
from tests.cli.conftest import Program


def shell(paperreader: Program, line: str) -> subprocess.CompletedProcess[str]:
    """What bash makes of a line, in which `paperreader` is the program; a pipe ends as its worst part does."""
    script = f'paperreader() {{ "$PYTHON" -m paperreader "$@"; }}; set -o pipefail; {line}'
    environment = paperreader.environment({"PYTHON": str(paperreader.command()[0])})
    return subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", ["find", "find --json", "export --all", "export --all --format json", "--help"])
def test_output_piped_into_head_ends_quietly(paperreader: Program, words: str) -> None:
    paperreader("find")
    answer = shell(paperreader, f"paperreader {words} | head -n 1")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert len(answer.stdout.splitlines()) == 1


def test_a_reader_that_is_gone_before_the_first_line_is_no_error(paperreader: Program) -> None:
    answer = shell(paperreader, "paperreader find | true")
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}], ids=str
)
def test_no_locale_ends_in_a_traceback(paperreader: Program, tmp_path: Path, environment: dict[str, str]) -> None:
    paper = {"id": "é😀", "title": "Über 深度学习 😀", "authors": ["Zoë"], "abstract": "naïve"}
    file = tmp_path / "papers.jsonl"
    file.write_text(json.dumps(paper), encoding="utf-8")
    assert paperreader("import", file, environment=environment).code == 0
    for words in (
        ["find"],
        ["show", "é😀"],
        ["export", "--all"],
        ["show", "ü"],
        ["find", "über"],
        ["--help"],
        ["where"],
    ):
        answer = paperreader(*words, environment=environment)
        assert "Traceback" not in answer.err and "bug" not in answer.err
    for words in (["find", "--json"], ["export", "--all", "--format", "jsonl"], ["show", "--json", "é😀"]):
        assert paperreader(*words, environment=environment).objects == [paper]


def test_markdown_keeps_what_an_encoding_lacks(paperreader: Program, tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text(json.dumps({"id": "a", "title": "Zoë 😀"}))
    paperreader("import", file)
    assert "## Zo&#235; &#128512;" in paperreader("export", "--all", environment={"PYTHONIOENCODING": "ascii"}).out


def test_closed_streams_are_no_error(paperreader: Program) -> None:
    assert shell(paperreader, "paperreader find >&-").returncode == 0
    assert shell(paperreader, "paperreader bookmark 2402.00847 2>&-").returncode == 0
    assert shell(paperreader, "paperreader find <&- >&- 2>&-").returncode == 0
    assert shell(paperreader, "paperreader <&-").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("words", ["find -n 1", "export --all", "where --json"])
def test_a_full_disk_is_told(paperreader: Program, words: str) -> None:
    answer = shell(paperreader, f"paperreader {words} > /dev/full")
    assert answer.returncode == 1
    assert answer.stderr == "paperreader: The output cannot be written: No space left on device.\n"


def test_a_bug_is_told_in_a_sentence_and_kept_in_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = Paths.under(tmp_path)

    def broken() -> int:
        raise RuntimeError("a \x1b[31mred\ud800 reason")

    for _ in range(2):
        assert cli._watched(broken, paths) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and str(paths.log) in told[0] and "RuntimeError" in told[0] and "\x1b" not in told[0]
    kept = paths.log.read_text(encoding="utf-8")
    assert kept.count("Traceback") == 2 and "in broken" in kept


def test_a_log_that_cannot_be_written_gives_way_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    told = crash.told(RuntimeError("why"), tmp_path / "file" / "log")
    assert "please report it, with what you did last: RuntimeError: why" in told
    assert "RuntimeError: why" in capsys.readouterr().err


def test_a_log_that_grew_long_begins_anew(tmp_path: Path) -> None:
    log = tmp_path / "paperreader.log"
    log.write_text("x" * (1 << 20) + "x")
    crash.told(RuntimeError("why"), log)
    assert log.stat().st_size < 10_000
    assert (tmp_path / "paperreader.old.log").stat().st_size > 1 << 20
