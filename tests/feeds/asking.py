"""Asking a feed as a refresh does: sightings recorded, then visits remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperreader.feeds import Client, Feed, FeedNews, KnownPages, Latest, Sighted, Unchanged, When, never
from paperreader.paper import Sighting


def asked(feed: Feed, client: Client, when: When | None = None, pages: KnownPages | None = None) -> list[FeedNews]:
    """All news of a feed; its visits are put into `pages`."""
    return list(remembered(feed.ask(client, when or Latest(), never), pages))


def remembered(news: Iterable[FeedNews], pages: KnownPages | None) -> Iterator[FeedNews]:
    for item in news:
        if pages is not None and isinstance(item, Sighted | Unchanged):
            for visit in item.visits:
                pages.put(visit.url, visit.validators)
        yield item


def sightings(news: Iterable[FeedNews]) -> list[Sighting]:
    return [sighting for item in news if isinstance(item, Sighted) for sighting in item.sightings]
