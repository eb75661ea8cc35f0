"""The world as arXiv: its query API and its announcements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.feeds.world import Exchange, World, tagged

_FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
)


@dataclass(frozen=True)
class Preprint:
    """A paper that the world has."""

    name: str
    title: str = "A preprint"
    authors: str = "Ann Lee, Bo Xu"
    version: int = 1
    kind: str = "new"


def query_body(papers: Sequence[Preprint], total: int | None = None, start: int = 0) -> bytes:
    """An answer of the query API."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{paper.name}v{paper.version}</id><title>{escape(paper.title)}</title>"
        f"<published>2026-08-19T12:00:00Z</published><summary>  About {paper.name}.</summary>"
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors.split(", "))
        + '<arxiv:primary_category term="cs.CL"/><category term="cs.CL"/><category term="cs.LG"/></entry>'
        for paper in papers
    )
    counted = len(papers) if total is None else total
    counts = f"<opensearch:totalResults>{counted}</opensearch:totalResults>"
    counts += f"<opensearch:startIndex>{start}</opensearch:startIndex>"
    return f"{_FEED}<title>arXiv Query</title>{counts}{entries}</feed>".encode()


def error_body(reason: str) -> bytes:
    """The error entry, as of 2026 with status 400, before with 200."""
    return (
        f"{_FEED}<entry><id>https://arxiv.org/api/errors#{reason.replace(' ', '_')}</id><title>Error</title>"
        f"<summary>{escape(reason)}</summary></entry></feed>"
    ).encode()


def rss_body(papers: Sequence[Preprint], day: str = "Fri, 21 Aug 2026 00:00:00 -0400") -> bytes:
    """A category's announcements."""
    items = "".join(
        f"<item><title>{escape(paper.title)}</title><link>https://arxiv.org/abs/{paper.name}</link>"
        f"<description>arXiv:{paper.name}v{paper.version} Announce Type: {paper.kind} \n"
        "Abstract: About it.</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.name}v{paper.version}</guid><category>cs.CL</category>'
        f"<pubDate>{day}</pubDate><arxiv:announce_type>{paper.kind}</arxiv:announce_type>"
        f"<dc:creator>{escape(paper.authors)}</dc:creator></item>"
        for paper in papers
    )
    return (
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
        f"<channel><title>cs.CL updates on arXiv.org</title>{items}</channel></rss>"
    ).encode()


def serve(world: World, papers: Sequence[Preprint], rss: bytes = b"") -> str:
    """Let the world be arXiv with these papers; its base address."""

    def answer(exchange: Exchange) -> None:
        query = exchange.asked.query
        start, most = int(query.get("start", "0")), int(query.get("max_results", "10"))
        named = [name for name in query.get("id_list", "").split(",") if name]
        if any("/" not in name and "." not in name for name in named):
            reason = f"incorrect id format for {named[0]}"
            exchange.reply(error_body(reason), 400, {"Content-Type": "application/atom+xml"})
            return
        found = [paper for paper in papers if paper.name in named] if named else list(papers)
        tagged(query_body(found[start : start + most], len(found), start))(exchange)

    world.says("/api/query", answer)
    world.says("/rss/cs.CL", tagged(rss or rss_body(papers)))
    return world.url
