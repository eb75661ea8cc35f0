"""A list of any length of which only the pages looked at are read."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from paperreader.paper import Row
from paperreader.tui.listing import PAGE, Listing
from paperreader.tui.place import Memory, Place


class Shelf:
    """Rows for any id but the missing ones; remembers what was asked."""

    def __init__(self, missing: frozenset[int] = frozenset()) -> None:
        self.asked: list[list[int]] = []
        self.missing = missing

    def __call__(self, rids: Sequence[int]) -> list[Row]:
        self.asked.append(list(rids))
        return [Row(rid, f"Paper {rid}", "", "", None, False, False) for rid in rids if rid not in self.missing]


def listing(size: int, shelf: Shelf) -> Listing:
    return Listing(array("q", range(1, size + 1)), shelf)


def test_only_the_page_that_is_looked_at_is_read_and_only_once() -> None:
    shelf = Shelf()
    papers = listing(100_000, shelf)
    rows = [papers.row_at(index) for index in (70_000, 70_001, 70_000)]
    assert [row.rid for row in rows if row] == [70_001, 70_002, 70_001]
    assert len(shelf.asked) == 1
    assert len(shelf.asked[0]) == PAGE


def test_pages_looked_at_long_ago_are_let_go() -> None:
    shelf = Shelf()
    papers = listing(100_000, shelf)
    for index in range(0, 100_000, PAGE):
        papers.row_at(index)
    before = len(shelf.asked)
    papers.row_at(0)
    papers.row_at(99_999)
    assert len(shelf.asked) == before + 1


def test_a_paper_that_is_gone_and_a_place_outside_have_no_row() -> None:
    papers = listing(3, Shelf(missing=frozenset({2})))
    assert papers.row_at(1) is None
    assert papers.row_at(3) is None
    assert papers.row_at(-1) is None
    assert papers.rid_at(1) == 2


def test_forgetting_reads_again_and_keeps_the_order() -> None:
    shelf = Shelf()
    papers = listing(5, shelf)
    papers.row_at(0)
    papers.forget_rows()
    assert papers.row_at(0) is not None
    assert len(shelf.asked) == 2


def test_a_list_without_some_papers_keeps_the_others_in_order() -> None:
    papers = listing(6, Shelf()).without([2, 5, 99])
    assert list(papers.rids) == [1, 3, 4, 6]
    assert papers.index_of(4) == 2
    assert papers.index_of(5) is None
    assert papers.index_of(None) is None


def test_what_the_screen_remembers_comes_back_whole() -> None:
    memory = Memory(place=Place(7, 3, 2), sidebar=False, theme="nord", list_share=60)
    assert Memory.load(memory.dump()) == memory


def test_what_cannot_be_understood_is_as_at_a_first_start() -> None:
    first = Memory()
    for text in (None, "", "null", "[]", "{", '{"view": 7, "sort": "by mood", "place": 3, "sidebar_width": "wide"}'):
        assert Memory.load(text) == first
    assert Memory.load('{"sidebar_width": 9999}').sidebar_width == 60


def test_a_great_list_is_drawn_from_the_page_that_is_remembered() -> None:
    shelf = Shelf()
    whole = listing(50_000, shelf)
    memory = Memory(place=Place(40_001, 40_000, 5)).with_page(whole)
    drawn = Memory.load(memory.dump()).sketch(shelf)
    assert drawn is not None
    assert len(drawn) == 50_000
    for index in range(39_960, 40_040):
        assert drawn.rid_at(index) == index + 1
    assert drawn.rid_at(0) is None
    assert drawn.row_at(0) is None


def test_a_small_list_is_read_and_not_remembered() -> None:
    whole = listing(247, Shelf())
    assert Memory().with_page(whole).sketch(Shelf()) is None
