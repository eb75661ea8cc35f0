"""The pipeline of feeds: ask side by side, keep what they tell, yield news.

Each feed is asked in a thread of its own, which only waits for the network; what comes is recorded here, by whoever
goes through the generator, in transactions of 50. A feed that fails is a piece of news and no end of the others.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from paperreader.errors import FeedError, FeedStopped
from paperreader.feeds import Asking, Client, Feed, FeedNews, NotAsked, Sighted, Unchanged, When
from paperreader.refresh.news import FeedAsked, FeedFailed, FeedPassed, FeedRefreshed, News, Outcome, is_cooling
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

_AHEAD = 4
"""Answers that may wait to be recorded, over all feeds: some hundred papers each."""
_PATIENCE = 0.1
"""Seconds between two looks at `stop` while nothing comes."""
_FAREWELL = 0.3
"""Seconds that threads have for their end; one that reads a hostile answer takes longer, and is left behind."""


Answers = queue.Queue[tuple[Feed, FeedNews | Exception | None]]
"""What the feeds' threads hand on; None is the end of one."""


def refresh(
    database: Database,
    feeds: Sequence[Feed],
    client: Client,
    when: When,
    *,
    now: Callable[[], float],
    stop: Stop = never,
) -> Generator[News, None, None]:
    """Ask these feeds for the papers of that time, all at once, and record what they tell.

    `now` gives seconds since 1970. `stop()` ends the asking within half a second, and so does closing the generator;
    what was told by then is kept. Raises StoreError; what feeds do wrong is news.
    """
    answers: Answers = queue.Queue(_AHEAD)
    ended = threading.Event()
    threads = [_Asked(feed, feed.ask(client, when, lambda: ended.is_set() or stop()), answers, ended) for feed in feeds]
    states = {id(feed): _State(feed) for feed in feeds}
    for thread in threads:
        thread.start()
    try:
        left = len(feeds)
        while left:
            try:
                feed, answer = answers.get(timeout=_PATIENCE)
            except queue.Empty:
                continue  # the threads ask `stop` themselves, and end with FeedStopped
            state = states[id(feed)]
            if answer is None:
                left -= 1
                yield from state.end(database, now())
            else:
                yield from state.take(database, answer, now(), stop)
    finally:
        ended.set()
        until = time.monotonic() + _FAREWELL
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))


class _Asked(threading.Thread):
    """Asks one feed, and hands on what comes; at the end None."""

    def __init__(self, feed: Feed, asking: Iterator[FeedNews], answers: Answers, ended: threading.Event) -> None:
        super().__init__(name=f"feed {feed.name}", daemon=True)
        self._feed = feed
        self._answers = answers
        self._ended = ended
        self._asking = asking

    def run(self) -> None:
        try:
            for news in self._asking:
                self._hand_on(news)
        except Exception as error:  # a FeedError is news; anything else is a bug, and raised where the news are read
            self._hand_on(error)
        finally:
            self._hand_on(None)

    def _hand_on(self, answer: FeedNews | Exception | None) -> None:
        """Wait for room in the queue, unless nobody will make any."""
        while not self._ended.is_set():
            with suppress(queue.Full):
                self._answers.put((self._feed, answer), timeout=_PATIENCE)
                return


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
                yield from self._fail(database, answer)
            case Exception():
                raise answer
            case NotAsked(reason):
                self.over = True
                yield FeedPassed(self.feed, reason)
            case Asking(done, total):
                yield FeedAsked(self.feed, done, total)
            case Unchanged():
                self.pages += 1
                self.same_pages += 1
                self._remember(database, answer)
                yield FeedAsked(self.feed, answer.done, answer.total)
            case Sighted():
                yield from self._record(database, answer, now, stop)

    def end(self, database: Database, now: float) -> Iterator[News]:
        """The feed has nothing more to tell."""
        if self.over:
            return
        unchanged = self.pages == self.same_pages
        news = FeedRefreshed(self.feed, self.recorded, self.odd, self.left_off, unchanged)
        said = "as it was" if unchanged else f"{self.recorded.new:,} new, {self.recorded.changed:,} changed"
        visits.note_refreshed(database, self.feed.name, now, said)
        yield news

    def _fail(self, database: Database, error: FeedError) -> Iterator[News]:
        if self.over:
            return
        self.over = True
        news = FeedFailed(self.feed, error, self.recorded)
        if not isinstance(error, FeedStopped):
            visits.note_failed(database, self.feed.name, news.reason)
        yield news

    def _record(self, database: Database, answer: Sighted, now: float, stop: Stop) -> Iterator[News]:
        """In short transactions; where the person stops in between, the page is not remembered and comes again."""
        self.pages += 1
        told = Recorded()
        for told in record(database, answer.sightings, now, revive=False):
            if stop() and told.total < len(answer.sightings):
                self._add(told)
                yield from self._fail(database, FeedStopped("Stopped.", "Refresh again for the rest."))
                return
        self._add(told)
        self.odd += answer.odd
        self.left_off += answer.left_off
        self._remember(database, answer)
        yield FeedAsked(self.feed, answer.done, answer.total)

    def _add(self, told: Recorded) -> None:
        self.recorded.came |= told.came
        self.recorded.touched |= told.touched - self.recorded.came
        self.recorded.new = len(self.recorded.came)
        self.recorded.changed = len(self.recorded.touched)
        self.recorded.same += told.same

    def _remember(self, database: Database, answer: Sighted | Unchanged) -> None:
        """Only now: remembered before its papers are kept, a kill in between would lose them."""
        for visit in answer.visits:
            known = visit.validators
            page = visits.Page(known.etag, known.modified, known.fresh_until, known.entries)
            visits.remember_page(database, visit.url, page)
