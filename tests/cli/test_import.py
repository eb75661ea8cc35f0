from __future__ import annotations

import gzip
import json
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Answer, Program
from tests.terminal.pty import Terminal

Jsonl = Callable[..., Path]
ONE = {"arxiv_id": "2401.01234", "title": "One", "authors": ["Ana Lopez"], "published": "2024-01-02", "abstract": "A."}
TWO = {"id": "conf.2", "title": "Two"}


def test_the_page_over_the_starter_papers_gives_247_papers_with_their_abstracts(
    paperreader: Program, shared: Callable[[str], Path]
) -> None:
    page = shared("seed/trending-page.txt")
    before = paperreader("find", "--json").objects
    assert len(before) == 247 and not any("abstract" in paper for paper in before)
    answer = paperreader("import", page)
    assert (answer.code, answer.out) == (0, "")
    assert "0 new, 247 changed" in answer.err
    after = paperreader("find", "--json").objects
    assert {paper["arxiv_id"] for paper in after} == {paper["arxiv_id"] for paper in before}
    lines = page.read_text(encoding="utf-8").split("\n")[2:]
    lines[0] = lines[0].removeprefix("Subscribe")
    assert {paper["title"]: paper["abstract"] for paper in after} == {
        " ".join(title.split()): abstract.strip() for title, abstract in zip(lines[::2], lines[1::2], strict=True)
    }
    assert "0 new, 0 changed, 247 as they were" in paperreader("import", page).err


def test_the_starter_papers_join_a_page_that_was_there_first_and_old_ids_still_name_them(
    paperreader: Program, shared: Callable[[str], Path]
) -> None:
    assert "247 new" in paperreader("import", shared("seed/trending-page.txt")).err
    by_title = paperreader("find", "--json", "bootstap").objects[0]
    assert by_title["id"].startswith("title-")
    paperreader("starter", "on")
    after = paperreader("find", "--json").objects
    assert len(after) == 247
    assert all(paper["arxiv_id"] and paper["abstract"] for paper in after)
    assert paperreader("show", "--json", by_title["id"]).objects[0]["arxiv_id"] == "2402.00847"


def test_a_library_that_begins_with_an_import_has_no_starter_papers(paperreader: Program, jsonl: Jsonl) -> None:
    assert "2 new" in paperreader("import", jsonl(ONE, TWO)).err
    assert [paper["title"] for paper in paperreader("find", "--json").objects] == ["One", "Two"]


def test_an_import_that_fails_leaves_nothing_half_done(paperreader: Program, jsonl: Jsonl, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(json.dumps(TWO).encode() + b"\n\xff\n")
    answer = paperreader("import", jsonl(ONE), bad)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"paperreader: {bad}, line 2: this is not UTF-8 text")
    titles = [paper["title"] for paper in paperreader("find", "--json").objects]
    assert len(titles) == 247 and not {"One", "Two"} & set(titles)


def test_one_bad_entry_does_not_keep_the_others_out(paperreader: Program, jsonl: Jsonl, tmp_path: Path) -> None:
    bib = tmp_path / "some.bib"
    bib.write_text("@misc{a, title={First}}\n@misc{b title}\n@misc{c, title={Third}}\n@misc{d, year=2020}\n")
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(TWO) + "\n{oops\n")
    answer = paperreader("import", bib, bad)
    assert (answer.code, answer.out) == (3, "")
    assert "3 new, 0 changed, 0 as they were, 3 refused" in answer.err
    assert f"Refused: {bib}, line 2: no BibTeX entry" in answer.err
    assert f"Refused: {bib}, line 4: the entry 'd' has neither title" in answer.err
    assert f"Refused: {bad}, line 2: no JSON object" in answer.err
    assert {paper["title"] for paper in paperreader("find", "--json").objects} == {"First", "Third", "Two"}


def test_what_is_left_out_is_told(paperreader: Program, jsonl: Jsonl) -> None:
    answer = paperreader("import", jsonl({**ONE, "pages": "X", "votes": 3}, {**TWO, "published": "soon"}))
    assert answer.code == 0
    for told in ("2 new", "pages (1)", "votes (1)", "published not understood: 1"):
        assert told in answer.err


def test_standard_input_may_be_packed_and_is_one_file_among_others(paperreader: Program, jsonl: Jsonl) -> None:
    answer = paperreader("import", jsonl(ONE), "-", stdin=gzip.compress(json.dumps(TWO).encode()))
    assert "2 new" in answer.err
    assert paperreader("show", "--json", "conf.2").objects == [TWO]


