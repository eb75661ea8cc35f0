from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from paperreader.paths import Paths
from paperreader.search.locking import writing
from tests.cli.conftest import Program
from tests.terminal.pty import Terminal

Jsonl = Callable[..., Path]
PAPERS = (
    {"id": "a", "title": "Graph networks", "published": "2020-01"},
    {"id": "b", "title": "Diffusion of graphs", "published": "2024", "abstract": "Nothing about networks."},
    {"id": "c", "title": "Video diffusion", "published": "2022-05-01", "authors": ["Zoë Lopez"]},
    {"id": "d", "title": ""},
)


def ids(paperreader: Program, *words: str) -> list[str]:
    return [line.split("\t")[0] for line in paperreader("find", *words).lines]


def test_without_words_everything_is_listed_newest_first(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    assert ids(paperreader) == ["b", "c", "a", "d"]
    assert paperreader("find").lines[0] == "b\t2024\tDiffusion of graphs"
    assert paperreader("find").lines[3] == "d\t\t(untitled)"
    assert ids(paperreader, "-n", "2") == ["b", "c"]


def test_words_find_papers_and_options_may_stand_among_them(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    assert set(ids(paperreader, "graph", "networks")[:2]) == {"a", "b"}
    assert set(ids(paperreader, "graph", "AND", "networks")) == {"a", "b"}
    assert len(ids(paperreader, "graph", "-n", "1", "networks")) == 1
    assert ids(paperreader, "--", "diffusion", "-graphs") == ["c"]
    assert ids(paperreader, "author:zoe") == ["c"]
    assert ids(paperreader, '"video diffusion"') == ["c"]


def test_json_objects_are_those_that_import_reads(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    assert paperreader("find", "video", "--json").objects == [PAPERS[2]]


def test_nothing_found_is_told_and_ends_with_1(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    answer = paperreader("find", "zyzzyva")
    assert (answer.code, answer.out) == (1, "")
    assert "Nothing found." in answer.err


def test_malformed_questions_find_what_they_can(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    for question in ('"', "(((", "AND OR", "author:", "title:)", "*", "-", "\udcff".encode("utf-8", "surrogateescape")):
        answer = paperreader("find", "--", question)
        assert answer.code in (0, 1)
        assert "bug" not in answer.err


def test_a_missing_index_is_made_before_the_answer(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    index = Paths.under(paperreader.home).index
    index.rename(index.with_name("gone"))
    assert ids(paperreader, "video") == ["c"]
    assert index.exists()


def test_a_search_waits_for_another_process_that_writes_the_index(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    index = Paths.under(paperreader.home).index
    index.rename(index.with_name("gone"))
    with writing(index):
        process = subprocess.Popen(
            paperreader.command("find", "video"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=paperreader.environment(),
            text=True,
        )
        assert process.stderr is not None
        assert "waiting for it" in process.stderr.readline()
        assert process.poll() is None
    out, _ = process.communicate()
    assert out == "c\t2022\tVideo diffusion\n"


def test_where_the_index_cannot_be_written_titles_are_searched(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    index = Paths.under(paperreader.home).index
    index.rename(index.with_name("gone"))
    index.write_text("a file where a folder should be")
    answer = paperreader("find", "video")
    assert answer.out == "c\t2022\tVideo diffusion\n"
    assert "cannot be written" in answer.err


def test_hostile_titles_are_text_and_one_line_each(paperreader: Program, jsonl: Jsonl) -> None:
    hostile = ["[CLS] is all you need", "On [/foo] and [bar]", "\x1b[2J\x1b]0;x\x07", "a\tb", "\u202egnp", "深度学习"]
    paperreader("import", jsonl(*({"id": f"h{n}", "title": title} for n, title in enumerate(hostile))))
    lines = sorted(paperreader("find").lines)
    assert [line.split("\t")[2] for line in lines] == [
        "[CLS] is all you need",
        "On [/foo] and [bar]",
        "␛[2J␛]0;x␇",
        "a b",
        "gnp",
        "深度学习",
    ]


def test_a_person_sees_columns(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    with Terminal.of_paperreader(paperreader.home, "find") as terminal:
        assert terminal.wait() == 0
    assert "b           2024  Diffusion of graphs" in terminal.text


def test_a_person_gets_the_best_papers_and_a_script_gets_all(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*({"id": f"p{n}", "title": f"Paper {n}"} for n in range(100))))
    assert len(paperreader("find", "paper").lines) == 100
    with Terminal.of_paperreader(paperreader.home, "find", "paper") as terminal:
        assert terminal.wait() == 0
    assert "The best 30 of 100 papers; -n N shows more." in terminal.text
    assert terminal.text.count("Paper ") == 30
