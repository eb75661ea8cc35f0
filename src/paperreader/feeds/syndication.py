"""Any RSS or Atom feed that the person names: a blog, a journal, a laboratory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from paperreader.feeds.addresses import host_of, shown
from paperreader.feeds.apart import read
from paperreader.feeds.clock import Stop
from paperreader.feeds.feed import Asking, FeedNews, NotAsked, Understood
from paperreader.feeds.fetch import Client, Fetched, Same
from paperreader.feeds.looking import Look
from paperreader.feeds.when import Latest, When

_ACCEPT: Final = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"


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
        understood = client.understand(self.name, fetched, partial(self._understood, client, fetched, stop))
        yield Look(fetched.visit.counting(understood.entries), understood).news(1, 1)

    def _understood(self, client: Client, fetched: Fetched, stop: Stop, body: bytes) -> Understood:
        where = {"source": self.name, "url": fetched.url, "content_type": fetched.content_type}
        return read(body, **where, seconds=client.limits.reading, stop=stop).understood