def test_what_an_import_brought_can_be_found_when_it_returns(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader(
        "import", jsonl({"id": "z", "title": "Nothing", "abstract": "A word that only this paper has: zyzzyva."})
    )
    assert [line.split("\t")[0] for line in paperreader("find", "zyzzyva").lines] == ["z"]
    paperreader("import", jsonl({"id": "y", "title": "Zyzzyva two"}))
    assert {line.split("\t")[0] for line in paperreader("find", "zyzzyva").lines} == {"z", "y"}


def test_exporting_and_importing_gives_the_same_papers(paperreader: Program, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    assert paperreader("export", "--all", "--format", "jsonl", "-o", file).code == 0
    other = Program(tmp_path / "other")
    assert "247 new" in other("import", file).err
    again = other("export", "--all", "--format", "jsonl").lines
    assert sorted(again) == sorted(file.read_text(encoding="utf-8").splitlines())
    assert "0 new, 0 changed, 247 as they were" in other("import", file).err


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=20, max_size=60, unique=True))
def test_ids_go_in_and_out_unchanged(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("ids")
    program = Program(folder / "home")
    file = folder / "papers.jsonl"
    file.write_text("".join(json.dumps({"id": name}) + "\n" for name in names), encoding="utf-8")
    assert f"{len(names)} new" in program("import", file).err
    assert {paper["id"] for paper in program("find", "--json").objects} == set(names)
    shown = program("show", "--json", "--", *names[:20])
    assert [paper["id"] for paper in shown.objects] == names[:20], shown.err


@pytest.mark.parametrize("word", ["2401.01234", "arXiv:2401.01234v2", "https://arxiv.org/pdf/2401.01234v1.pdf"])
def test_a_paper_is_shown_by_its_id_or_a_link(paperreader: Program, jsonl: Jsonl, word: str) -> None:
    paperreader("import", jsonl(ONE))
    assert paperreader("show", "--json", word).objects == [ONE]


def test_progress_is_shown_to_a_person_and_to_nobody_else(paperreader: Program, jsonl: Jsonl) -> None:
    many = jsonl(*({"id": f"p{n}", "title": f"Paper {n}"} for n in range(1200)))
    assert "Reading" not in paperreader("import", many).err
    with Terminal.of_paperreader(paperreader.home, "import", str(many)) as terminal:
        assert terminal.wait() == 0
    assert b"\rReading 500" in terminal.raw
    assert "as they were" in terminal.text and "Reading" not in terminal.text


def ended_by_ctrl_c(paperreader: Program, *words: str, begun: bytes) -> Answer:
    """The answer to Ctrl+C when the program has read more than a pipe holds, and waits for the rest."""
    process = subprocess.Popen(
        paperreader.command(*words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=paperreader.environment(),
    )
    assert process.stdin is not None
    process.stdin.write(begun)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    return Answer(process.returncode, out.decode(), err.decode())


def test_ctrl_c_ends_an_import_with_a_word_of_what_is_kept(paperreader: Program) -> None:
    begun = (json.dumps(TWO) + "\n").encode() * 20_000
    answer = ended_by_ctrl_c(paperreader, "import", "-", begun=begun)
    assert (answer.code, answer.out) == (130, "")
    assert answer.err.startswith("Ended by Ctrl+C. Papers that were recorded are kept")
    assert len(paperreader("find").lines) == 247


@pytest.mark.parametrize("kept", [0, 150])
def test_kill_9_during_an_import_leaves_whole_papers_and_importing_again_completes_it(
    paperreader: Program, jsonl: Jsonl, kept: int
) -> None:
    many = [
        {"id": f"p{n:04}", "title": f"Paper {n}", "abstract": "A text. " * 50, "tags": ["mine"]} for n in range(600)
    ]
    file = jsonl(*many)
    whole = Program(paperreader.home.parent / "whole")
    whole("import", file)
    process = subprocess.Popen(
        paperreader.command("import", file), env=paperreader.environment(), stderr=subprocess.DEVNULL
    )
    database = paperreader.home / "data" / "library.db"
    while process.poll() is None and _papers(database) < kept + 1:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert _papers(database) <= len(many)
    assert paperreader("import", file).code == 0
    assert paperreader("find", "--json").out == whole("find", "--json").out
    assert paperreader("tag").out == "mine\t600\n"


def _papers(database: Path) -> int:
    """How many there are on the disk now; none while the library is being made."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM paper").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
