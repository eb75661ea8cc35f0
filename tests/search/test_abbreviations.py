"""Abbreviations are learnt from the papers themselves, and mean their long forms too."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperreader.search.abbreviations import Abbreviations, introduced
from tests.search.shelf import WAYS, Shelf, paper

INTRODUCED = [
    ("We use Large Language Models (LLMs) here.", [("llm", "large language models")]),
    ("A study of reinforcement learning (RL).", [("rl", "reinforcement learning")]),
    ("RL (reinforcement learning) is hard.", [("rl", "reinforcement learning")]),
    ("the Region-based CNN (R-CNN) model", []),
    ("mean Average Precision (mAP)", [("map", "mean average precision")]),
    ("Generative Adversarial Networks (GANs) and Variational Auto-Encoders (VAEs)", 2),
    ("state-of-the-art (SOTA) results", [("sota", "state of the art")]),
    ("as we show (see below)", []),
    ("in 2020 (Figure 3)", []),
    ("a method (ours)", []),
    ("It ended. Learning (RL) goes on", []),
    ("()", []),
    ("(RL)", []),
    ("x" * 5000 + " (RL)", []),
]


@pytest.mark.parametrize(("text", "expected"), INTRODUCED)
def test_what_a_text_introduces(text: str, expected: list[tuple[str, str]] | int) -> None:
    found = list(introduced(text))
    assert len(found) == expected if isinstance(expected, int) else found == expected


def test_the_usual_meanings_are_kept_and_singular_and_plural_are_one() -> None:
    parts = [
        {"llm": {"large language model": 3, "large language models": 9, "low level mapping": 1}},
        {"llm": {"large language models": 2}, "cnn": {"cable news network": 1}},
    ]
    known = Abbreviations(parts, 10_000)
    assert known.of("llm", 100) == (("large", "language", "models"),)
    assert known.of("cnn", 10) == ()
    assert known.of("llm", 100_000) == ()
    assert Abbreviations(parts, 100).of("cnn", 1) == (("cable", "news", "network"),)


PAPERS = [
    paper(1, "RL for robots", "We use reinforcement learning (RL) to walk."),
    paper(2, "Reinforcement learning in the wild", "Rewards and policies."),
    paper(3, "Learning to see", "Reinforcement of concrete is no matter of ours, and learning is."),
    paper(4, "RL again", "Deep RL."),
    paper(5, "Vision", "Pictures."),
]


@pytest.fixture(scope="module", params=WAYS)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made: Shelf = request.param(tmp_path_factory.mktemp("shelf"), PAPERS)
    return made


def test_a_short_form_finds_its_long_form_too_behind_itself(shelf: Shelf) -> None:
    found = shelf.finder.find("RL", finished=True)
    assert set(found.ids[:2]) == {1, 4}
    assert 2 in found.ids
    assert found.also == ("reinforcement learning",)
    assert found.complete == found.total
    title = "Reinforcement learning in the wild"
    assert found.marker.spans(title) == ((0, 22),)


def test_it_can_be_switched_off(shelf: Shelf) -> None:
    found = shelf.finder.find("RL", finished=True, expand=False)
    assert set(found.ids) == {1, 4}
    assert found.also == ()


@pytest.mark.parametrize(
    "question", ["reinforcement learning RL", "robots", "-RL robots", "title:rl", "rl*", "rewards"]
)
def test_what_is_said_already_or_meant_otherwise_is_not_expanded(shelf: Shelf, question: str) -> None:
    assert shelf.finder.find(question, finished=True).also == ()


def test_abbreviations_of_a_new_segment_count(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    assert shelf.finder.find("nerf", finished=True).also == ()
    shelf.update([paper(9, "Fields", "We render neural radiance fields (NeRF).")])
    assert shelf.finder.find("nerf", finished=True).also == ("neural radiance fields",)
