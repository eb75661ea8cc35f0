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


def test_an_index_with_spoilt_contents_is_built_anew_and_asked_again(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    file = paperreader.home / "questions.jsonl"
    file.write_text('{"id": 1, "text": "networks"}\n')
    wanted = paperreader("find", "networks").lines, paperreader("find", "--batch", str(file)).out
    for suffix, asked in ((".pst", ("networks",)), (".words", ("--batch", str(file))), (".trm", ("networks",))):
        (spoilt,) = (paperreader.home / "cache" / "index").glob(f"g-*/*{suffix}")
        spoilt.write_bytes(bytes(spoilt.stat().st_size))
        answer = paperreader("find", *asked)
        assert (answer.lines if asked == ("networks",) else answer.out) in wanted, suffix
    assert "titles only" not in paperreader("find", "networks").err


def test_a_batch_is_best_match_first(paperreader: Program) -> None:
    assert paperreader("find", "--batch", "-", "--sort", "votes").code == 2


def test_a_question_that_asks_for_nothing_says_so(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    for question in ('"', "()", "+", '""'):
        answer = paperreader("find", "--", question)
        assert (len(answer.lines), "nothing to look for: all are listed" in answer.err) == (4, True), question


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
    assert f"A file stands where the folder {index} " in answer.err and "Move it away" in answer.err


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


def test_conditions_corrections_and_abbreviations_are_understood_and_said(paperreader: Program, jsonl: Jsonl) -> None:
    more = {"id": "e", "title": "Graph neural networks (GNN)", "categories": ["cs.LG"], "published": "2023"}
    paperreader("import", jsonl(*PAPERS, more))
    assert ids(paperreader, "cat:cs.LG") == ["e"]
    assert ids(paperreader, "date:>=2022") == ["b", "e", "c"]
    answer = paperreader("find", "vidoe", "diffusion")
    assert answer.lines[0].startswith("c\t")
    assert "Showing video for vidoe; --literal takes it as it is." in answer.err
    assert "Showing" not in paperreader("find", "--literal", "vidoe", "diffusion").err
    assert "Also: graph neural networks." in paperreader("find", "gnn").err
    assert "Also" not in paperreader("find", "--literal", "gnn").err
    assert ids(paperreader, "is:unread", "is:read") == []


def test_an_answer_is_sorted_as_one_wants(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    assert ids(paperreader, "diffusion OR graph", "--sort", "newest") == ["b"]
    assert ids(paperreader, "diffusion", "--sort", "newest") == ["b", "c"]
    assert ids(paperreader, "diffusion", "--sort", "oldest") == ["c", "b"]
    assert ids(paperreader, "diffusion", "--sort", "title", "-n", "1") == ["b"]
    assert ids(paperreader, "--sort", "oldest")[0] == "a"
    assert paperreader("find", "--sort", "worst").code == 2


def test_why_shows_the_passage_with_its_words_marked(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    assert "b\t2024\tDiffusion of graphs\tNothing about «networks»." in paperreader("find", "network", "--why").lines
    assert paperreader("find", "network", "--why", "--json").code == 2


def test_facets_count_instead_of_listing(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    assert paperreader("find", "diffusion", "--facets").lines == [
        "year\t2024\t1\tdate:2024",
        "year\t2022\t1\tdate:2022",
        "source\timport\t2\tsource:import",
    ]
    assert paperreader("find", "diffusion", "--facets", "--json").objects[0] == {
        "facet": "year",
        "value": "2024",
        "count": 1,
        "condition": "date:2024",
    }


def test_similar_papers_are_listed_with_the_terms_that_say_so(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    answer = paperreader("find", "--similar", "b")
    assert {line.split("\t")[0] for line in answer.lines} == {"a", "c"}
    assert "diffusion" in answer.err
    assert [line.split("\t")[0] for line in paperreader("find", "--similar", "b", "video").lines] == ["c"]
    assert paperreader("find", "--similar", "nobody").code == 1


def test_a_file_of_questions_is_answered_line_by_line(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl(*PAPERS))
    questions = jsonl({"id": "q1", "text": "video"}, {"id": 2, "text": "zyzzyva"}, {"id": "q3", "text": ""}, name="q")
    expected = [{"id": "q1", "ids": ["c"]}, {"id": 2, "ids": []}, {"id": "q3", "ids": ["b", "c", "a", "d"]}]
    assert paperreader("find", "--batch", questions).objects == expected
    assert paperreader("find", "--batch", "-", stdin=questions.read_bytes()).objects == expected
    assert paperreader("find", "--batch", questions, "-n", "2").objects[2]["ids"] == ["b", "c"]


def test_a_line_that_is_no_question_is_named_and_a_file_too(paperreader: Program, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    for line in ('{"id": 1}', "[1]", "nonsense", '{"text": 5, "id": 1}'):
        bad.write_text('{"id": "a", "text": "graph"}\n\n' + line)
        answer = paperreader("find", "--batch", bad)
        assert answer.code == 1
        assert "line 3" in answer.err
        assert len(answer.objects) == 1
    assert paperreader("find", "--batch", tmp_path / "absent").code == 1
    assert paperreader("find", "--batch", bad, "word").code == 2
