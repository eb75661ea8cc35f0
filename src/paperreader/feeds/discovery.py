"""What is at an address that a person pastes: a feed, or a page that names its feeds."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from paperreader.feeds import clean, syndication
from paperreader.feeds.clock import Stop
from paperreader.feeds.complaint import looks_like_page
from paperreader.feeds.fetch import Client, Same

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
    syndication.parse(fetched.body, source=url, url=fetched.url, content_type=fetched.content_type)
    return [Discovered(url, syndication.feed_title(fetched.body, fetched.url, fetched.content_type))]


def alternates(body: bytes, url: str) -> list[Discovered]:
    """The feeds that a page names in its head, as absolute addresses (HTML standard, "alternate" links)."""
    links = _Links()
    with suppress(AssertionError, ValueError):  # as in html_text: what was read so far counts
        links.feed(body[:_READ].decode("utf-8", "replace"))
    found: dict[str, Discovered] = {}
    for href, title in links.found:
        try:
            address = clean.link(urljoin(url, href))
        except ValueError:
            continue
        if address:
            found.setdefault(address, Discovered(address, clean.line(title, 200)))
    return list(found.values())[:_MOST]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("type", "").split(";")[0].strip().lower()
        if tag == "link" and "alternate" in given.get("rel", "").lower().split() and kind in _TYPES:
            self.found.append((given.get("href", "").strip(), given.get("title", "")))
