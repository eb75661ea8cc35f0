"""A note as it is drawn below the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperreader.paper import Paper, Row, State
from paperreader.tui.glyphs import ASCII, UNICODE
from paperreader.tui.panes.detail_more import More
from paperreader.tui.panes.detail_page import page
from paperreader.tui.panes.note_page import lines
from paperreader.tui.panes.paper_detail import no_hits


def plain(note: str) -> list[str]:
    return [line.plain for line in lines(note, UNICODE)]


def test_what_people_write_by_hand_is_drawn() -> None:
    note = "# Idea\n\n- **one** and *two*\n  - `x_1` _y_\n3. [site](https://a.org)\n> said\n---\n```\n# code\n```\nend"
    assert plain(note) == [
        "Idea", "", "· one and two", "  · x_1 y", "3. site", "│ said", "─" * 12, "# code", "end",
    ]  # fmt: skip


def test_what_looks_like_markdown_and_is_none_stays() -> None:
    for text in ("a * b * c", "snake_case_name", "2 ** 3", "[x] [/red] [bold]", "<b>", "-", "#tag"):
        assert plain(text) == [text]


@given(st.text(max_size=200))
def test_any_text_can_be_drawn_and_steers_no_terminal(note: str) -> None:
    for line in lines(note, ASCII):
        assert "\x1b" not in line.plain


def test_the_page_tells_what_is_the_persons_in_one_line_and_the_note_below_the_text() -> None:
    paper = Paper(
        rid=1, title="T", abstract="Text.", rating=3, state=State.READING, lists=("to read", "b"), tags=("rl",),
        note="Mine.", keywords=("k",),
    )  # fmt: skip
    told = [part.plain for part in page(paper, no_hits, UNICODE).paragraphs]
    assert "★★★  reading  in to read, b  #rl" in told
    assert told[-3:] == ["", "Your note", "Mine."]
    more = More(similar=(Row(2, "Like it", "", "", None, False, False),), remark="L  models")
    told = [part.plain for part in page(paper, no_hits, UNICODE, more=more).paragraphs]
    assert told.index("Similar") < told.index("Mine.") < told.index("L  models")
    assert "Your note" not in [part.plain for part in page(Paper(rid=1, title="T"), no_hits, UNICODE).paragraphs]
