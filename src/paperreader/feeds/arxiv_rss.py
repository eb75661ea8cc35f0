"""arXiv's announcements of a category: RSS or Atom, made at midnight in New York from Monday to Friday.

On other days the feed is empty, and that is fine. Names and titles are in TeX's accents here, unlike the API's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote

from paperreader.errors import FeedRefused, FeedUnreadable
from paperreader.feeds import clean, safe_xml
from paperreader.feeds.arxiv import API, ArxivQuery
from paperreader.feeds.arxiv_atom import LABEL, NAME, feed_error, reason
from paperreader.feeds.author_line import authors
from paperreader.feeds.clock import Stop
from paperreader.feeds.feed import Asking, FeedNews, Understood
from paperreader.feeds.fetch import Client
from paperreader.feeds.looking import look
from paperreader.feeds.safe_json import not_what_was_asked
from paperreader.feeds.safe_xml import ARXIV, ATOM, DC, Element, text, texts
from paperreader.feeds.when import Latest, When
from paperreader.latex.accents import unescaped
from paperreader.paper import Sighting

RSS: Final = "https://rss.arxiv.org"

_HEAD: Final = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:\s*)?", re.IGNORECASE)
_KINDS: Final = frozenset({"new", "cross", "replace", "replace-cross"})


@dataclass(frozen=True, slots=True)
class ArxivListing:
    """The feed of what arXiv announces in a category; of earlier days, what was submitted to it on them."""

    category: str
    """ "cs.CL"; several with "+" between. arXiv cuts a feed of more than 2,000 and loses the new ones first."""
    name: str
    label: str
    base_url: str = API
    rss_url: str = RSS

    @property
    def plain_http(self) -> bool:
        """Whether it is asked without encryption, which only a server on this machine is."""
        return self.rss_url.startswith("http:")

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """Today's announcements in one request; another time by the query API. Raises FeedError."""
        if not isinstance(when, Latest):
            query = " OR ".join(f"cat:{category}" for category in self.category.split("+"))
            yield from ArxivQuery(query, self.name, self.label, self.base_url).ask(client, when, stop)
            return
        yield Asking(0, 1)
        url = f"{self.rss_url.rstrip('/')}/rss/{quote(self.category, safe='+')}"
        accept = "application/rss+xml, application/atom+xml;q=0.9"
        seen = look(client, url, self._parse, feed=self.name, stop=stop, accept=accept, explain=reason)
        yield seen.news(1, 1)

    def _parse(self, body: bytes) -> Understood:
        return parse(body, source=self.name)


def parse(body: bytes, *, source: str = NAME) -> Understood:
    """The sightings of a feed, RSS 2.0 or Atom, in its order. Raises FeedRefused for arXiv's errors, FeedUnreadable."""
    root = safe_xml.parsed(body, LABEL)
    if root.tag not in ("rss", f"{ATOM}feed"):
        raise not_what_was_asked(body, LABEL, "a feed")
    if error := feed_error(root):
        raise FeedRefused(f"{LABEL} says: {error}.", "Look at the category's name.")
    items = [_from_rss(item) for item in root.iterfind("channel/item")]
    items += [_from_atom(entry) for entry in root.iterfind(f"{ATOM}entry")]
    found = tuple(filter(None, (item.sighting(source) for item in items)))
    if items and not found:
        raise FeedUnreadable(f"{LABEL} sent {len(items):,} entries that are no papers.")
    return Understood(found, len(items))


@dataclass(frozen=True, slots=True)
class _Item:
    """What both forms say, as it came."""

    name: str
    link: str
    title: str
    description: str
    announced: str
    kind: str
    creators: str
    categories: list[str]
    licence: str
    doi: str
    journal: str

    def sighting(self, source: str) -> Sighting | None:
        arxiv_id, version = clean.arxiv_name(self.name)
        if not arxiv_id:
            arxiv_id, version = clean.arxiv_name(self.link)
        title = clean.line(unescaped(clean.line(self.title)))
        if not arxiv_id or not title:
            return None
        kind = self.kind.strip().lower()
        return Sighting(
            source=source,
            title=title,
            arxiv_id=arxiv_id,
            version=version,
            doi=clean.doi_name(self.doi),
            authors=clean.names(authors(unescaped(clean.line(self.creators, clean.LONGEST_TEXT)))),
            published=_submitted_about(arxiv_id, version, kind, self.announced),
            abstract=clean.paragraphs(unescaped(_HEAD.sub("", self.description[: clean.LONGEST_TEXT], count=1))),
            categories=clean.words(self.categories),
            listed=self.announced,
            announcement=kind if kind in _KINDS else "",
            journal=clean.line(unescaped(clean.line(self.journal))),
            licence=clean.link(self.licence),
        )


def _from_rss(item: Element) -> _Item:
    return _Item(
        name=text(item, "guid"),
        link=text(item, "link"),
        title=text(item, "title"),
        description=text(item, "description"),
        announced=_rss_day(text(item, "pubDate")),
        kind=text(item, f"{ARXIV}announce_type"),
        creators=", ".join(texts(item, f"{DC}creator")),
        categories=texts(item, "category"),
        licence=text(item, f"{DC}rights"),
        doi=text(item, f"{ARXIV}DOI"),
        journal=text(item, f"{ARXIV}journal_reference"),
    )


def _from_atom(entry: Element) -> _Item:
    """`updated` is when the feed was made and says nothing."""
    link = entry.find(f"{ATOM}link")
    return _Item(
        name=text(entry, f"{ATOM}id"),
        link="" if link is None else link.get("href", ""),
        title=text(entry, f"{ATOM}title"),
        description=text(entry, f"{ATOM}summary"),
        announced=clean.day(text(entry, f"{ATOM}published")),
        kind=text(entry, f"{ARXIV}announce_type"),
        creators=", ".join(texts(entry, f"{DC}creator")),
        categories=[category.get("term", "") for category in entry.iterfind(f"{ATOM}category")],
        licence=text(entry, f"{DC}rights"),
        doi=text(entry, f"{ARXIV}DOI"),
        journal=text(entry, f"{ARXIV}journal_reference"),
    )


def _rss_day(value: str) -> str:
    """The day of an RSS date where it was written, New York's: midnight there is the same day in London."""
    try:
        return parsedate_to_datetime(value.strip()[:60]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _submitted_about(arxiv_id: str, version: int | None, kind: str, announced: str) -> str:
    """When a first version was submitted: its announcement, one to four days later, is the nearest that is said here.

    Empty for replacements, and for cross-lists of papers of other months. The API's own date is always earlier.
    """
    is_first = version in (None, 1) and kind in ("new", "cross")
    month = announced[2:4] + announced[5:7]
    return announced if is_first and arxiv_id.startswith(f"{month}.") else ""
