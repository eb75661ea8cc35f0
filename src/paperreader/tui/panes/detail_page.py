"""A paper as a page: title, authors, facts, links, text, keywords. Values in, Content out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from textual.content import Content, Span
from textual.style import Style

from paperreader.paper import MERGED, STARTER, Paper
from paperreader.tui.content import Spans, cut, joined, link, styled
from paperreader.tui.glyphs import Glyphs
from paperreader.tui.keys import told
from paperreader.tui.panes import detail_kept, detail_more
from paperreader.tui.panes.detail_more import NOTHING, More

MEASURE = 80
"""Cells of the longest line: what the eye finds back from."""
AUTHORS = 5
"""Authors named before the rest is folded."""
LINK = "paper_link"
"""The name under which a piece of a page carries the number of its link, for a click."""
LIKE = "like:"
"""Begins the address of a similar paper; its row follows."""
UNFOLD = "unfold_authors"
"""Likewise the piece that shows all authors."""

Part = Literal["title", "author", "text", "keyword"]
Marking = Callable[[str, Part], Spans]
"""Where the question's words are in a text, in characters, given what part of the paper the text is."""

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Link(NamedTuple):
    """A place to go."""

    label: str
    url: str


class OneLine(Content):
    """A paragraph that is cut where it would need a second line."""


class Page(NamedTuple):
    """Paragraphs; an empty one is an empty line."""

    paragraphs: tuple[Content, ...]
    links: tuple[Link, ...]
    """In the order in which they are drawn."""


def page(
    paper: Paper,
    hits: Marking,
    glyphs: Glyphs,
    *,
    all_authors: bool = False,
    chosen: int | None = None,
    bright: bool = False,
    more: More = NOTHING,
    keymap: Mapping[str, str] | None = None,
) -> Page:
    """The page of a paper: `hits` are the question's words in a text; `chosen` is the link that the keys are on.

    `more` is what feeds told beside; `keymap` are the person's own keys.
    """
    links = paper_links(paper)
    title = styled(
        paper.shown_title, hits(paper.shown_title, "title"), style="bold $foreground" if bright else "bold $muted-near"
    )
    parts: list[Content] = [title]
    if paper.authors:
        parts.append(authors(paper, hits, all_authors=all_authors))
    parts.append(Content(""))
    lines = (
        detail_more.votes(paper, more, glyphs),
        detail_kept.kept(paper, glyphs),
        facts(paper, glyphs),
        detail_more.told(paper, glyphs),
        detail_more.appeared(paper, glyphs),
    )
    parts += [line for line in lines if line]
    if links:
        parts.append(Content("   ").join([_link(each, number, number == chosen) for number, each in enumerate(links)]))
    parts += [Content(""), *text(paper, hits, keymap)]
    if paper.keywords:
        parts += [Content(""), keywords(paper, hits)]
    parts += _similar(more, links, chosen)
    parts += detail_kept.note(paper, glyphs)  # the person's own words before a list of what others made of it
    parts += _linked(more, glyphs, links, chosen)
    return Page(tuple(parts), tuple(links))


def _similar(more: More, links: list[Link], chosen: int | None) -> list[Content]:
    """Papers like it, each a place to go, added to `links`."""
    parts = [Content(""), Content.styled("Similar", "$muted")] if more.similar else []
    for row in more.similar:
        links.append(Link(row.title, f"{LIKE}{row.rid}"))
        at = len(links) - 1
        title = styled(row.title, style="bold $link on $cursor" if at == chosen else "$link")
        drawn = _pressable(title, {LINK: at})
        parts.append(OneLine(drawn.plain, list(drawn.spans)))
    return parts


def _linked(more: More, glyphs: Glyphs, links: list[Link], chosen: int | None) -> list[Content]:
    """What is linked on Hugging Face, each a place to go, added to `links`; or how to ask for it."""
    parts = []
    for group in detail_more.groups(more):
        parts += [Content(""), Content.styled(group.heading, "$muted")]
        for item in group.items:
            links.append(Link(item.id, item.url))
            facts = detail_more.linked_facts(item, glyphs)
            drawn = _link(links[-1], len(links) - 1, len(links) - 1 == chosen)
            parts.append(Content.assemble(drawn, "  ", facts) if facts else drawn)
    if more.asking:
        parts += [Content(""), Content.styled("Asking Hugging Face what is linked to it…", "$muted")]
    elif more.remark and not parts:
        parts += [Content(""), styled(more.remark, style="$muted", tex=False)]
    return parts


