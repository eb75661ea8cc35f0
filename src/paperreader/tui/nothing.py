"""What is said where a list is empty: every such state is a sentence that tells what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from paperreader.paper import View
from paperreader.tui.content import styled
from paperreader.tui.keys import told

Keymap = Mapping[str, str] | None
"""The keys that the person chose, by their ids."""

_VIEWS = {
    View.ALL: (
        "The library is empty.",
        "“paperreader starter on” brings the starter papers, “paperreader import FILE” your own.",
    ),
    View.UNREAD: (
        "Everything is read.",
        "{reading.view_all} shows all papers; {reading.toggle_read} on a paper marks it unread again.",
    ),
    View.BOOKMARKS: ("No bookmarks yet.", "Press {reading.bookmark} on a paper."),
}

_MEANING = "“paperreader model” tells how to find by meaning too."


class Asked(NamedTuple):
    """What is to be said of the feeds."""

    now: bool = False
    """Whether they are being asked."""
    ever: bool = False
    """Whether any has told of votes."""
    trouble: str = ""
    """Why the last asking brought less than everything."""


def nothing_fed(view: View, window: str, asked: Asked, keymap: Keymap = None) -> Content:
    """Of an empty view that feeds fill; `window` is that of Trending, in words."""
    heading, way_out = _fed(view, window, ever=asked.ever)
    if asked.now:
        return _said(Content.styled(heading, "$foreground"), "The feeds are being asked…", keymap=keymap)
    ways = [asked.trouble] if asked.trouble else []
    return _said(
        Content.styled(heading, "$foreground"), *ways, way_out, "{reading.view_all} shows all papers.", keymap=keymap
    )


def _fed(view: View, window: str, *, ever: bool) -> tuple[str, str]:
    """What is the matter, and what to do."""
    if view is View.NEW:
        return "Nothing is new.", "What has come since your last visit is listed here. {app.refresh} asks the feeds."
    if view is View.RISING:
        growing = "Votes are seen to grow from one refresh ({app.refresh}) to the next, some hours apart."
        return "Nothing is rising yet.", growing
    if not ever:
        return "Nothing is trending yet.", "{app.refresh} fetches today’s papers and their votes from Hugging Face."
    if window in ("today", "this week", "this month"):
        return f"Nothing is trending {window}.", "{app.refresh} asks the feeds; {reading.earlier} goes to earlier days."
    return (
        f"Nothing is known of {window}.",
        "{app.refresh} asks Hugging Face for it; {reading.later} goes back to later days.",
    )


def nothing_in(view: View, keymap: Keymap = None) -> Content:
    """Of an empty view."""
    if view not in _VIEWS:
        return nothing_fed(view, "today", Asked(), keymap)
    heading, way_out = _VIEWS[view]
    return _said(Content.styled(heading, "$foreground"), way_out, keymap=keymap)


def nothing_collected(name: str, *, listed: bool, keymap: Keymap = None) -> Content:
    """Of an empty list, or a tag that no paper has."""
    heading = styled(
        f"“{name}” is empty." if listed else f"No paper has the tag {name}.", style="$foreground", tex=False
    )
    way_in = (
        "{reading.lists} on a paper puts it into a list." if listed else "{reading.tags} on a paper puts tags on it."
    )
    return _said(heading, way_in, "{reading.back} goes back.", keymap=keymap)


def nothing_in_digest(last: str, due: str, remarks: Sequence[str], *, fed: bool, keymap: Keymap = None) -> Content:
    """Of a digest without papers: when the last one was, when the next is due (HH:MM), what went wrong."""
    heading = f"Nothing is new since the digest of {last}." if last else "Nothing is new for a digest."
    when = (
        f"The next one is due at {due}, after a refresh."
        if due
        else "None goes out by itself: “paperreader digest --schedule 08:00” sends one every day."
    )
    asks = "{app.refresh} asks the feeds" if fed else "No feed has told of trending papers yet: {app.refresh} asks"
    before = "; {reading.earlier} shows digests before" if last else ""
    ways = asks + before + "; {reading.back} goes back."
    return _said(Content.styled(heading, "$foreground"), *remarks, when, ways, keymap=keymap)


def nothing_found(
    question: str,
    view: View,
    remarks: tuple[str, ...],
    *,
    everywhere: bool,
    meaning: bool = True,
    keymap: Keymap = None,
) -> Content:
    """Of a question without an answer: what was tried, and where else to look, by meaning if that was not done."""
    place = "" if everywhere or view is View.ALL else f" in {view.label}"
    heading = Content.assemble(
        ("Nothing found for ", "$foreground"),
        styled(f"“{question}”", style="$yours", tex=False),
        (f"{place}.", "$foreground"),
    )
    way_out = "{search.accept} searches everywhere." if place else "Fewer words find more; {reading.back} goes back."
    ways = [*remarks, told(way_out, keymap), *([] if meaning else [_MEANING])]
    return _lines(heading, [_sentence(way) for way in ways])


def _sentence(said: str) -> str:
    """A remark as a sentence; the name of a field stays as it is typed."""
    begun = said if said.partition(" ")[0].endswith(":") else f"{said[:1].upper()}{said[1:]}"
    return f"{begun.removesuffix('.')}."


def _said(heading: Content, *sentences: str, keymap: Keymap) -> Content:
    """Below the heading sentences of ours, with the person's keys in them."""
    return _lines(heading, [told(sentence, keymap) for sentence in sentences])


def _lines(heading: Content, sentences: Sequence[str]) -> Content:
    return Content("\n").join([heading, *(styled(sentence, style="$muted", tex=False) for sentence in sentences)])
