"""What feeds told of a paper beside its text: its votes and their movement, who made it, what is linked to it.

Values in, Content out; `detail_page` puts the pieces into their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from textual.content import Content

from paperreader.paper import STARTER, Paper, Row
from paperreader.tui.content import joined, styled
from paperreader.tui.glyphs import Glyphs, sparkline
from paperreader.tui.panes.row_line import short_number

if TYPE_CHECKING:
    from paperreader.linked import Linked, Links
    from paperreader.trending import Place, Tally

HUGGING_FACE = "huggingface"
"""The source of papers that Hugging Face lists."""
_CURVE = 6
# Signs of a sparkline, which share the time since the paper was first counted; more would need a second line.
_CURVED_FROM = 3
# Times counted from which on votes have a curve and not only a direction.
_LINKED = 8
"""Repositories shown of a kind; the rest is a number."""


class More(NamedTuple):
    """What is known of a paper beside the paper."""

    place: Place | None = None
    """Where it stands in the trend that is looked at, and why."""
    why: str = ""
    """Why a digest holds it, where one is looked at."""
    votes: tuple[int, ...] = ()
    """Its votes in even steps of time."""
    revised: bool = False
    """Whether it is a bookmark of which a newer version has come."""
    asking: bool = False
    """Whether Hugging Face is being asked what is linked to it."""
    linked: Links | None = None
    """What it told."""
    similar: tuple[Row, ...] = ()
    """Some papers like it."""
    remark: str = ""
    """Why nothing linked is shown, or the key that asks."""


NOTHING = More()


class Group(NamedTuple):
    """Linked repositories of one kind."""

    heading: str
    items: tuple[Linked, ...]


def curve(tallies: Sequence[Tally]) -> tuple[int, ...]:
    """The votes that the busiest source counted, at even steps from the first time to the last; () where too few."""
    by_source: dict[str, list[Tally]] = {}
    for tally in tallies:
        if tally.votes is not None:
            by_source.setdefault(tally.source, []).append(tally)
    counted = max(by_source.values(), key=len, default=[])
    if len(counted) < _CURVED_FROM:
        return ()
    first, last = counted[0].at, counted[-1].at
    steps = [first + (last - first) * step / (_CURVE - 1) for step in range(_CURVE)]
    return tuple(next(tally.votes or 0 for tally in reversed(counted) if tally.at <= step + 1e-6) for step in steps)


def votes(paper: Paper, more: More, glyphs: Glyphs) -> Content:
    """Votes where known, how they moved, and what is the person's."""
    parts = []
    if paper.votes is not None:
        parts.append(Content.styled(f"{glyphs.votes} {paper.votes:,}", "$yours"))
    if why := _movement(more):
        parts.append(why)
    if more.votes:
        parts.append(Content.styled(sparkline(more.votes, glyphs), "$muted"))
    if paper.bookmarked is not None:
        parts.append(Content.styled(f"{glyphs.star} bookmarked", "$yours"))
    if more.revised:
        version = f"version {paper.version} has come" if paper.version else "a newer version has come"
        parts.append(Content.styled(f"{glyphs.revised} {version}", "$yours"))
    return Content("  ").join(parts) if parts else Content("")


def _movement(more: More) -> Content | None:
    """Why it is where it is; that it has so many votes says the number before."""
    if more.why:
        return styled(more.why, style="$muted", tex=False)
    if more.place is None:
        return None
    place = more.place
    why = place.why if place.heat.gained else place.why.partition(" votes")[2].removeprefix(", ")
    rises = place.moved > 0 or (place.heat.gained > 0 and place.moved == 0)
    return Content.styled(why, "$rising" if rises else "$muted") if why else None


def told(paper: Paper, glyphs: Glyphs) -> Content:
    """Who made it, who told of it, and what is counted beside votes."""
    counts = [
        _counted(paper.comments, "comment"),
        _counted(paper.stars, "star") and f"code has {_counted(paper.stars, 'star')}",
        _counted(paper.citations, "citation"),
        f"{paper.influential_citations:,} influential" if paper.citations and paper.influential_citations else "",
    ]
    people = [paper.organisation, f"submitted by {paper.submitter}" if paper.submitter else ""]
    return _dotted([*people, *counts], glyphs)


def appeared(paper: Paper, glyphs: Glyphs) -> Content:
    """Where it appeared, and what its authors remark."""
    places = [paper.journal] if paper.venue and paper.venue in paper.journal else [paper.venue, paper.journal]
    return _dotted([*places, paper.remark], glyphs)


def summaries(paper: Paper) -> list[tuple[str, str]]:
    """(what it is, text) of what others say in a few words, where the paper's own abstract is there too."""
    given = []
    if paper.tldr:
        given.append(("In one sentence, by Semantic Scholar's AI", paper.tldr))
    if paper.abstract and paper.summary:
        by_ai = HUGGING_FACE in paper.sources and STARTER not in paper.sources
        given.append(("Summary by Hugging Face's AI" if by_ai else "Summary", paper.summary))
    return given


def hugging_face_page(paper: Paper) -> str:
    """Where Hugging Face talks about it; empty where it does not list it."""
    if not paper.arxiv_id or HUGGING_FACE not in paper.sources:
        return ""
    return f"https://huggingface.co/papers/{quote(paper.arxiv_id, safe='')}"


def groups(more: More) -> list[Group]:
    """What is linked, by kind: "Models  8 of 41"."""
    if more.linked is None:
        return []
    found = []
    kinds: tuple[tuple[Literal["model", "dataset", "space"], str], ...] = (
        ("model", "Models"),
        ("dataset", "Datasets"),
        ("space", "Spaces"),
    )
    for kind, name in kinds:
        items = tuple(item for item in more.linked.linked if item.kind == kind)[:_LINKED]
        total = more.linked.totals.get(kind, len(items))
        if items:
            found.append(Group(name if total <= len(items) else f"{name}  {len(items)} of {total:,}", items))
    return found


def linked_facts(item: Linked, glyphs: Glyphs) -> Content:
    """What stands beside the link to a repository."""
    likes = f"{short_number(item.likes)} {'like' if item.likes == 1 else 'likes'}" if item.likes else ""
    loads = f"{short_number(item.downloads)} downloads" if item.downloads else ""
    return _dotted([item.about, likes, loads], glyphs)


def in_a_sentence(links: Links | None) -> str:
    """For the line above: "3 models, 1 dataset, 2 Spaces: below the text." """
    if links is None:
        return "Hugging Face does not know this paper."
    counts = [_counted(links.totals.get("model"), "model"), _counted(links.totals.get("dataset"), "dataset")]
    counts.append(_counted(links.totals.get("space"), "Space"))
    named = ", ".join(count for count in counts if count)
    return f"{named}: below the text." if named else "Nothing on Hugging Face is linked to this paper."


def _counted(number: int | None, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}" if number else ""


def _dotted(pieces: Sequence[str], glyphs: Glyphs) -> Content:
    shown = [styled(piece, style="$muted", tex=False) for piece in pieces if piece]
    return joined(shown, f" {glyphs.dot} ", "$muted") if shown else Content("")
