"""Papers like others: a list with its terms, a way back, three below the text."""

from __future__ import annotations

from paperreader.paths import Paths
from paperreader.tui.panes.terms import Wanted
from tests.tui.conftest import MEDIUM, Open, Reader


async def _laid(reader: Reader) -> None:
    await reader.until(lambda: not reader.screen.counting)
    await reader.calm()


def _terms(reader: Reader) -> list[str]:
    whats = [entry.what for entry in reader.screen.search.shelf.entries]
    return [what.word for what in whats if isinstance(what, Wanted)]


async def test_m_lists_papers_like_this_one_and_escape_leads_back(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootstap", "enter")
        seed, hits = reader.row(), list(reader.screen.papers.listing.rids)
        await reader.burst("m")
        await _laid(reader)
        assert "Like BootsTAP" in reader.shown()[0]
        assert reader.screen.search.question.value == ""
        alike = list(reader.screen.papers.listing.rids)
        assert alike == list(reader.library.search.similar([seed.rid]).ids)
        assert seed.rid not in alike
        assert "tracking" in _terms(reader)
        assert any("Alike by" in line for line in reader.shown())
        first = reader.row().rid
        await reader.burst("m", "escape")
        assert list(reader.screen.papers.listing.rids) == alike
        assert reader.row().rid == first
        await reader.burst("escape")
        assert reader.screen.search.question.value == "bootstap"
        assert list(reader.screen.papers.listing.rids) == hits
        assert reader.row().rid == seed.rid
        await reader.burst("escape")
        assert len(reader.screen.papers.listing) == 247


async def test_terms_are_struck_out_and_weighed(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootstap", "enter", "m", "f")
        await _laid(reader)
        assert reader.pane() == "shelf"
        rid = reader.screen.likeness.rids[0] if reader.screen.likeness else 0
        first = _terms(reader)[0]
        await reader.burst("enter")
        await _laid(reader)
        assert list(reader.screen.papers.listing.rids) == list(
            reader.library.search.similar([rid], without=[first]).ids
        )
        assert _terms(reader)[0] == first, "what is struck out stays in sight, and where it was"
        assert any(f"× {first}" in line for line in reader.shown())
        await reader.burst("enter", "j", "+", "+")
        await _laid(reader)
        second = _terms(reader)[1]
        likeness = reader.screen.likeness
        assert likeness is not None
        assert second in likeness.weights
        sought = reader.library.search.similar([rid], weights=likeness.weights)
        assert list(reader.screen.papers.listing.rids) == list(sought.ids)


async def test_similar_papers_of_several_and_fewer_like_one(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "space", "space", "m")
        assert "Like 2 papers" in reader.shown()[0]
        one = reader.row().rid
        await reader.burst("M")
        assert one not in reader.screen.papers.listing.rids
        await reader.burst("4")
        assert len(reader.screen.papers.listing) == 247
        assert reader.screen.likeness is None


async def test_a_question_takes_the_place_of_similar_papers(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "j")
        rid = reader.row().rid
        await reader.burst("m", "/", "boot", "enter")
        assert reader.screen.likeness is None
        assert "All" in reader.shown()[0]
        await reader.burst("escape")
        assert reader.row().rid == rid


async def test_three_similar_papers_stand_below_the_text_and_lead_on(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootstap", "enter")
        seed = reader.row().rid
        await reader.until(lambda: any(line[70:].split("│")[-1].strip() == "Similar" for line in reader.shown()))
        likest = reader.library.search.similar([seed], limit=3).ids
        await reader.burst("enter", "left")
        await reader.burst("enter")
        assert reader.row().rid == likest[2], "the last link is the third of them"
        assert "Like BootsTAP" in reader.shown()[0]
        await reader.burst("escape")
        assert reader.row().rid == seed


async def test_in_a_medium_window_terms_are_laid_over_the_screen(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, MEDIUM) as reader:
        await reader.burst("/", "bootstap", "enter", "m", "f")
        assert any("Alike by" in line for line in reader.shown())
        await reader.burst("enter")
        assert reader.screen.likeness is not None
        assert len(reader.screen.likeness.struck) == 1
