"""The questions asked before: up and down, kept across starts, erased at a key."""

from __future__ import annotations

import json

from paperreader.paths import Paths
from paperreader.tui.history import MOST, NAME, History
from tests.tui.conftest import Open


async def test_up_in_an_empty_field_brings_earlier_questions_back(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        question = reader.screen.search.question
        await reader.burst("/", "boot", "enter", "/", "home", "pixel ", "escape", "/")
        await reader.burst("up")
        assert question.value == "pixel boot"
        assert reader.screen.answer is not None
        await reader.burst("up")
        assert question.value == "boot"
        await reader.burst("down", "down")
        assert question.value == ""
        await reader.burst("boots", "down")
        assert question.value == "boots", "in a question of one's own, down moves in the hits"
        assert reader.screen.papers.cursor == 1
        await reader.burst("ctrl+up")
        assert question.value == "pixel boot"
        await reader.burst("ctrl+down")
        assert question.value == "boots", "what was being typed is not lost"
        await reader.until(lambda: NAME and json.loads(reader.library.recall(NAME) or "[]") == ["boot", "pixel boot"])
    async with reading(indexed) as reader:
        await reader.burst("/", "up", "up")
        assert reader.screen.search.question.value == "boot", "they are kept across starts"
        await reader.burst("shift+delete")
        assert reader.screen.search.question.value == ""
        await reader.until(lambda: json.loads(reader.library.recall(NAME) or "[]") == ["pixel boot"])
        await reader.burst("shift+delete")
        assert "forget all" in reader.shown()[0]
        await reader.burst("shift+delete")
        await reader.until(lambda: reader.library.recall(NAME) is None)


def test_what_is_kept_is_bounded_and_has_no_question_twice() -> None:
    kept: dict[str, str | None] = {}
    history = History(kept.get, kept.__setitem__)
    for number in range(MOST + 20):
        history.add(f"question {number}")
    history.add("question 100")
    history.write("question 100")
    assert len(history.questions) == MOST
    assert history.questions[-1] == "question 100"
    assert history.questions.count("question 100") == 1
    assert not history.add("question 100")
    assert not history.add("  ")


def test_two_apps_lose_none_of_each_others_questions() -> None:
    kept: dict[str, str | None] = {}
    one, other = History(kept.get, kept.__setitem__), History(kept.get, kept.__setitem__)
    assert (one.questions, other.questions) == ([], [])
    for history, question in ((one, "a"), (other, "b"), (one, "c")):
        history.add(question)
        history.write(question)
    assert json.loads(kept[NAME] or "") == ["a", "b", "c"]


def test_what_cannot_be_understood_is_no_history() -> None:
    for text in ("{", "3", '[1, "a", " ", null]'):
        questions = History({NAME: text}.get, lambda name, value: None).questions
        assert questions == (["a"] if "a" in text else [])
