"""The pipeline of feeds: ask side by side, keep what they tell, yield news.

Each feed is asked in a thread of its own, which only waits for the network; what comes is recorded here, by whoever
goes through the generator, in transactions of 50. A feed that fails is a piece of news and no end of the others.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field

from paperreader.errors import FeedError, FeedStopped, LibraryBusy
from paperreader.feeds import Asking as FeedAsking
from paperreader.feeds import Client, Feed, FeedNews, NotAsked, Sighted, Unchanged, When
from paperreader.refresh.asking import Asking
from paperreader.refresh.news import FeedAsked, FeedFailed, FeedPassed, FeedRefreshed, News, Outcome, is_cooling
from paperreader.refresh.waiting import patiently
from paperreader.stop import Stop, never
from paperreader.store import visits
from paperreader.store.database import Database
from paperreader.store.recording import Recorded, record

__all__ = [
    "FeedAsked",
    "FeedFailed",
    "FeedPassed",
    "FeedRefreshed",
    "News",
    "Outcome",
    "is_cooling",
    "refresh",
]


def refresh(
    database: Database,
    feeds: Sequence[Feed],
    client: Client,
    when: When,
    *,
    now: Callable[[], float],
    stop: Stop = never,
) -> Generator[News, None, None]:
    """Ask these feeds for the papers of that time, side by side, and record what they tell.

    `now` gives seconds since 1970. `stop()` ends the asking within half a second, and so does closing the generator;
    what was told by then is kept. Raises StoreError; what feeds do wrong is news.
    """
    states = {id(feed): _State(feed) for feed in feeds}
    with closing(Asking(feeds, client, when, stop)) as asking:
        left = len(feeds)
        while left:
            try:
                feed, answer = asking.next()
            except queue.Empty:
                continue  # the threads ask `stop` themselves, and end with FeedStopped
            state = states[id(feed)]
            if answer is None:
                left -= 1
                yield from state.end(database, now(), stop)
            else:
                yield from state.take(database, answer, now(), stop)


@dataclass(slots=True)
class _State:
    """What one feed has told so far."""

    feed: Feed
    recorded: Recorded = field(default_factory=Recorded)
    odd: int = 0
    left_off: int = 0
    pages: int = 0
    same_pages: int = 0
    over: bool = False
    """Whether its end was told already: it failed, or passed."""

    def take(self, database: Database, answer: FeedNews | Exception, now: float, stop: Stop) -> Iterator[News]:
        """Record what it tells; yields what the person may hear. Raises what is no FeedError: it is a bug."""
        match answer:
            case FeedError():
                yield from self._fail(database, answer, stop)
            case Exception():
                raise answer
            case NotAsked(reason):
                self.over = True
                yield FeedPassed(self.feed, reason)
            case FeedAsking(done, total):
                yield FeedAsked(self.feed, done, total)
            case Unchanged():
                self.pages += 1
                self.same_pages += 1
                yield from self._keep(database, answer, stop)
            case Sighted():
                yield from self._record(database, answer, now, stop)

    def end(self, database: Database, now: float, stop: Stop) -> Iterator[News]:
        """The feed has nothing more to tell."""
        if self.over:
            return
        unchanged = self.pages == self.same_pages
        news = FeedRefreshed(self.feed, self.recorded, self.odd, self.left_off, unchanged)
        said = "as it was" if unchanged else f"{self.recorded.new:,} new, {self.recorded.changed:,} changed"
        with suppress(LibraryBusy):  # its papers are kept; that it was asked is not worth ending the others for
            patiently(lambda: visits.note_refreshed(database, self.feed.name, now, said), stop)
        yield news

    def _fail(self, database: Database, error: FeedError, stop: Stop) -> Iterator[News]:
        if self.over:
            return
        self.over = True
        news = FeedFailed(self.feed, error, self.recorded)
        if not isinstance(error, FeedStopped):
            with suppress(LibraryBusy):
                patiently(lambda: visits.note_failed(database, self.feed.name, news.reason), stop)
        yield news

    def _record(self, database: Database, answer: Sighted, now: float, stop: Stop) -> Iterator[News]:
        """In short transactions; where the person stops in between, the page is not remembered and comes again."""
        self.pages += 1
        try:
            whole = patiently(lambda: self._recorded(database, answer, now, stop), stop)
        except LibraryBusy as error:
            yield from self._fail(database, _unkept(error), stop)
            return
        if not whole:
            yield from self._fail(database, FeedStopped("Stopped.", "Refresh again for the rest."), stop)
            return
        self.odd += answer.odd
        self.left_off += answer.left_off
        yield from self._keep(database, answer, stop)

    def _recorded(self, database: Database, answer: Sighted, now: float, stop: Stop) -> bool:
        """Record them, those that are recorded already too; whether that came to its end before the person ended it."""
        told = Recorded()
        try:
            for told in record(database, answer.sightings, now, revive=False):
                if stop() and told.total < len(answer.sightings):
                    return False
        finally:
            self._add(told)
        return True

    def _add(self, told: Recorded) -> None:
        self.recorded.came |= told.came
        self.recorded.touched |= told.touched - self.recorded.came
        self.recorded.new = len(self.recorded.came)
        self.recorded.changed = len(self.recorded.touched)
        self.recorded.same += told.same

    def _keep(self, database: Database, answer: Sighted | Unchanged, stop: Stop) -> Iterator[News]:
        with suppress(LibraryBusy):  # a page that is not remembered comes again
            patiently(lambda: self._remember(database, answer), stop)
        yield FeedAsked(self.feed, answer.done, answer.total)

    def _remember(self, database: Database, answer: Sighted | Unchanged) -> None:
        """Only now: remembered before its papers are kept, a kill in between would lose them."""
        for visit in answer.visits:
            known = visit.validators
            page = visits.Page(known.etag, known.modified, known.fresh_until, known.entries)
            visits.remember_page(database, visit.url, page)


def _unkept(error: LibraryBusy) -> FeedError:
    """What it means for a feed that the library was busy all the time; what was kept before stays."""
    text = f"Not all that came could be kept: {error.message}"
    return FeedError(text, "Close that program and refresh again; what was kept stays.")
