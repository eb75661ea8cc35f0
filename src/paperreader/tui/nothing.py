"""What is said where a list is empty: every such state is a sentence that tells what to do next."""

from __future__ import annotations

from textual.content import Content

from paperreader.paper import View
from paperreader.tui.content import styled

_VIEWS = {
    View.TRENDING: (
        "Nothing is trending yet.",
        "R asks the feeds, which tell of votes. 4 shows all papers.",
    ),
    View.NEW: ("Nothing is new.", "What a refresh (R) brings is listed here. 4 shows all papers."),
    View.RISING: ("Nothing is rising yet.", "It takes two refreshes (R) to see votes grow. 4 shows all papers."),
    View.ALL: (
        "The library is empty.",
        "“paperreader starter on” brings the starter papers, “paperreader import FILE” your own.",
    ),
    View.UNREAD: ("Everything is read.", "4 shows all papers; r on a paper marks it unread again."),
    View.BOOKMARKS: ("No bookmarks yet.", "Press b on a paper."),
}


def nothing_in(view: View) -> Content:
    """Of an empty view."""
    heading, way_out = _VIEWS[view]
    return _said(Content.styled(heading, "$foreground"), way_out)


def nothing_found(question: str, view: View, remarks: tuple[str, ...], *, everywhere: bool) -> Content:
    """Of a question without an answer: what was tried, and where else to look."""
    place = "" if everywhere or view is View.ALL else f" in {view.label}"
    heading = Content.assemble(
        ("Nothing found for ", "$foreground"),
        styled(f"“{question}”", style="$yours", tex=False),
        (f"{place}.", "$foreground"),
    )
    ways = [remark if remark.endswith(".") else f"{remark}." for remark in remarks]
    ways.append("Enter searches everywhere." if place else "Fewer words find more; Esc goes back.")
    return _said(heading, *ways)


def _said(heading: Content, *sentences: str) -> Content:
    return Content("\n").join([heading, *(styled(sentence, style="$muted", tex=False) for sentence in sentences)])
