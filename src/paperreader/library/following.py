"""The feeds that one follows: asked together, and for one paper more on demand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from paperreader import __version__, feeds
from paperreader.errors import FeedError
from paperreader.feeds import (
    Client,
    Day,
    Evidence,
    Feed,
    Key,
    Latest,
    Month,
    Patience,
    Sighted,
    Week,
    When,
    opml,
)
from paperreader.library import missed
from paperreader.library.completing import Abstracts, Citations, Lost
from paperreader.library.opening import mark_begun
from paperreader.library.remembering import Pages, Told, Turns
from paperreader.library.world import ARXIV, World
from paperreader.paths import Paths
from paperreader.refresh import FeedAsked, FeedFailed, FeedPassed, FeedRefreshed, News, Outcome, refresh
from paperreader.stop import Stop, never
from paperreader.store import linking, papers, recording, subscriptions, visits
from paperreader.store.database import Database

if TYPE_CHECKING:
    from paperreader.feeds import Discovered
    from paperreader.linked import Links
    from paperreader.paper import Sighting

__all__ = [
    "Day",
    "Feed",
    "FeedAsked",
    "FeedFailed",
    "FeedPassed",
    "FeedRefreshed",
    "Followed",
    "Following",
    "Latest",
    "Month",
    "News",
    "Outcome",
    "Week",
    "When",
    "World",
]

_COMPLETED = 300
"""Papers without an abstract that arXiv is asked for at the end of one refresh: three requests."""
_COMPLETED_FOR = 3 * 86_400.0
"""Seconds for which a paper is worth asking for again, where arXiv cooled down or did not know it yet."""
_COUNTED = 500
"""Papers whose citations are asked for at the end of one refresh: what one call takes."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One feed of the list."""

    feed: Feed
    title: str
    """What the person, or the feed itself, calls it; may be empty."""
    asked: float | None
    """When it was last asked with success, in seconds since 1970."""
    said: str
    """What came of it the last time, also where that failed."""
    on: bool
    """Whether it is asked when all are."""


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
            feed = self._known(name, title)
            at, said = asked.get(feed.name, (0.0, ""))
            found.append(Followed(feed, title, at or None, said, on=self.world.asks(feed.name)))
        return found

    def last_refresh(self) -> float | None:
        """When some feed was last asked with success; None where none ever was."""
        return max((at for at, _ in visits.refreshed(self._database).values() if at), default=None)

    def feed(self, name: str) -> Feed:
        """The feed that a name means: a followed one by its name or title, else any. Raises FeedUnknown, FeedRefused.

        A title that several have names none of them.
        """
        followed = self.followed()
        titled = [known.feed for known in followed if known.title and _plain(known.title) == _plain(name)]
        if len(titled) == 1:
            return titled[0]
        feed = feeds.feed(name, self.world.places)
        return next((known.feed for known in followed if known.feed.name == feed.name), feed)

    def follow(self, name: str, title: str = "", *, rename: bool = False) -> tuple[Feed, bool]:
        """Follow a feed; and whether it is new. One that has a title keeps it unless the person wants to `rename` it.

        Raises FeedUnknown, FeedRefused.
        """
        name = feeds.feed(name, self.world.places).name
        is_new = subscriptions.follow(self._database, name, title, self._now(), rename=rename)
        return next(known.feed for known in self.followed() if known.feed.name == name), is_new

    def unfollow(self, name: str) -> bool:
        """Follow it no longer; its papers stay. Whether it was followed."""
        with suppress(FeedError):  # a name that an older version knew can be taken off as it is
            name = self.feed(name).name
        return subscriptions.unfollow(self._database, name)

    def refresh(self, when: When, *, names: Sequence[str] = (), stop: Stop = never) -> Iterator[News]:
        """Ask the feeds named, else all that are followed and on; yields news.

        Raises FeedUnknown for a name, StoreError.
        """
        if names:
            chosen = list({feed.name: feed for feed in map(self.feed, names)}.values())
        else:
            chosen = [followed.feed for followed in self.followed() if followed.on]
        began = self._now()
        today = datetime.fromtimestamp(began, UTC).date()
        until = today if isinstance(when, Latest) else today + timedelta(days=1)  # of today nobody is asked then
        missed.pass_over(self._database, [feed.name for feed in chosen], until)
        begun = False
        with closing(self.client()) as client:
            for news in refresh(self._database, chosen, client, when, now=self._now, stop=stop):
                if not begun and (not isinstance(news, FeedAsked) or news.done) and papers.total(self._database):
                    mark_begun(self._database)
                    begun = True
                yield news
            if not stop() and (more := self._more(began)):
                yield from refresh(self._database, more, client, when, now=self._now, stop=stop)

    def complete(self, stop: Stop = never) -> Iterator[News]:
        """Ask arXiv for papers of which only the id is known; those that it cannot tell of now stay for a refresh."""
        if not self.world.asks(ARXIV) or not (ids := papers.bare(self._database, limit=_COMPLETED)):
            return
        with closing(self.client()) as client:
            asked = [Abstracts(ids, self.world.places.arxiv)]
            yield from refresh(self._database, asked, client, Latest(), now=self._now, stop=stop)

    def as_opml(self) -> str:
        """The list as OPML 2.0."""
        return opml.written(opml.Outline(known.feed.name, known.title) for known in self.followed())

    def read_opml(self, body: bytes) -> list[opml.Outline]:
        """The feeds of such a list, to be followed. Raises FeedUnreadable."""
        return opml.parse(body)

    def try_out(self, feed: Feed, stop: Stop = never) -> list[Sighting]:
        """The papers of which a feed tells now, each once; nothing is recorded, and only its host's turn remembered.

        Raises FeedError.
        """
        found: dict[object, Sighting] = {}
        with self._asking(pages=False) as client:
            for news in feed.ask(client, Latest(), stop):
                for sighting in news.sightings if isinstance(news, Sighted) else ():
                    found.setdefault(sighting.identities[:1] or sighting, sighting)
        return list(found.values())

    def links(self, rid: int, arxiv_id: str, stop: Stop = never) -> Links | None:
        """Ask Hugging Face what it links to the paper, and keep it; None where it does not know the paper.

        Raises FeedError, StoreError.
        """
        with self._asking() as client:
            found = feeds.detail(client, arxiv_id, stop, base_url=self.world.places.huggingface)
        if found is None:
            return None
        list(recording.record(self._database, [found.sighting], self._now(), revive=False))
        linking.keep(self._database, rid, found.links, self._now())
        return found.links

    def discover(self, url: str, stop: Stop = never) -> list[Discovered]:
        """What is at an address that may be a feed. Raises FeedError."""
        with self._asking() as client:
            return feeds.discover(client, url, stop)

    def client(self, *, pages: bool = True) -> Client:
        """The one who asks, with this library's memory; to be closed. `pages`: whether it knows what it saw before."""
        return Client(
            agent=feeds.user_agent(__version__, self.world.contact),
            pages=Pages(self._database) if pages else None,
            papers=Told(self._database) if pages else None,
            keys=self._keys(),
            evidence=Evidence(self._paths.cache / "answers"),
            patience=Patience(hosts=Turns(self._database)),
        )

    @contextmanager
    def _asking(self, *, pages: bool = True) -> Iterator[Client]:
        with closing(self.client(pages=pages)) as client:
            yield client

    def _known(self, name: str, title: str) -> Feed:
        """A feed of the list; one that an older version knew stands there too, and says so when it is asked."""
        try:
            return feeds.feed(name, self.world.places, title=title)
        except FeedError as error:
            return Lost(name, title or name, error)

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
        since = began - _COMPLETED_FOR
        if self.world.asks(ARXIV) and (ids := papers.without_abstract(self._database, since=since, limit=_COMPLETED)):
            more.append(Abstracts(ids, places.arxiv))
        if self.world.semantic_scholar and (ids := papers.worth_counting(self._database, since=began, limit=_COUNTED)):
            more.append(Citations(ids, places.semantic_scholar))
        return more


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()
