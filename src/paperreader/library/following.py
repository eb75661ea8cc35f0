"""The feeds that one follows: asked together, and for one paper more on demand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperreader import __version__, feeds
from paperreader.errors import FeedError
from paperreader.feeds import Client, Day, Evidence, Feed, Key, Latest, Month, Patience, Places, Validators, Week, When
from paperreader.library.completing import Abstracts, Citations
from paperreader.paths import Paths
from paperreader.refresh import FeedFailed, News, Outcome, refresh
from paperreader.stop import Stop, never
from paperreader.store import papers, recording, subscriptions, visits
from paperreader.store.database import Database

if TYPE_CHECKING:
    from paperreader.feeds import Detail, Discovered

__all__ = ["Day", "Feed", "FeedFailed", "Followed", "Following", "Latest", "Month", "Outcome", "Week", "When", "World"]

_COMPLETED = 300
"""Papers without an abstract that arXiv is asked for at the end of one refresh: three requests."""
_COUNTED = 500
"""Papers whose citations are asked for at the end of one refresh: what one call takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What settings.toml says about asking the world."""

    contact: str = ""
    """Where the person can be reached, told to every server in the User-Agent."""
    places: Places = field(default_factory=Places)
    semantic_scholar: bool = False
    """Whether citation counts are asked for, one call a refresh."""
    off: frozenset[str] = frozenset()
    """Feeds by name that are followed and not asked."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One feed of the list."""

    feed: Feed
    title: str
    asked: float | None
    """When it was last asked with success, in seconds since 1970."""
    said: str
    """What came of it."""
    on: bool


class Following:
    """The library's side of feeds: what is followed, and asking it."""

    def __init__(self, database: Database, paths: Paths, now: Callable[[], float], world: World | None = None) -> None:
        self._database = database
        self._paths = paths
        self._now = now
        self.world = world or World()

    def followed(self) -> list[Followed]:
        """What is followed, each with what came of it last."""
        asked = visits.refreshed(self._database)
        found = []
        for name, title in subscriptions.followed(self._database):
            feed = feeds.feed(name, self.world.places, title=title)
            at, said = asked.get(feed.name, (None, ""))
            found.append(Followed(feed, title, at, said, on=feed.name not in self.world.off))
        return found

    def last_refresh(self) -> float | None:
        """When some feed was last asked with success; None where none ever was."""
        return max((at for at, _ in visits.refreshed(self._database).values()), default=None)

    def feed(self, name: str) -> Feed:
        """The feed that a name means, followed or not. Raises FeedUnknown, FeedRefused."""
        return feeds.feed(name, self.world.places)

    def follow(self, name: str, title: str = "") -> tuple[Feed, bool]:
        """Follow a feed; and whether it is new. Raises FeedUnknown, FeedRefused."""
        feed = feeds.feed(name, self.world.places, title=title)
        return feed, subscriptions.follow(self._database, feed.name, title, self._now())

    def unfollow(self, name: str) -> bool:
        """Follow it no longer; its papers stay. Whether it was followed."""
        with suppress(FeedError):  # a name that an older version knew can be taken off as it is
            name = feeds.feed(name, self.world.places).name
        return subscriptions.unfollow(self._database, name)

    def refresh(self, when: When, *, names: Sequence[str] = (), stop: Stop = never) -> Iterator[News]:
        """Ask the feeds named, else all that are followed and on; yields news. Raises FeedUnknown, StoreError."""
        if names:
            chosen = [self.feed(name) for name in names]
        else:
            chosen = [followed.feed for followed in self.followed() if followed.on]
        began = self._now()
        client = self.client()
        try:
            yield from refresh(self._database, chosen, client, when, now=self._now, stop=stop)
            if not stop():
                yield from refresh(self._database, self._more(began), client, when, now=self._now, stop=stop)
        finally:
            client.close()

    def detail(self, arxiv_id: str, stop: Stop = never) -> Detail | None:
        """What Hugging Face links to the paper; None where it does not know it. Raises FeedError."""
        client = self.client()
        try:
            found = feeds.detail(client, arxiv_id, stop, base_url=self.world.places.huggingface)
        finally:
            client.close()
        if found is not None:
            list(recording.record(self._database, [found.sighting], self._now(), revive=False))
        return found

    def discover(self, url: str, stop: Stop = never) -> list[Discovered]:
        """What is at an address that may be a feed. Raises FeedError."""
        client = self.client()
        try:
            return feeds.discover(client, url, stop)
        finally:
            client.close()

    def client(self) -> Client:
        """The one who asks, with this library's memory; to be closed."""
        return Client(
            agent=feeds.user_agent(__version__, self.world.contact),
            pages=_Pages(self._database),
            keys=self._keys(),
            evidence=Evidence(self._paths.cache / "answers"),
            patience=Patience(hosts=_Hosts(self._database)),
        )

    def _keys(self) -> list[Key]:
        keys = []
        if token := os.environ.get("HF_TOKEN", "").strip():
            keys.append(feeds.hugging_face_key(token))
        if key := os.environ.get("SEMANTIC_SCHOLAR_API_KEY", "").strip():
            keys.append(feeds.semantic_scholar_key(key))
        return keys

    def _more(self, began: float) -> list[Feed]:
        """Who is asked for more about the papers of a refresh that began then."""
        places = self.world.places
        more: list[Feed] = []
        if ids := papers.without_abstract(self._database, since=began, limit=_COMPLETED):
            more.append(Abstracts(ids, places.arxiv))
        if self.world.semantic_scholar and (ids := papers.worth_counting(self._database, since=began, limit=_COUNTED)):
            more.append(Citations(ids, places.semantic_scholar))
        return more


class _Pages:
    """`KnownPages` in SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, url: str) -> Validators | None:
        page = visits.page(self._database, url)
        if page is None:
            return None
        return Validators(etag=page.etag, modified=page.modified, fresh_until=page.fresh_until, entries=page.entries)

    def put(self, url: str, validators: Validators) -> None:
        page = visits.Page(validators.etag, validators.modified, validators.fresh_until, validators.entries)
        visits.remember_page(self._database, url, page)


class _Hosts:
    """`Hosts` in SQLite, so that all processes of this library take turns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, host: str, now: float, until: float) -> float:
        return visits.take_turn(self._database, host, now, until)

    def leave(self, host: str, free_at: float) -> None:
        visits.leave_turn(self._database, host, free_at)

    def cooling_until(self, host: str) -> float:
        return visits.cooling_until(self._database, host)

    def cool(self, host: str, until: float) -> None:
        visits.cool(self._database, host, until)
