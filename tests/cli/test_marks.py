"""Bookmarks, removals and the starter papers, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Program

Jsonl = Callable[..., Path]

BOOTS, PROP = "2402.00847", "2104.09791"


def listed(paperreader: Program) -> set[str]:
    return {line.split("\t")[0] for line in paperreader("find").lines}


def bookmarked(paperreader: Program) -> set[str]:
    return {paper["arxiv_id"] for paper in paperreader("export", "--format", "jsonl").objects}


def test_papers_are_bookmarked_by_id_or_link_and_stay_so(paperreader: Program) -> None:
    answer = paperreader("bookmark", BOOTS, f"https://arxiv.org/abs/{PROP}v3", BOOTS)
    assert (answer.code, answer.out, answer.err) == (0, "", "Bookmarked 2 papers.\n")
    assert bookmarked(paperreader) == {BOOTS, PROP}
    assert "already" in paperreader("bookmark", BOOTS).err
    assert paperreader("bookmark", "--remove", BOOTS).code == 0
    assert bookmarked(paperreader) == {PROP}


def test_one_unknown_id_and_nothing_is_bookmarked(paperreader: Program) -> None:
    answer = paperreader("bookmark", BOOTS, "no such id")
    assert (answer.code, answer.out) == (1, "")
    assert "'no such id'" in answer.err
    assert bookmarked(paperreader) == set()


def test_a_removed_paper_is_in_no_list_and_comes_back(paperreader: Program) -> None:
    paperreader("bookmark", BOOTS)
    assert "BootsTAP" in paperreader("remove", BOOTS).err
    assert BOOTS not in listed(paperreader)
    assert paperreader("find", "bootstap").code == 1
    assert paperreader("remove", "--restore", BOOTS).code == 0
    assert BOOTS in listed(paperreader)
    assert bookmarked(paperreader) == {BOOTS}
    assert BOOTS in paperreader("find", "bootstap").out


def test_papers_that_an_import_told_of_stay_when_the_starter_papers_go(paperreader: Program, jsonl: Jsonl) -> None:
    paperreader("import", jsonl({"id": "a", "title": "T"}))
    told = paperreader("starter", "off").err
    assert "Took 0" not in told and "import or a feed told of too stay" in told


def test_the_starter_papers_go_and_come_back(paperreader: Program) -> None:
    assert "247 starter papers" in paperreader("starter", "off").err
    assert paperreader("find").code == 1
    assert "There is no paper in the library." in paperreader("find").err
    assert "247 starter papers" in paperreader("starter", "on").err
    assert len(listed(paperreader)) == 247
    assert "All starter papers are in the list." in paperreader("starter", "on").err


def test_starter_papers_that_are_bookmarked_stay_when_the_others_are_deleted(paperreader: Program) -> None:
    paperreader("bookmark", BOOTS)
    assert paperreader("starter", "off", "--remove").code == 0
    assert bookmarked(paperreader) == {BOOTS}
    paperreader("starter", "on")
    assert len(listed(paperreader)) == 247
