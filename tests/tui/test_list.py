"""The list pane: moving, marking, what a line tells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.style import Style

from paperreader.paper import Row
from paperreader.paths import Paths
from paperreader.tui.glyphs import UNICODE
from paperreader.tui.names import surname
from paperreader.tui.panes.paper_list import PaperList
from paperreader.tui.panes.row_line import Columns, Look, pieces, short_number, title_line
from tests.tui.conftest import MEDIUM, Open

WIDE_EMOJI = "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
PLAIN = Style.null().rich_style
LOOK = Look(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, UNICODE)


def line(width: int, **fields: object) -> str:
    known: dict[str, object] = {
        "rid": 1,
        "title": "Attention Is All You Need",
        "first_author": "Ashish Vaswani",
        "year": "2017",
        "votes": None,
        "read": False,
        "bookmarked": False,
    }
    row = Row(**(known | fields))  # type: ignore[arg-type]  # each field with the type that Row gives it
    return title_line(row, (), Columns.of(width, votes=row.votes is not None), LOOK).text


def test_a_line_tells_marks_title_author_and_year() -> None:
    assert line(80, bookmarked=True).split() == ["•★", "Attention", "Is", "All", "You", "Need", "Vaswani", "’17"]
    assert line(80, read=True).startswith("    Attention")


def test_votes_have_a_column_where_they_are_known() -> None:
    assert " 264 Attention" in line(80, votes=264)
    assert "1.2k Attention" in line(80, votes=1234)


def test_a_narrow_list_gives_its_cells_to_the_title() -> None:
    assert "Vaswani" not in line(60)
    assert "’17" in line(60)
    assert "’17" not in line(45)


@pytest.mark.parametrize("width", [5, 12, 39, 40, 50, 66, 78, 80, 139])
@pytest.mark.parametrize(
    "title", ["Short", "A title " * 40, "大規模言語モデルの評価" * 12, "e\u0301" * 200, "", "👩‍👩‍👧" * 60]
)
def test_a_line_has_exactly_the_cells_of_the_list(title: str, width: int) -> None:
    assert cell_len(line(width, title=title)) == max(width, 5)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Carl Doersch", "Doersch"),
        ("Doersch, Carl", "Doersch"),
        ("Laurens van der Maaten", "van der Maaten"),
        ("Sammy Davis Jr.", "Davis"),
        ("The ATLAS Collaboration", "The ATLAS Collaboration"),
        ("Madonna", "Madonna"),
        ("", ""),
    ],
)
def test_the_first_author_is_told_by_family_name(name: str, short: str) -> None:
    assert surname(name) == short


def test_numbers_have_at_most_four_cells() -> None:
    numbers = [None, 0, 999, 1000, 9949, 9950, 99_999, 999_499, 999_500, 12_345_678]
    assert [short_number(number) for number in numbers] == [
        "",
        "0",
        "999",
        "1.0k",
        "9.9k",
        "10k",
        "100k",
        "999k",
        "1M",
        "12M",
    ]


def test_spans_that_overlap_or_overshoot_cut_the_text_once() -> None:
    assert list(pieces("abcdef", [(1, 3), (2, 4), (5, 99)])) == [
        ("a", False),
        ("bc", True),
        ("d", True),
        ("e", False),
        ("f", True),
    ]


async def test_keys_move_as_hands_are_used_to(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        papers = reader.screen.papers
        seen = []
        for key in ("j", "down", "k", "up", "G", "k", "g", "end", "home", "ctrl+d", "pagedown", "pageup", "ctrl+u"):
            await reader.burst(key)
            seen.append(papers.cursor)
        half, page = papers.size.height // 2, papers.size.height - 1
        assert seen == [1, 2, 1, 0, 246, 245, 0, 246, 0, half, half + page, half, 0]


async def test_at_140_by_40_at_least_thirty_papers_are_shown(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        assert sum("•" in text for text in reader.shown()) >= 30


async def test_a_click_goes_there_and_the_wheel_leaves_the_cursor(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        papers = reader.screen.papers
        await reader.pilot.click(PaperList, offset=(10, 6))
        await reader.calm()
        assert papers.cursor == 6
        papers.scroll_to(y=100, animate=False)
        await reader.calm()
        assert papers.cursor == 6
        await reader.burst("j")
        assert papers.cursor == 7
        assert papers.scroll_y <= 7


async def test_a_double_click_opens_the_paper(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.pilot.click(PaperList, offset=(10, 4), times=2)
        await reader.calm()
        assert reader.pane() == "detail"
        assert reader.row().read


async def test_marks_change_in_place_and_are_counted(indexed: Paths, reading: Open) -> None:
    async with reading(indexed) as reader:
        await reader.burst("j", "b")
        assert reader.row().bookmarked
        assert "•★" in reader.shown()[3]
        assert reader.screen.status.said.startswith("Bookmarked “")
        assert {view.value: count for view, count in reader.screen.counts.items()}["bookmarks"] == 1
        await reader.burst("b", "r")
        assert not reader.row().bookmarked
        assert reader.row().read
        assert {view.value: count for view, count in reader.screen.counts.items()}["unread"] == 246


async def test_the_list_has_no_room_for_a_second_line_but_while_a_question_is_on(indexed: Paths, reading: Open) -> None:
    async with reading(indexed, MEDIUM) as reader:
        assert reader.screen.papers.lines_each == 1
        await reader.burst("/", "bootstrap")
        assert reader.screen.papers.lines_each == 2
        assert "bootstrap" in " ".join(reader.shown()[3:4]).lower()
        await reader.burst("escape")
        assert reader.screen.papers.lines_each == 1