def paper_links(paper: Paper) -> list[Link]:
    """Where one can go from a paper."""
    links = []
    if paper.arxiv_id:
        links.append(Link(f"arXiv {paper.arxiv_id}", paper.link))
    elif paper.link:
        links.append(Link(f"doi {paper.doi}" if paper.link.startswith("https://doi.org/") else "page", paper.link))
    if paper.pdf_link:
        links.append(Link("PDF", paper.pdf_link))
    if page := detail_more.hugging_face_page(paper):
        links.append(Link("Hugging Face", page))
    if paper.code_link:
        links.append(Link("code", paper.code_link))
    if paper.project_link:
        links.append(Link("project", paper.project_link))
    return links


def authors(paper: Paper, hits: Marking, *, all_authors: bool) -> Content:
    """The first ones, and how many more; one more is named sooner than counted."""
    names = paper.authors
    shown = names if all_authors or len(names) <= AUTHORS + 1 else names[:AUTHORS]
    line = joined([styled(name, hits(name, "author"), style="$muted", tex=True) for name in shown], ", ", "$muted")
    folded = len(names) - len(shown)
    if not folded and len(names) <= AUTHORS + 1:
        return line
    more = f"and {folded:,} more" if folded else "fewer"
    return Content.assemble(line, "  ", _pressable(Content.styled(more, "$link"), {UNFOLD: True}))


def facts(paper: Paper, glyphs: Glyphs) -> Content:
    """Date, classes, version, source."""
    version = f"v{paper.version}" if paper.version else ""
    pieces = [date_in_words(paper.published), *paper.categories[:4], version, source_in_words(paper)]
    shown = [styled(piece, style="$muted", tex=False) for piece in pieces if piece]
    return joined(shown, f" {glyphs.dot} ", "$muted") if shown else Content("")


def text(paper: Paper, hits: Marking, keymap: Mapping[str, str] | None = None) -> list[Content]:
    """The abstract; or the summary, and that it is one; or that there is none. Then what others make of it."""
    others: list[Content] = []
    for heading, said in detail_more.summaries(paper):
        others += [Content(""), Content.styled(heading, "italic $muted")]
        others += [styled(part, hits(part, "text"), style="$foreground") for part in paragraphs(said)]
    if not paper.text:
        way = told(" {reading.browse} opens the paper's page.", keymap) if paper.link else ""
        return [Content.styled(f"No abstract.{way}", "$muted"), *others]
    body = [styled(part, hits(part, "text"), style="$foreground") for part in paragraphs(paper.text)]
    if not paper.text_is_summary:
        return [*body, *others]
    whose = "in paperreader's words" if STARTER in paper.sources else "in other words than the paper's"
    return [Content.styled(f"Summary {whose}, not the abstract.", "italic $muted"), Content(""), *body, *others]


def paragraphs(whole: str) -> list[str]:
    """The text cut at its empty lines."""
    return [part for part in (piece.strip() for piece in whole.replace("\r\n", "\n").split("\n\n")) if part]


def keywords(paper: Paper, hits: Marking) -> Content:
    """Each with its sign; of several words one, so that no line breaks it."""
    tags = [
        styled(f"#{_tag(word)}", [(a + 1, b + 1) for a, b in hits(_tag(word), "keyword")], style="$muted")
        for word in paper.keywords
    ]
    return Content("  ").join([cut(tag, MEASURE) for tag in tags])


def date_in_words(published: str) -> str:
    """2024-02-01 as 1 Feb 2024, 2024-02 as Feb 2024; anything else as it is."""
    parts = published.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return published
    month = _MONTHS[int(parts[1]) - 1] if len(parts) > 1 and 1 <= int(parts[1]) <= 12 else ""
    if len(parts) > 1 and not month:
        return published
    return " ".join([str(int(parts[2])) if len(parts) > 2 else "", month, parts[0]]).strip()


def source_in_words(paper: Paper) -> str:
    """Who told of it first."""
    first = paper.sources[0] if paper.sources else ""
    named = {
        STARTER: "starter library",
        "import": "imported",
        MERGED: "your other machine",
        detail_more.HUGGING_FACE: "Hugging Face",
    }
    return named.get(first, first)


def _tag(word: str) -> str:
    return "-".join(word.split())


def _link(each: Link, number: int, chosen: bool) -> Content:
    style = "underline bold $link on $cursor" if chosen else "underline $link"
    return _pressable(link(each.label, each.url, style), {LINK: number})


def _pressable(content: Content, meta: dict[str, object]) -> Content:
    return content.add_spans([Span(0, len(content.plain), Style.from_meta(meta))])
