"""What is at an address that a person pastes: a feed, or a page that names its feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from paperreader.feeds import clean
from paperreader.feeds.apart import read
from paperreader.feeds.clock import Stop
from paperreader.feeds.complaint import looks_like_page
from paperreader.feeds.fetch import Client, Same
from paperreader.feeds.html_tokens import tokens

_TYPES: Final = frozenset({"application/rss+xml", "application/atom+xml"})
_READ: Final = 500_000
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Discovered:
    """A feed that can be added."""

    url: str
    title: str
    """What it calls itself; may be empty."""


def discover(client: Client, url: str, stop: Stop) -> list[Discovered]:
    """The feed at this address, else the feeds that the page there names, in its order.

    Raises FeedError; FeedUnreadable where there is neither.
    """
    fetched = client.get(url, stop=stop, named=True, conditional=False)
    assert not isinstance(fetched, Same)  # asked without conditions
    if looks_like_page(fetched.body):
        named = alternates(fetched.body, fetched.url)
        if named:
            return named
    where = {"source": url, "url": fetched.url, "content_type": fetched.content_type}
    return [Discovered(url, read(fetched.body, **where, seconds=client.limits.reading, stop=stop).title)]


def alternates(body: bytes, url: str) -> list[Discovered]:
    """The feeds that a page names in its head, as absolute addresses (HTML standard, "alternate" links)."""
    found: dict[str, Discovered] = {}
    for token in tokens(body[:_READ].decode("utf-8", "replace")):
        if isinstance(token, str) or token.name != "link":
            continue
        given = token.attributes
        kind = given.get("type", "").split(";")[0].strip().lower()
        if kind in _TYPES and "alternate" in given.get("rel", "").lower().split():
            address = _absolute(url, given.get("href", ""))
            if address:
                found.setdefault(address, Discovered(address, clean.line(given.get("title", ""), 200)))
    return list(found.values())[:_MOST]


def _absolute(url: str, href: str) -> str:
    try:
        return clean.link(urljoin(url, href.strip())) if href.strip() else ""
    except ValueError:
        return ""
