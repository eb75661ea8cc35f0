"""The answers of arXiv's query API: Atom, with arXiv's own fields. Pure.

https://info.arxiv.org/help/api/user-manual.html; errors are entries, whatever the status.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from paperreader.errors import FeedRefused, FeedUnreadable
from paperreader.feeds import clean, safe_xml
from paperreader.feeds.complaint import complaint, short
from paperreader.feeds.feed import Understood
from paperreader.feeds.safe_json import not_what_was_asked
from paperreader.feeds.safe_xml import ARXIV, ATOM, OPENSEARCH, Element, text, texts
from paperreader.paper import Sighting

NAME: Final = "arxiv"
LABEL: Final = "arXiv"
_ERRORS: Final = "/api/errors#"
_FEED_ERROR: Final = "Feed error for query"


@dataclass(frozen=True, slots=True)
class Answer:
    """One slice of what a query finds."""

    understood: Understood
    total: int
    """Papers that the query finds; 0 where arXiv does not say."""


def parse(body: bytes, *, source: str = NAME) -> Answer:
    """The sightings of a slice, in its order. Raises FeedRefused for arXiv's own errors, FeedUnreadable."""
    root = safe_xml.parsed(body, LABEL)
    if root.tag != f"{ATOM}feed":
        raise not_what_was_asked(body, LABEL, "an answer to a query")
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        if _ERRORS in text(entry, f"{ATOM}id"):
            raise FeedRefused(f"{LABEL} says: {_reason(entry)}.", "Look at the feed's name or its query.")
    found = tuple(filter(None, (_sighting(entry, source) for entry in entries)))
    if entries and not found:
        raise FeedUnreadable(f"{LABEL} sent {len(entries):,} entries that are no papers.")
    said = text(root, f"{OPENSEARCH}totalResults").strip()
    total = int(said) if said.isascii() and said.isdigit() and len(said) <= 9 else 0
    return Answer(Understood(found, len(entries)), total)


def reason(body: bytes) -> str:
    """The reason in the body of a refusal: an error entry, a feed titled as an error, or what else there is."""
    try:
        root = safe_xml.parsed(body, LABEL)
    except FeedUnreadable:
        return complaint(body)
    return feed_error(root) or next((_reason(entry) for entry in root.iter(f"{ATOM}entry")), "")


def feed_error(root: Element) -> str:
    """Why the RSS service made no feed; empty where it did: it answers errors with a feed that is titled as one."""
    title = text(root, f"{ATOM}title") or text(root, "channel/title")
    if not title.startswith(_FEED_ERROR):
        return ""
    said = text(root, f"{ATOM}subtitle") or text(root, "channel/description") or title
    return short(said).rstrip(".")


def _reason(entry: Element) -> str:
    return short(text(entry, f"{ATOM}summary")).rstrip(".") or "no reason"


def _sighting(entry: Element, source: str) -> Sighting | None:
    arxiv_id, version = clean.arxiv_name(text(entry, f"{ATOM}id"))
    title = clean.line(text(entry, f"{ATOM}title"))
    if not arxiv_id or not title:
        return None
    primary = [element.get("term", "") for element in entry.iterfind(f"{ARXIV}primary_category")]
    others = [element.get("term", "") for element in entry.iterfind(f"{ATOM}category")]
    return Sighting(
        source=source,
        title=title,
        arxiv_id=arxiv_id,
        version=version,
        doi=clean.doi_name(text(entry, f"{ARXIV}doi")),
        authors=clean.names(texts(entry, f"{ATOM}author/{ATOM}name")),
        published=clean.day(text(entry, f"{ATOM}published")),
        abstract=clean.paragraphs(text(entry, f"{ATOM}summary")),
        categories=clean.words([*primary, *others]),
        remark=clean.line(text(entry, f"{ARXIV}comment")),
        journal=clean.line(text(entry, f"{ARXIV}journal_ref")),
    )
