"""Any RSS or Atom feed that the person names: a blog, a journal, a laboratory. Read by feedparser, however broken."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from paperreader.errors import FeedUnreadable
from paperreader.feeds import clean
from paperreader.feeds.addresses import host_of, shown
from paperreader.feeds.clock import Stop
from paperreader.feeds.feed import Asking, FeedNews, NotAsked, Understood
from paperreader.feeds.fetch import Client, Fetched, Same
from paperreader.feeds.html_text import plain_text
from paperreader.feeds.looking import Look
from paperreader.feeds.safe_json import not_what_was_asked
from paperreader.feeds.when import Latest, When
from paperreader.identity import Identity
from paperreader.latex.accents import unescaped
from paperreader.paper import Sighting

_ACCEPT: Final = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
_MOST: Final = 5_000
"""Entries of one feed; the longest real ones have some 1,500."""
_LINK_KINDS: Final = ("alternate", "")
_GLOBAL: Final = re.compile(r"(?:https?|urn|tag|doi|info|oai):", re.IGNORECASE)
_DOI_IN_LINK: Final = re.compile(r"/(10\.\d{4,9}/[^?#\s]+)", re.ASCII)
# "arXiv:2508.00037v1 Announce Type: new Abstract: ...": how feeds made from arXiv's begin their texts.
_ARXIV_HEAD: Final = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Syndication:
    """The feed at an address."""

    url: str
    title: str = ""
    """What the person calls it; else its host is shown."""

    @property
    def name(self) -> str:
        """Its address."""
        return self.url

    @property
    def label(self) -> str:
        """What the screen calls it."""
        return self.title or host_of(self.url).removeprefix("www.") or shown(self.url)

    @property
    def plain_http(self) -> bool:
        """Whether it is asked without encryption: everybody on the way can read and change it."""
        return self.url.lower().startswith("http:")

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """What the feed has now; feeds keep no other times. Raises FeedError."""
        if not isinstance(when, Latest):
            yield NotAsked(f"{self.label} has its latest entries only, none of {when}.")
            return
        yield Asking(0, 1)
        fetched = client.get(self.url, stop=stop, accept=_ACCEPT, named=True)
        if isinstance(fetched, Same):
            yield Look(fetched.visit, None, fetched.asked).news(1, 1)
            return
        understood = client.understand(self.name, fetched, lambda body: self._parse(body, fetched))
        yield Look(fetched.visit.counting(understood.entries), understood).news(1, 1)

    def _parse(self, body: bytes, fetched: Fetched) -> Understood:
        return parse(body, source=self.name, url=fetched.url, content_type=fetched.content_type)


def parse(body: bytes, *, source: str, url: str = "", content_type: str = "") -> Understood:
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
    return Understood(tuple(found), len(entries))


def feed_title(body: bytes, url: str = "", content_type: str = "") -> str:
    """What the feed calls itself, on one line; empty where it does not say or is no feed."""
    return clean.line(_plain(dict(_read(body, url, content_type)["feed"]), "title"), 200)


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
