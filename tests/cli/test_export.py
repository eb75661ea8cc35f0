from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path

import pytest

from paperreader.errors import ExportError
from paperreader.exports.whole_file import put_in_place
from paperreader.library import Library
from paperreader.paper import Sighting
from paperreader.paths import Paths
from paperreader.store.recording import record
from tests.cli.conftest import Program

BOOTS = "2402.00847"


def test_the_bookmarks_are_exported_unless_all_is_wanted(paperreader: Program) -> None:
    paperreader("bookmark", BOOTS)
    assert paperreader("export").out.count("\n## [") == 1
    assert paperreader("export", "--all").out.count("\n## [") == 247
    assert len(json.loads(paperreader("export", "--format", "json", "--all").out)) == 247
    assert [paper["arxiv_id"] for paper in paperreader("export", "--format=jsonl").objects] == [BOOTS]


def test_a_view_is_a_feed_for_other_readers(paperreader: Program) -> None:
    library = Library.open(Paths.under(paperreader.home), starter=False)
    for n, votes in ((1, 5), (2, 9)):
        told = Sighting(
            source="huggingface", arxiv_id=f"2608.0000{n}", title=f"Paper {n}", votes=votes, listed="2026-08-20"
        )
        assert list(record(library._database, [told], 1787200000.0, revive=False))
    library.close()
    answer = paperreader("export", "--view", "trending", "--format", "atom")
    assert answer.code == 0
    assert "<title>Trending</title>" in answer.out
    assert answer.out.index("<title>Paper 2<") < answer.out.index("<title>Paper 1<")
    assert paperreader("export", "--view", "unread", "--format", "csv").out.count("\n2608.") == 2
    assert "no paper in Rising" in paperreader("export", "--view", "rising").err
    assert paperreader("export", "--view", "new", "--all").code == 2


def test_no_bookmarks_are_an_empty_list_and_a_word(paperreader: Program) -> None:
    answer = paperreader("export", "--format", "json")
    assert (answer.code, answer.out) == (0, "[]\n")
    assert "Nothing is bookmarked" in answer.err
    answer = paperreader("export", "--list", "to read", "--format", "json")
    assert (answer.code, answer.out) == (0, "[]\n")


def test_a_question_that_finds_nothing_writes_nothing(paperreader: Program, tmp_path: Path) -> None:
    file = tmp_path / "found.bib"
    file.write_text("before")
    answer = paperreader("export", "--query", "+zyzzyva", "--format", "bibtex", "-o", file, "--force")
    assert (answer.code, answer.err) == (1, "Nothing found.\n")
    assert file.read_text() == "before"


def test_a_file_is_written_whole_and_replaced_only_when_told(paperreader: Program, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    words = ("export", "--all", "--format", "jsonl", "-o", file)
    answer = paperreader(*words)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"Wrote 247 papers to {file}.\n"
    assert len(file.read_bytes().splitlines()) == 247
    file.write_text("mine")
    answer = paperreader(*words)
    assert answer.code == 1 and "exists already. --force replaces it." in answer.err
    assert file.read_text() == "mine"
    assert paperreader(*words, "--force").code == 0
    assert len(file.read_bytes().splitlines()) == 247
    assert {path.name for path in tmp_path.iterdir()} == {"list.jsonl", "home"}


def test_a_file_that_does_not_fit_is_not_left_half_written(paperreader: Program, tmp_path: Path) -> None:
    file = tmp_path / "out" / "list.md"
    file.parent.mkdir()
    file.write_text("old")
    paperreader("find")

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    process = subprocess.run(
        paperreader.command("export", "--all", "--force", "-o", file),
        env=paperreader.environment(),
        capture_output=True,
        preexec_fn=narrow,
        check=False,
    )
    assert process.returncode == 1
    assert b"cannot be written: File too large" in process.stderr
    assert [(path.name, path.read_text()) for path in file.parent.iterdir()] == [("list.md", "old")]


@pytest.mark.parametrize(
    ("name", "words"), [("", "is a folder"), ("none/list.md", "No such file"), ("x" * 300, "File name too long")]
)
def test_a_place_that_cannot_be_written_is_told(paperreader: Program, tmp_path: Path, name: str, words: str) -> None:
    answer = paperreader("export", "-o", tmp_path / name)
    assert (answer.code, answer.out) == (1, "")
    assert words in answer.err and "bug" not in answer.err


def test_a_link_is_followed_and_a_private_file_stays_private(tmp_path: Path) -> None:
    file, link = tmp_path / "real", tmp_path / "link"
    file.touch(mode=0o600)
    link.symlink_to(file)
    put_in_place(link, ["new"], replace=True)
    assert link.is_symlink() and file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "list"

    def text() -> list[str]:
        file.write_text("somebody else's")
        return ["mine"]

    with pytest.raises(ExportError, match="exists already"):
        put_in_place(file, (piece for pieces in [text] for piece in pieces()), replace=False)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("list", "somebody else's")]


def test_a_template_of_ones_own_is_named_in_the_settings(paperreader: Program) -> None:
    assert "names no template" in paperreader("export", "--format", "template").err
    paperreader("bookmark", BOOTS)
    (paperreader.home / "own.j2").write_text(
        "{% for s in sections %}{% for p in s.papers %}{{ p.id }}!{% endfor %}{% endfor %}"
    )
    (paperreader.home / "settings.toml").write_text('template = "own.j2"\n')
    assert paperreader("export", "--format", "template").out == f"{BOOTS}!"
    assert paperreader("export", "--template", paperreader.home / "none").code == 1


def test_a_list_and_a_question_are_exported_in_their_own_order(paperreader: Program) -> None:
    paperreader("list", "Thesis", "2104.09791", BOOTS)
    assert paperreader("export", "--list", "thesis", "--format", "bibtex").out.count("@misc") == 2
    ids = [paper["arxiv_id"] for paper in json.loads(paperreader("export", "--list", "Thesis", "--format", "json").out)]
    assert ids == ["2104.09791", BOOTS]
    found = [line.split("\t")[0] for line in paperreader("find", "score", "distillation").lines]
    asked = paperreader("export", "--query", "score distillation", "--format", "csv").lines
    assert [line.split(",")[0] for line in asked if line[:4].isdigit()][: len(found)] == found
    assert paperreader("export", "--list", "none").code == 1
    assert paperreader("export", BOOTS, "--all").code == 2


def test_a_pipe_with_a_name_is_written_to(paperreader: Program, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    paperreader("bookmark", BOOTS)
    process = subprocess.Popen(
        paperreader.command("export", "--format", "jsonl", "-o", pipe), env=paperreader.environment(), stderr=-3
    )
    assert json.loads(pipe.read_text())["arxiv_id"] == BOOTS
    assert process.wait() == 0


def test_a_dash_is_standard_output(paperreader: Program) -> None:
    assert paperreader("export", "-o", "-").out == "# Bookmarks\n"
