"""The text of a paper: what is on the page, what is folded, what counts as read."""

from __future__ import annotations

import pytest
from textual.content import Content

from paperreader.paper import STARTER, Paper
from paperreader.paths import Paths
from paperreader.tui.glyphs import UNICODE
from paperreader.tui.panes.detail_page import MEASURE, Page, date_in_words, page, paper_links
from paperreader.tui.panes.paper_detail import PaperDetail, no_hits
from tests.tui.conftest import MEDIUM, Open


def told(of: Page) -> str:
    return "\n".join(part.plain for part in of.paragraphs)


def shown(paper: Paper, *, all_authors: bool = False) -> str:
    return told(page(paper, no_hits, UNICODE, all_authors=all_authors))


def test_664_authors_do_not_drown_the_abstract() -> None:
    paper = Paper(rid=1, title="A", authors=tuple(f"Author {n}" for n in range(664)), abstract="The text.")
    folded = shown(paper)
    assert "Author 4  and 659 more" in folded
    assert "Author 5" not in folded
    unfolded = shown(paper, all_authors=True)
    assert "Author 663  fewer" in unfolded


def test_six_authors_are_named_sooner_than_counted() -> None:
    paper = Paper(rid=1, title="A", authors=tuple("ABCDEF"))
    assert "A, B, C, D, E, F" in shown(paper)
    assert "more" not in shown(paper)


def test_a_starter_paper_says_what_its_text_is() -> None:
    text = shown(Paper(rid=1, title="A", summary="In short.", sources=(STARTER,)))
    assert "starter library" in text
    assert "Summary in paperreader's words, not the abstract." in text
    assert "not the abstract" not in shown(Paper(rid=1, title="A", abstract="Whole.", summary="In short."))


def test_no_abstract_is_said() -> None:
    assert "No abstract." in shown(Paper(rid=1, title="A"))
    linked = page(
        Paper(rid=1, title="A", url="https://example.org/a"), no_hits, UNICODE, keymap={"reading.browse": "f6"}
    )
    assert "No abstract. F6 opens the paper's page." in told(linked)


def test_facts_have_one_line() -> None:
    paper = Paper(rid=1, title="A", published="2024-02-01", categories=("cs.CV",), sources=("import",), votes=1318)
    assert "▲ 1,318" in shown(paper)
    assert "1 Feb 2024 · cs.CV · imported" in shown(paper)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2024-02-01", "1 Feb 2024"),
        ("2024-12", "Dec 2024"),
        ("2024", "2024"),
        ("", ""),
        ("2024-13-01", "2024-13-01"),
        ("in press", "in press"),
        ("2024-02-01-9", "2024-02-01-9"),
    ],
)
def test_dates_are_told_as_people_write_them(published: str, words: str) -> None:
    assert date_in_words(published) == words


def test_only_web_addresses_are_links() -> None:
    paper = Paper(rid=1, title="A", doi="10.1/x", code="javascript:alert(1)", url="https://example.org/p.pdf")
    assert [(each.label, each.url) for each in paper_links(paper)] == [
        ("page", "https://example.org/p.pdf"),
        ("PDF", "https://example.org/p.pdf"),
    ]
    assert paper_links(Paper(rid=1, title="A", code="ftp://x")) == []


def test_the_words_of_the_question_are_marked_in_title_and_text() -> None:
    paper = Paper(rid=1, title="Tracking", abstract="A tracker tracks.", authors=("Trac Ker",))
    made = page(paper, lambda text, part: [(0, 4)] if part in ("title", "text") else [], UNICODE)

    def marked(content: Content) -> list[str]:
        return [content.plain[span.start : span.end] for span in content.spans if "$yours" in str(span.style)]

    assert [marked(part) for part in made.paragraphs if marked(part)] == [["Trac"], ["A tr"]]


async def test_the_text_follows_the_cursor(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst(*"jjjjj")
        paper = reader.screen.detail.paper
        assert paper is not None
        assert paper.rid == reader.row().rid
        assert any(paper.authors[0] in text for text in reader.shown())


async def test_no_line_is_longer_than_the_measure(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, (240, 50)) as reader:
        assert reader.screen.detail.size.width > MEASURE + 4
        assert max(line.cell_length for line in reader.screen.detail._lines) <= MEASURE


async def test_enter_gives_the_text_the_keys_and_counts_as_read(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, MEDIUM) as reader:
        assert not reader.row().read
        await reader.burst("enter", "j", "j")
        assert reader.pane() == "detail"
        assert reader.row().read
        assert reader.screen.detail.scroll_y == 2
        assert reader.screen.papers.cursor == 0
        await reader.burst("escape", "j")
        assert reader.pane() == "list"
        assert reader.screen.detail.scroll_y == 0


async def test_a_paper_looked_at_for_long_enough_counts_as_read(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, read_after=0.05) as reader:
        await reader.burst("g")  # stays: a paper passed by on a busy machine may be looked at for long enough too
        await reader.until(lambda: reader.row().read)
        assert [message.rid for message in reader.of_kind(PaperDetail.Rested)] == [reader.row().rid]
        await reader.burst("u")
        assert reader.row().read  # reading is no act to be undone


async def test_a_paper_that_is_passed_by_stays_unread(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, read_after=30.0) as reader:
        await reader.burst(*"jjjj")
        assert reader.library.rows([reader.screen.papers.listing.rids[2]])[0].read is False


async def test_while_a_question_is_typed_nothing_counts_as_read(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, read_after=0.02) as reader:
        await reader.burst("j", "k")
        await reader.until(lambda: reader.row().read)
        await reader.burst("/", "bootpig")
        assert not reader.screen.detail.watched
        assert reader.screen.detail._rest is None
        assert not reader.row().read


async def test_e_unfolds_the_authors(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j")
        assert any("and 2 more" in text for text in reader.shown())
        await reader.burst("e")
        assert not any("and 2 more" in text for text in reader.shown())
        await reader.burst("e")
        assert any("and 2 more" in text for text in reader.shown())


async def test_a_click_on_a_link_asks_for_it(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        lines = reader.shown()
        row = next(number for number, text in enumerate(lines) if "arXiv " in text)
        await reader.pilot.click(offset=(lines[row].index("arXiv ") + 1, row))
        await reader.calm()
        paper = reader.screen.detail.paper
        assert paper is not None
        assert [message.url for message in reader.of_kind(PaperDetail.OpenLink)] == [paper.link]


async def test_links_are_chosen_and_followed_by_keys(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        paper = reader.screen.detail.paper
        assert paper is not None
        await reader.burst("tab", "enter")
        assert reader.of_kind(PaperDetail.OpenLink) == []
        await reader.burst("l", "l", "h", "enter", "l", "enter")
        assert [message.url for message in reader.of_kind(PaperDetail.OpenLink)] == [paper.link, paper.pdf_link]
        await reader.burst("escape", "j", "tab")
        assert reader.screen.detail.chosen is None
