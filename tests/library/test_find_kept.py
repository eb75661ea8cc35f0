"""What the person keeps, asked for in a question, completed, and counted beside an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.paper import IMPORT, Sighting, State
from paperreader.paths import Paths
from paperreader.store import recording


@pytest.fixture(params=["indexed", "titles only"])
def library(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path), now=lambda: 1_790_000_000.0, starter=False)
    known = [Sighting(source=IMPORT, arxiv_id=f"2401.0000{n}", title=f"Graph paper {n}") for n in range(1, 7)]
    for _ in recording.record(library._database, known, 1.0, revive=False):
        pass
    if request.param == "indexed":
        for _ in library.catch_up():
            pass
    keeping = library.keeping
    r1, r2, r3, r4, r5, r6 = (library.resolve(f"2401.0000{n}") for n in range(1, 7))
    keeping.add([r3, r1], "To Read")
    keeping.add([r2], "LLM agents")
    keeping.tag([r1, r2], "RL")
    keeping.tag([r2, r3], "world models")
    keeping.rate([r1], 5)
    keeping.rate([r2], 3)
    keeping.annotate(r4, "A **naïve** idea\nabout kernels")
    keeping.set_state([r5], State.READING)
    keeping.dismiss([r6])
    library.mark_read([r4])
    yield library
    library.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("tag:rl", "12"),
        ("tag:#RL graph", "12"),
        ("tag:rl,world-models", "123"),
        ('tag:"world models" tag:rl', "2"),
        ("-tag:rl -is:dismissed", "345"),
        ('list:"to read"', "13"),
        ("list:to-read OR list:llm-agents", "123"),
        ("list:toread", "13"),
        ("list:nowhere", ""),
        ("note:naive", "4"),
        ('note:"IDEA about"', "4"),
        ('note:"about idea"', ""),
        ("rating:>3", "1"),
        ("rating:3..5", "12"),
        ("rating:<4", "2"),
        ("is:reading", "5"),
        ("is:dismissed", "6"),
        ("is:unread", "123"),
        ("is:unread,dismissed", "1236"),
        ("is:read", "4"),
        ("has:note", "4"),
        ("has:tag", "123"),
        ("has:list", "123"),
        ("has:rating", "12"),
    ],
)
def test_a_question_asks_for_what_is_kept(library: Library, question: str, expected: str) -> None:
    found = library.find(question, finished=True)
    if " OR " in question and library.index_state().lag:
        return  # conditions inside of OR are for the index to answer
    assert "".join(sorted(paper.arxiv_id[-1] for paper in library.papers(found.ids))) == expected


def test_tags_and_lists_are_found_from_their_beginning_while_they_are_typed(library: Library) -> None:
    assert library.find("tag:wor").total == 2
    assert library.find("list:llm").total == 1
    assert library.find("tag:wor", finished=True).total == 0


def test_a_name_that_no_paper_has_is_said_with_the_nearest_there_is(library: Library) -> None:
    def remarks(question: str) -> list[str]:
        return [r for r in library.find(question, finished=True).remarks if r.startswith("no paper")]

    assert remarks("graph tag:wrold-models") == ['no paper has tag:wrold-models (tag:"world models" is near)']
    assert remarks("-tag:rl,rll") == ["no paper has tag:rll (tag:RL is near)"]
    assert remarks("list:nowhere cat:cs.ZZ") == ["no paper has list:nowhere", "no paper has cat:cs.ZZ"]
    assert remarks("source:imprt") == ["no paper has source:imprt (source:import is near)"]
    assert remarks("tag:rl rating:5 note:nothing graph") == []


def test_names_of_tags_and_lists_complete_a_question(library: Library) -> None:
    assert library.search.complete("tag:w") == ["tag:world-models"]
    assert library.search.complete('tag:"wor') == ['tag:"world models"']
    assert library.search.complete("graph list:") == ["graph list:to-read", "graph list:LLM-agents"]
    assert "rating:" in library.search.complete("rat")
    assert library.search.complete("is:rea") == ["is:reading", "is:read"]


def test_tags_and_lists_are_counted_beside_an_answer_as_they_are_now(library: Library) -> None:
    def told(name: str) -> dict[str, int]:
        facets = library.search.facets(library.find("", finished=True))
        return {value.condition: value.count for facet in facets if facet.name == name for value in facet.values}

    assert told("tag") == {"tag:RL": 2, 'tag:"world models"': 2}
    assert told("list") == {'list:"to read"': 2, 'list:"LLM agents"': 1}
    library.keeping.rename_tag("rl", "World Models")
    library.keeping.delete_list("llm agents")
    assert told("tag") == {'tag:"world models"': 3}
    assert told("list") == {'list:"to read"': 2}
    library.undo()
    library.undo()
    assert told("tag") == {"tag:RL": 2, 'tag:"world models"': 2}
