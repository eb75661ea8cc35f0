"""What is small on the screen and is seen every day: what is bright, dimmed, marked, parted and filled."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.content import Content

from paperreader.paths import Paths
from paperreader.tui.contrast import contrast
from paperreader.tui.glyphs import ASCII, UNICODE
from paperreader.tui.messages import IndexMoved
from paperreader.tui.panes.detail_page import page
from paperreader.tui.panes.paper_detail import no_hits
from paperreader.tui.panes.status_line import StatusLine
from paperreader.tui.plain_terminal import PlainSigns
from paperreader.tui.themes import LIGHT
from tests.tui.conftest import MEDIUM, NARROW, WIDE, Open, Reader


def styles_at(reader: Reader, line: int) -> list[tuple[str, str]]:
    """The words of a line with the styles that reach the terminal."""
    strip = reader.app.screen._compositor.render_strips()[line]
    for each in reader.app.get_line_filters():
        strip = strip.apply_filter(each, Color.parse("black"))
    return [(segment.text, str(segment.style)) for segment in strip]


def light(name: str) -> Color:
    return Color.parse(LIGHT.variables.get(name) or getattr(LIGHT, name))


async def test_the_heading_of_the_text_brightens_with_the_focus(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        title = reader.screen.detail._page.paragraphs[0]
        assert any("$muted-near" in str(span.style) for span in title.spans)
        await reader.burst("tab")
        title = reader.screen.detail._page.paragraphs[0]
        assert any("$foreground" in str(span.style) for span in title.spans)
        await reader.burst("tab")
        title = reader.screen.detail._page.paragraphs[0]
        assert any("$muted-near" in str(span.style) for span in title.spans)


async def test_without_colour_the_cursor_of_the_field_is_seen(
    indexed: Paths, reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(indexed, MEDIUM) as reader:
        await reader.burst("/", "boot")
        reader.screen.search.question._pause_blink(visible=True)
        await reader.pilot.pause()
        cursor = [text for text, style in styles_at(reader, 1) if "reverse" in style and "not" not in style]
        assert [len(text) for text in cursor] == [1]  # on the first letter of what could be meant, where there is one


async def test_views_share_the_line_with_an_empty_field_and_give_way_to_a_question(
    indexed: Paths, reading: Open
) -> None:
    async with reading(indexed, MEDIUM) as reader:
        views = "1 Trending  2 New  3 Rising  4 All  5 Unread  6 Bookmarks"
        for view in "415":
            await reader.burst(view)
            assert reader.shown()[1].endswith(f"{views} ")
        await reader.burst("4", "/")
        assert "Bookmarks" not in reader.shown()[1]
        await reader.burst("attention is all you need", "enter")
        assert "› attention is all you need " in reader.shown()[1]
        assert "found" in reader.shown()[1]
        await reader.burst("escape")
        assert reader.shown()[1].endswith(f"{views} ")


async def test_where_the_line_is_short_views_that_wait_go_first(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, (70, 24)) as reader:
        for view, kept in (("1", "1 Trending"), ("4", "3 Rising"), ("3", "3 Rising")):
            await reader.burst(view)
            line = reader.shown()[1]
            assert kept in line
            assert line.endswith("4 All  5 Unread  6 Bookmarks ")


async def test_a_terminal_of_ascii_gets_no_typographic_sign(
    indexed: Paths, reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERREADER_ASCII", "1")
    async with reading(indexed, MEDIUM) as reader:
        for keys in (("/", "attention"), ("enter", "b"), ("escape", "5", "/", "zyzzyva"), ("f1",)):
            await reader.burst(*keys)
            drawn = ["".join(text for text, _ in styles_at(reader, line)) for line in range(24)]
            assert [line for line in drawn if set(line) & set("…“”’‘–—·•→↓↑")] == []
        assert PlainSigns().apply([], Color.parse("black")) == []


@pytest.mark.parametrize(("view", "says"), [("5", "Enter everywhere"), ("4", "Enter results")])
async def test_where_nothing_was_found_the_footer_says_what_enter_does(
    indexed: Paths, reading: Open, view: str, says: str
) -> None:
    async with reading(indexed) as reader:
        await reader.burst(view, "/", "zyzzyva")
        assert says in reader.shown()[-1]
        works = {offer.hint.label: offer.works for offer in reader.screen.footer.offers}
        assert works["everywhere" if view == "5" else "results"] is (view == "5")
        assert not works["move"]
        if view == "5":
            await reader.burst("enter")
            assert "Enter results" in reader.shown()[-1]
        await reader.burst("backspace" if view == "4" else "escape", "/", "boot")
        assert "Enter results" in reader.shown()[-1]


async def test_in_an_empty_list_what_needs_papers_is_dimmed(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("6")
        dimmed = {offer.hint.label for offer in reader.screen.footer.offers if not offer.works}
        assert {"move", "read", "bookmark", "sort"} <= dimmed
        await reader.burst("4")
        assert not [offer.hint.label for offer in reader.screen.footer.offers if not offer.works]


@pytest.mark.parametrize("theme", ["paperreader", "nord", "gruvbox", "textual-light"])
async def test_an_empty_list_has_no_stripe_where_its_scroll_bar_was(indexed: Paths, reading: Open, theme: str) -> None:
    async with reading(indexed) as reader:
        reader.app.theme = theme
        await reader.burst("6")
        papers = reader.screen.papers
        assert papers.styles.scrollbar_background == papers.styles.background


@pytest.mark.parametrize(("size", "rule"), [(MEDIUM, "─" * 80), (WIDE, "│"), (NARROW, "")])
async def test_without_colour_lines_part_the_panes(
    indexed: Paths, reading: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], rule: str
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with reading(indexed, size) as reader:
        assert not [line for line in reader.shown() if "─" * 9 in line or "│" in line]
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(indexed, size) as reader:
        parted = [line for line in reader.shown()[1:-1] if rule and rule in line]
        assert len(parted) == {MEDIUM: 1, WIDE: 38, NARROW: 0}[size]
        if size == WIDE:
            assert parted[5].count("│") == 2
            await reader.burst("z")
            assert reader.shown()[5].count("│") == 1


async def test_passages_fill_the_line(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("/", "bootstrap")
        left, width = reader.screen.papers.region.x, reader.screen.papers.region.width
        passages = [line[left : left + width - 3].rstrip() for line in reader.shown()[3:37:2]]
        cut = [len(line) for line in passages if line.endswith("…")]
        assert len(cut) > 6
        assert min(cut) > width - 16


async def test_the_cursors_row_of_a_read_paper_is_bold_while_the_text_has_the_focus(
    indexed: Paths, reading: Open
) -> None:
    async with reading(indexed) as reader:
        await reader.burst("r", "tab")
        title = reader.row().title[:20]
        styles = [style for text, style in styles_at(reader, 2) if title in text]
        assert "not bold" not in styles[0]
        assert "bold" in styles[0]


def test_on_paper_the_thumb_and_the_cursor_are_seen() -> None:
    background = light("background")
    assert contrast(light("scrollbar"), background) > 1.5
    assert contrast(light("cursor"), background) > contrast(light("cursor-blurred"), background) > 1.1


async def test_progress_is_a_thin_muted_line_with_numbers(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        status = reader.screen.query_one(StatusLine)
        for glyphs, line in ((UNICODE, "━━━━━━──────"), (ASCII, "======------")):
            status.glyphs, status.index = glyphs, IndexMoved(120, 240)
            told = status.render()
            assert f"indexing {line} 50%  120 of 240" in told.plain
            assert not [span for span in told.spans if "$rising" in str(span.style)]


async def test_votes_are_amber_in_the_text_as_nothing_rises(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        paper = reader.screen.detail.paper
        assert paper is not None
        told = page(paper._replace(votes=12), no_hits, UNICODE).paragraphs
        line: Content = next(part for part in told if "▲ 12" in part.plain)
        assert "$yours" in str(line.spans[0].style)


async def test_a_view_that_waits_for_a_refresh_names_no_order(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("1")
        assert "Trending" in reader.shown()[0]
        assert "first" not in reader.shown()[0]
        await reader.burst("6")
        assert "Bookmarks  newest first" in reader.shown()[0]
