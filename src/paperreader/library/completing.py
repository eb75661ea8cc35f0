"""Feeds that tell more of papers which others told of: abstracts that did not come along, citation counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperreader import feeds
from paperreader.errors import FeedError
from paperreader.feeds import Asking, Client, FeedNews, Sighted, When
from paperreader.stop import Stop


@dataclass(frozen=True, slots=True)
class Abstracts:
    """arXiv, asked by id for papers that came without an abstract."""

    ids: Sequence[str]
    base_url: str
    name: str = "arxiv"
    label: str = "arXiv abstracts"
    plain_http: bool = False

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """A hundred at a time. Raises FeedError."""
        return feeds.complete(client, self.ids, stop, base_url=self.base_url, source=self.name)


@dataclass(frozen=True, slots=True)
class Citations:
    """Semantic Scholar, asked once a refresh."""

    ids: Sequence[str]
    base_url: str
    name: str = "semantic scholar"
    label: str = "Semantic Scholar"
    plain_http: bool = False

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """One call. Raises FeedError."""
        yield Asking(0, 1)
        understood = feeds.enrich(client, self.ids, stop, base_url=self.base_url)
        yield Sighted(1, 1, understood.sightings, odd=understood.odd)


@dataclass(frozen=True, slots=True)
class Lost:
    """A feed that is followed and whose name means none any more."""

    name: str
    label: str
    error: FeedError
    plain_http: bool = False

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """Raises the FeedError that says why."""
        yield Asking(0, 1)
        raise self.error
