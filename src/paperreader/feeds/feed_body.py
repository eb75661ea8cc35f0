"""The body of any RSS or Atom feed as sightings: read by feedparser, however broken. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from paperreader.errors import FeedUnreadable
from paperreader.feeds import clean
from paperreader.feeds.addresses import host_of, shown
from paperreader.feeds.feed import Understood
from paperreader.feeds.html_text import plain_text
from paperreader.feeds.safe_json import not_what_was_asked
from paperreader.identity import Identity
from paperreader.latex.accents import unescaped
from paperreader.paper import Sighting

_MOST: Final = 5_000
"""Entries of one feed; the longest real ones have some 1,500."""
_LINK_KINDS: Final = ("alternate", "")
_GLOBAL: Final = re.compile(r"(?:https?|urn|tag|doi|info|oai):", re.IGNORECASE)
_DOI_IN_LINK: Final = re.compile(r"/(10\.\d{4,9}/[^?#\s]+)", re.ASCII)
# "arXiv:2508.00037v1 Announce Type: new Abstract: ...": how feeds made from arXiv's begin their texts.
_ARXIV_HEAD: Final = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:\s*)?", re.IGNORECASE)


class FeedBody(NamedTuple):
    """What is in a feed."""

    understood: Understood
    title: str
    """What the feed calls itself, on one line; may be empty."""


def parse(body: bytes, *, source: str, url: str = "", content_type: str = "") -> FeedBody:
    """The sightings of a feed, in its order; `url` is what its links are relative to.

    Raises FeedUnreadable where the body is no feed at all.
    """
    feed = _read(body, url, content_type)
    entries = feed.get("entries") or []
    if not feed.get("version") and not entries:
        raise not_what_was_asked(body, shown(url) if url else "The feed", "RSS or Atom")
    found = []
    for entry in entries[:_MOST]:
        # A plain dict: feedparser's own answers for "updated" with "published", and warns of doing so.
        sighting = _sighting({"authors": dict.get(feed["feed"], "authors"), **entry}, source)
        if sighting is not None:
            found.append(sighting)
    return FeedBody(Understood(tuple(found), len(entries)), clean.line(_plain(dict(feed["feed"]), "title"), 200))


def _read(body: bytes, url: str, content_type: str) -> Mapping[str, Any]:
    import feedparser  # 40 ms, for those who name such a feed

    headers = {"content-location": url, "content-type": content_type}
    known = {name: value for name, value in headers.items() if value}
    try:
        # A stream: a string could be taken for the name of a file or an address. No sanitizing: markup goes anyway,
        # and the time it takes grows with the square of a hostile text.
        read: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body), response_headers=known, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # whatever: on encodings that cannot be, feedparser raises four kinds
        text = f"{shown(url) if url else 'The feed'} is so broken that feedparser fails on it: {type(error).__name__}."
        raise FeedUnreadable(text) from error
    return read


def _sighting(entry: Mapping[str, Any], source: str) -> Sighting | None:
    title = clean.line(unescaped(clean.line(_plain(entry, "title"))))
    link = _link(entry)
    arxiv_id, version = _arxiv(entry, link)
    abstract = clean.paragraphs(unescaped(_ARXIV_HEAD.sub("", _longest_text(entry), count=1)))
    if not title and not abstract:
        return None
    doi = "" if arxiv_id else _doi(entry, link)
    return Sighting(
        source=source,
        title=title,
        arxiv_id=arxiv_id,
        version=version,
        doi=doi,
        id="" if arxiv_id or doi else _other_id(entry, link, source, title or abstract),
        authors=_authors(entry),
        published=_day(entry.get("published_parsed")) or _day(entry.get("updated_parsed")),
        listed=_day(entry.get("published_parsed")) or _day(entry.get("updated_parsed")),
        abstract=abstract,
        categories=clean.words([tag.get("term") for tag in _tables(entry.get("tags"))]),
        url="" if arxiv_id else link,
    )


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""


def _tables(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, Mapping)]


def _longest_text(entry: Mapping[str, Any]) -> str:
    """The longer of the summary and the content: many feeds have a teaser in one and the text in the other."""
    contents = [_plain_value(content) for content in _tables(entry.get("content"))]
    return max([_plain(entry, "summary"), *contents], key=len)


def _plain(table: Mapping[str, Any], name: str) -> str:
    """A text that may be HTML, plain."""
    detail = table.get(f"{name}_detail")
    return _plain_value(detail) if isinstance(detail, Mapping) else plain_text(_text(table, name))


def _plain_value(detail: Mapping[str, Any]) -> str:
    """The same with its type, which feedparser tells, or guesses where the feed does not say."""
    value = _text(detail, "value")
    return value if detail.get("type") == "text/plain" else plain_text(value)


def _link(entry: Mapping[str, Any]) -> str:
    """The entry's page: its link, else the first of its links that is one."""
    others = [item.get("href") for item in _tables(entry.get("links")) if item.get("rel", "") in _LINK_KINDS]
    return next(filter(None, map(clean.link, [_text(entry, "link"), *others])), "")


def _arxiv(entry: Mapping[str, Any], link: str) -> tuple[str, int | None]:
    for name in (link, _text(entry, "id")):
        known = clean.arxiv_name(name) if "arxiv" in name.lower() else ("", None)
        if known[0]:
            return known
    return "", None


def _doi(entry: Mapping[str, Any], link: str) -> str:
    """Journals give it in a field of their own, in dc:identifier, or in the link."""
    for name in ("prism_doi", "dc_identifier", "id"):
        if doi := clean.doi_name(_text(entry, name)):
            return doi
    in_link = _DOI_IN_LINK.search(urlsplit(link).path) if "doi.org" in host_of(link) else None
    return clean.doi_name(in_link[1]) if in_link else ""


def _other_id(entry: Mapping[str, Any], link: str, source: str, title: str) -> str:
    """What names the entry for ever: its own id, made unique by the feed's address where it is a bare number."""
    own = clean.line(_text(entry, "id"), 500)
    if own:
        return own if _GLOBAL.match(own) else f"{source}#{own}"
    if link:
        return link
    return f"{source}#{Identity('title', title).folded}"[:500] if not _text(entry, "title") else ""


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Each author; a field that holds several names is parted, "Lee, Ann" is not."""
    given = [_text(author, "name") for author in _tables(entry.get("authors"))] or [_text(entry, "author")]
    plain = [clean.line(unescaped(plain_text(name)), clean.LONGEST_TEXT) for name in given]
    parted = [part for name in plain for part in _parted(name)]
    return clean.names(parted)


def _parted(name: str) -> list[str]:
    if ";" in name:
        return [part.strip() for part in name.split(";")]
    from paperreader.feeds.author_line import authors

    parts = authors(name)
    return parts if len(parts) > 2 or all(" " in part for part in parts) else [name]


def _day(value: Any) -> str:
    """YYYY-MM-DD of feedparser's time, in UTC; empty for years that no feed can mean."""
    if not isinstance(value, tuple) or len(value) < 3:
        return ""
    year, month, day = value[:3]
    return clean.day(f"{year:04}-{month:02}-{day:02}") if 1_000 <= year <= 9_999 else ""
