"""What the search line says of a question: corrected, expanded, completed; and how to have it otherwise."""

from __future__ import annotations

import json

import pytest

from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.tui.messages import QuestionCompleted
from tests.tui.conftest import MEDIUM, NARROW, Open


@pytest.fixture
def abbreviated(paths: Paths) -> Paths:
    """The home of a library that says what RL is short for, indexed."""
    said = ["Reinforcement learning (RL) is hard.", "We study reinforcement learning.", "RL from pixels."]
    lines = [
        json.dumps({"id": f"2501.0000{number}", "title": f"Agents {number}", "abstract": f"{text} {number} runs."})
        for number, text in enumerate(said, 1)
    ]
    file = paths.database.parent.parent / "papers.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines))
    library = Library.open(paths, starter=False)
    for _ in library.import_files([file]):
        pass
    for _ in library.reindex():
        pass
    library.close()
    return paths


async def test_a_word_is_corrected_in_sight_and_f2_takes_it_as_typed(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "difusion")
        corrected = list(reader.screen.papers.listing.rids)
        said = " ".join(line[:27].strip() for line in reader.shown()[3:7])
        assert "showing diffusion for difusion F2" in " ".join(said.split())
        await reader.burst("f2")
        assert reader.screen.search.question.value == "difusion"
        assert "as typed F2" in reader.shown()[4]
        assert list(reader.screen.papers.listing.rids) != corrected
        await reader.burst("f2")
        assert list(reader.screen.papers.listing.rids) == corrected
        await reader.burst("f2", "escape", "/", "difusion")
        assert list(reader.screen.papers.listing.rids) == corrected, "another question is corrected again"


async def test_on_one_line_the_question_keeps_its_room(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, MEDIUM) as reader:
        await reader.burst("/", "difusion")
        assert "› difusion" in reader.shown()[1]
        assert "showing diffusion for difusion F2" in reader.shown()[1]
        await reader.burst(" of images from noise in a latent space")
        assert "› difusion of images from noise in a latent space" in reader.shown()[1]
        assert " found" in reader.shown()[1]
    async with reading(indexed, NARROW) as reader:
        await reader.burst("/", "difusion")
        assert "› difusion" in reader.shown()[1]
        assert " found" in reader.shown()[1]
        await reader.burst(" reinforcemnt")
        assert "showing " in reader.shown()[1]
        assert "F2" in reader.shown()[1], "a correction is cut where it does not fit, never left out"
        assert " found" in reader.shown()[1]


async def test_a_field_that_does_not_exist_is_told_with_the_nearest(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "titel:boot")
        said = " ".join(line[:27].strip() for line in reader.shown()[3:7])
        assert "no field is called titel" in said


async def test_long_forms_are_shown_and_f3_leaves_them_out(abbreviated: Paths, reading: Open) -> None:
    async with reading(abbreviated) as reader:
        await reader.burst("/", "RL")
        assert len(reader.screen.papers.listing) == 3
        assert "also: reinforcement" in reader.shown()[4]
        await reader.burst("f3")
        assert len(reader.screen.papers.listing) == 2
        assert "no long forms F3" in reader.shown()[4]
        await reader.burst("f3")
        assert len(reader.screen.papers.listing) == 3


async def test_the_last_word_is_completed_behind_the_cursor(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "zero-shot seg")
        await reader.until(lambda: reader.screen.search.question.suggested)
        full = reader.screen.search.question.suggested
        assert full.startswith("zero-shot seg")
        assert full[:20] in reader.shown()[2]
        await reader.burst(full[len("zero-shot seg")])
        assert reader.screen.search.question.suggested == full, "whoever types what is shown goes on seeing the rest"
        await reader.burst("tab")
        assert reader.screen.search.question.value == full
        assert reader.pane() == "search"
        await reader.burst("tab")
        assert reader.pane() == "shelf", "where no word is shown, Tab goes on to the next pane"


async def test_right_at_the_end_completes_too_and_an_older_word_is_never_shown(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "auth")
        question = reader.screen.search.question
        await reader.until(lambda: question.suggested)
        full = question.suggested
        assert full == reader.library.search.complete("auth", 1)[0]
        reader.screen.search.post_message(QuestionCompleted("aut", "automatic"))
        await reader.calm()
        assert question.suggested == full
        await reader.burst("left", "tab")
        assert reader.pane() == "shelf", "inside the word there is nothing to complete"
        await reader.burst("/", "end", "backspace", "h")
        await reader.until(lambda: question.suggested == full)
        await reader.burst("right")
        assert question.value == full
