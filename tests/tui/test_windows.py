"""The heading of Trending in words, the curve of votes, the sentence about what is linked."""

from __future__ import annotations

from array import array
from datetime import date

import pytest

from paperreader.library.meaning import FETCH
from paperreader.library.trends import Span, Trend, Window
from paperreader.linked import Linked, Links
from paperreader.paper import Paper
from paperreader.trending import Heat, Place, Tally, Weights
from paperreader.tui.glyphs import UNICODE
from paperreader.tui.panes.detail_more import More, appeared, curve, groups, in_a_sentence, summaries, told, votes
from paperreader.tui.panes.detail_page import page
from paperreader.tui.panes.paper_detail import no_hits
from paperreader.tui.signs_and_formula import FINDING, formula, told_beside
from paperreader.tui.windows import window_in_words

FRIDAY = date(2026, 8, 21)


def trend(first: date, last: date) -> Trend:
    return Trend(array("q"), {}, first, last)


@pytest.mark.parametrize(
    ("span", "first", "last", "words"),
    [
        (Span.DAY, FRIDAY, FRIDAY, "today"),
        (Span.DAY, date(2026, 8, 20), date(2026, 8, 20), "20 Aug 2026"),
        (Span.WEEK, date(2026, 8, 17), date(2026, 8, 23), "this week"),
        (Span.WEEK, date(2026, 8, 10), date(2026, 8, 16), "10 to 16 Aug 2026"),
        (Span.WEEK, date(2026, 6, 29), date(2026, 7, 5), "29 Jun to 5 Jul 2026"),
        (Span.WEEK, date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 to 4 Jan 2026"),
        (Span.MONTH, date(2026, 8, 1), date(2026, 8, 31), "this month"),
        (Span.MONTH, date(2025, 12, 1), date(2025, 12, 31), "December 2025"),
    ],
)
def test_a_window_is_told_in_words(span: Span, first: date, last: date, words: str) -> None:
    assert window_in_words(Window(span), trend(first, last), FRIDAY) == words


def test_before_anything_is_known_the_window_is_the_present_one() -> None:
    assert window_in_words(Window(Span.WEEK), None, FRIDAY) == "this week"


def tally(at: float, count: int | None, source: str = "huggingface") -> Tally:
    return Tally(source, at, None, count, None, None)


def test_votes_make_a_curve_in_even_steps_of_time() -> None:
    assert curve([tally(0, 1), tally(10, 5), tally(100, 9)]) == (1, 5, 5, 5, 5, 9)


def test_two_counts_are_a_direction_and_no_curve() -> None:
    assert curve([tally(0, 1), tally(100, 9), tally(50, None)]) == ()


def place(*, rank: int, before: int | None, gained: int) -> Place:
    return Place(1, Heat(9.0, 318, gained, 24.0 if gained else 0.0), rank, before)


@pytest.mark.parametrize(
    ("where", "line", "style"),
    [
        (place(rank=3, before=18, gained=41), "▲ 318  +41 votes in 24 h, was 18th", "$rising"),
        (place(rank=18, before=3, gained=41), "▲ 318  +41 votes in 24 h, was 3rd", "$muted"),
        (place(rank=4, before=3, gained=0), "▲ 318  was 3rd", "$muted"),
        (place(rank=4, before=None, gained=0), "▲ 318", None),
    ],
)
def test_the_line_of_votes_says_why_a_paper_is_where_it_is(where: Place, line: str, style: str | None) -> None:
    drawn = votes(Paper(rid=1, title="T", votes=318), More(place=where), UNICODE)
    assert drawn.plain == line
    assert style is None or style in [span.style for span in drawn.spans]


def test_a_newer_version_of_a_bookmark_is_told_in_words() -> None:
    assert "version 3 has come" in votes(Paper(rid=1, title="T", version=3), More(revised=True), UNICODE).plain


def test_who_made_it_and_what_is_counted_are_one_line() -> None:
    paper = Paper(
        rid=1, title="T", organisation="Lab", submitter="ada", comments=1, stars=1200, citations=5,
        influential_citations=2,
    )  # fmt: skip
    line = "Lab · submitted by ada · 1 comment · code has 1,200 stars · 5 citations · 2 influential"
    assert told(paper, UNICODE).plain == line
    assert told(Paper(rid=1, title="T", comments=0), UNICODE).plain == ""


def test_a_venue_that_the_journal_names_is_named_once() -> None:
    paper = Paper(rid=1, title="T", venue="ICML", journal="Proc. ICML 2026", remark="12 pages")
    assert appeared(paper, UNICODE).plain == "Proc. ICML 2026 · 12 pages"


def test_what_machines_wrote_is_marked_where_the_abstract_is_there_too() -> None:
    paper = Paper(rid=1, title="T", abstract="A.", summary="S.", tldr="One.", sources=("huggingface",))
    assert [heading for heading, _ in summaries(paper)] == [
        "In one sentence, by Semantic Scholar's AI",
        "Summary by Hugging Face's AI",
    ]
    assert summaries(Paper(rid=1, title="T", summary="S.")) == []


def linked(number: int) -> Links:
    items = tuple(Linked("model", f"lab/m{each}", f"https://huggingface.co/lab/m{each}") for each in range(number))
    return Links(items, {"model": 41, "dataset": 1, "space": 0})


def test_what_is_linked_is_counted_in_a_sentence_and_shown_in_part() -> None:
    assert in_a_sentence(linked(12)) == "41 models, 1 dataset: below the text."
    assert in_a_sentence(None) == "Hugging Face does not know this paper."
    assert [group.heading for group in groups(More(linked=linked(12)))] == ["Models  8 of 41"]


def test_linked_repositories_are_places_to_go_after_those_of_the_paper() -> None:
    paper = Paper(rid=1, title="T", arxiv_id="2608.00001", sources=("huggingface",), project="https://p.example/")
    made = page(paper, no_hits, UNICODE, more=More(linked=linked(2)), chosen=5)
    names = ["arXiv 2608.00001", "PDF", "Hugging Face", "project", "lab/m0", "lab/m1"]
    assert [link.label for link in made.links] == names
    assert made.links[2].url == "https://huggingface.co/papers/2608.00001"


def test_the_help_tells_the_formula_with_the_weights_in_force() -> None:
    told_so = dict(formula(Weights(votes=3.0, half_age=5.5)))
    assert told_so["heat"].startswith("(votes x 3 + votes gained an hour x 24 ")
    assert "days / 5.5) ^ 1.2" in told_so["heat"]
    assert "votes = 3" in told_so


def test_the_help_tells_how_papers_are_found_and_what_is_missing_for_meaning() -> None:
    def meaning(missing: str) -> str:
        return dict(told_beside(Weights(), UNICODE, missing)[FINDING])["by meaning"]

    assert meaning(FETCH) == "Not now: `paperreader model get` fetches a model (23 MB) for search by meaning."
    assert meaning("").startswith("Too: ")
