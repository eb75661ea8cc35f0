"""Misspelt questions find what was meant; right ones are left alone; whole titles come first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.search.spelling import Speller
from tests.search.shelf import WAYS, Shelf, paper

TITLES = [
    *[f"Diffusion models part {n}" for n in range(30)],
    *[f"Transformer networks part {n}" for n in range(25)],
    *[f"Reinforcement learning part {n}" for n in range(25)],
    *[f"Fusion of sensors part {n}" for n in range(40)],
    "Difusion of heat",
    "Attention is all you need",
    "Attention to you",
    "All attention: what it is you need",
    "Zero GPT4 study",
]


@pytest.fixture(scope="module", params=WAYS)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    papers = [paper(i, title, authors=["Yann LeCun"]) for i, title in enumerate(TITLES, 1)]
    made: Shelf = request.param(tmp_path_factory.mktemp("shelf"), papers)
    return made


@pytest.mark.parametrize(
    ("question", "corrections"),
    [
        ("difusion models", (("difusion", "diffusion"),)),
        ("tranfsormer networks", (("tranfsormer", "transformer"),)),
        ("reinforcemnt lerning", (("reinforcemnt", "reinforcement"), ("lerning", "learning"))),
        ("rienforcemnet", (("rienforcemnet", "reinforcement"),)),
        ('"difusion models"', (("difusion", "diffusion"),)),
        ("author:lecunn", (("lecunn", "lecun"),)),
        ("title:tranformer", (("tranformer", "transformer"),)),
        ("difusion AND models", (("difusion", "diffusion"),)),
    ],
)
def test_a_misspelt_question_shows_what_was_meant(
    shelf: Shelf, question: str, corrections: tuple[tuple[str, str], ...]
) -> None:
    found = shelf.finder.find(question, finished=True)
    assert found.corrections == corrections
    assert found.total
    assert found.question == question
    literal = shelf.finder.find(question, finished=True, literal=True)
    assert literal.corrections == ()
    assert literal.complete == 0


@pytest.mark.parametrize(
    "question",
    [
        "difusion of heat",
        "difusion",
        "diffusion",
        "gpt5 study",
        "zzzzzzzz",
        "difus*",
        "-difusion models",
        "the",
        "lern",
    ],
)
def test_a_right_question_and_one_that_nobody_knows_are_left_alone(shelf: Shelf, question: str) -> None:
    assert shelf.finder.find(question, finished=True).corrections == ()


def test_of_near_words_the_one_that_stands_beside_the_others_is_meant(shelf: Shelf) -> None:
    found = shelf.finder.find("fussion sensors", finished=True)
    assert found.corrections == (("fussion", "fusion"),)


@pytest.mark.parametrize(
    "question", ["fusio:models", "date:difusionn", "FusiOn of zzzzzzzz", "DifusiOn", "difuSion models"]
)
def test_names_of_fields_and_names_in_camel_case_are_not_misspelt(shelf: Shelf, question: str) -> None:
    assert shelf.finder.find(question, finished=True).corrections == ()


def test_a_correction_that_finds_nothing_either_is_not_told(shelf: Shelf) -> None:
    found = shelf.finder.find("+fussion +zzzzzzzz", finished=True)
    assert (found.total, found.corrections) == (0, ())
    assert shelf.finder.find("+fussion +sensors", finished=True).corrections == (("fussion", "fusion"),)


@pytest.mark.parametrize("question", ["author:lecun y", "author:LeCun Y. diffusion", "author:lecun y diffusion"])
def test_an_initial_behind_an_authors_name_is_part_of_it(tmp_path: Path, question: str) -> None:
    papers = [paper(1, "Diffusion", authors=["Yann LeCun"]), paper(2, "Diffusion of y", authors=["Ann LeCun"])]
    shelf = Shelf(tmp_path, papers)
    for finished in (True, False):
        assert shelf.ids(question, finished=finished) == [1]
    assert sorted(shelf.ids("author:lecun a diffusion")) == [1, 2]
    assert shelf.ids("author:lecun ann") == [2]


def test_a_misspelt_beginning_is_corrected_when_nothing_begins_so(shelf: Shelf) -> None:
    assert shelf.finder.find("networks transf").corrections == ()
    assert shelf.finder.find("networks transformr").corrections == (("transformr", "transformer"),)


def test_a_long_question_is_never_changed(shelf: Shelf) -> None:
    long = "which difusion models part sensors learning transformer networks heat"
    assert shelf.finder.find(long, finished=True).corrections == ()


@pytest.mark.parametrize(
    "question", ["attention is", "attention is all you", "Attention is all you need", "attention is al"]
)
def test_the_first_words_of_a_title_bring_that_paper_first(shelf: Shelf, question: str) -> None:
    assert shelf.finder.find(question).ids[0] == TITLES.index("Attention is all you need") + 1


@given(st.text(st.sampled_from("abcdfeinosu"), min_size=4, max_size=12))
def test_the_distance_is_that_of_the_definition(word: str) -> None:
    import numpy as np

    from paperreader.search.spelling import _distances

    others = ["fusion", "diffusion", "ab", "abc", "confusion", "fusions", "unions", "founds", "beacon"]
    table = np.array([other.encode() for other in others], "S24").view(np.uint8).reshape(len(others), 24).T
    measured = _distances(word.encode(), np.ascontiguousarray(table), len(word) + 2)
    for other, distance in zip(others, measured.tolist(), strict=True):
        if len(other) <= len(word) + 2:
            assert distance == _defined(word, other)


def _defined(one: str, other: str) -> int:
    rows = [[max(i, j) if not (i and j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def test_words_with_digits_and_of_other_scripts_have_no_neighbours(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, [paper(1, "gpt4 注意力 gpt")])
    opened, _ = shelf.finder._open()
    speller = Speller(opened, "all")
    assert speller.near("gpt5", least=1, most=5) == []
    assert speller.near("注意力学", least=1, most=5) == []
