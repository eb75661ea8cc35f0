"""The pipeline of feeds: ask side by side, keep what they tell, yield news.

Each feed is asked in a thread of its own, which only waits for the network; what comes is recorded here, by whoever
goes through the generator, in transactions of 200. A feed that fails is a piece of news and no end of the others.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from paperreader.errors import FeedCoolingDown, FeedError, FeedStopped
from paperreader.feeds import Asking, Client, Feed, FeedNews, NotAsked, Sighted, Unchanged, When
from paperreader.stop import Stop, never
from paperreader.store import visits
from paperreader.store.database import Database
from paperreader.store.recording import Recorded, record

_AHEAD = 4
"""Answers that may wait to be recorded, over all feeds: some hundred papers each."""
_PATIENCE = 0.1
"""Seconds between two looks at `stop` while nothing comes."""


@dataclass(frozen=True, slots=True)
class FeedAsked:
    """A feed is being asked: "arXiv cs.CL 2/3"."""

    feed: Feed
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FeedRefreshed:
    """A feed has told all that it had to tell."""

    feed: Feed
    recorded: Recorded
    odd: int = 0
    """Entries that could not be understood."""
    left_off: int = 0
    """Papers that there are and that were not asked for."""
    unchanged: bool = False
    """Whether all its pages were as they were."""


@dataclass(frozen=True, slots=True)
class FeedPassed:
    """A feed has nothing to say of the time asked for."""

    feed: Feed
    reason: str


@dataclass(frozen=True, slots=True)
class FeedFailed:
    """A feed could not be asked, or not to its end; what it told before is kept."""

    feed: Feed
    error: FeedError


Answers = queue.Queue[tuple[Feed, FeedNews | Exception | None]]
"""What the feeds' threads hand on; None is the end of one."""

News = FeedAsked | FeedRefreshed | FeedPassed | FeedFailed


@dataclass(slots=True)
class Outcome:
    """What a refresh came to; made of its news."""

    recorded: Recorded = field(default_factory=Recorded)
    failed: list[FeedFailed] = field(default_factory=list)
    stopped: bool = False
    """Whether the person ended it."""
    unchanged: int = 0
    """Feeds of which all was as it was."""

    def add(self, news: News) -> None:
        """Take a piece of news into account."""
        if isinstance(news, FeedRefreshed):
            self.recorded.new += news.recorded.new
            self.recorded.changed += news.recorded.changed
            self.recorded.same += news.recorded.same
            self.unchanged += news.unchanged
        elif isinstance(news, FeedFailed):
            if isinstance(news.error, FeedStopped):
                self.stopped = True
            else:
                self.failed.append(news)

    @property
    def sentence(self) -> str:
        """ "23 new, 4 changed; arXiv: not asked, cooling down until 14:05"."""
        told = f"{self.recorded.new:,} new, {self.recorded.changed:,} changed"
        parts = [told, *(f"{failed.feed.label}: {failed.error.message.rstrip('.')}" for failed in self.failed)]
        if self.stopped:
            parts.append("ended early")
        return "; ".join(parts)


def refresh(
    database: Database,
    feeds: Sequence[Feed],
    client: Client,
    when: When,
    *,
    now: Callable[[], float],
    stop: Stop = never,
) -> Iterator[News]:
    """Ask these feeds for the papers of that time, all at once, and record what they tell.

    `now` gives seconds since 1970. `stop()` ends the asking within half a second; what was told by then is kept. Raises
    StoreError; what feeds do wrong is news.
    """
    answers: Answers = queue.Queue(_AHEAD)
    ended = threading.Event()
    asked = [_Asked(feed, client, when, answers, lambda: ended.is_set() or stop()) for feed in feeds]
    states = {id(feed): _State(feed) for feed in feeds}
    for thread in asked:
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
                yield from state.take(database, answer, now())
    finally:
        ended.set()
        _drain(answers, asked)


class _Asked(threading.Thread):
    """Asks one feed, and hands on what comes; at the end None."""

    def __init__(
        self,
        feed: Feed,
        client: Client,
        when: When,
        answers: Answers,
        stop: Stop,
    ) -> None:
        super().__init__(name=f"feed {feed.name}", daemon=True)
        self._feed = feed
        self._answers = answers
        self._asking = feed.ask(client, when, stop)

    def run(self) -> None:
        try:
            for news in self._asking:
                self._answers.put((self._feed, news))
        except Exception as error:  # a FeedError is news; anything else is a bug, and raised where the news are read
            self._answers.put((self._feed, error))
        finally:
            self._answers.put((self._feed, None))


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

    def take(self, database: Database, answer: FeedNews | Exception, now: float) -> Iterator[News]:
        """Record what it tells; yields what the person may hear. Raises what is no FeedError: it is a bug."""
        match answer:
            case FeedError():
                self.over = True
                yield FeedFailed(self.feed, answer)
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
                self.pages += 1
                self._record(database, answer, now)
                yield FeedAsked(self.feed, answer.done, answer.total)

    def end(self, database: Database, now: float) -> Iterator[News]:
        """The feed has nothing more to tell."""
        if self.over:
            return
        unchanged = self.pages == self.same_pages
        news = FeedRefreshed(self.feed, self.recorded, self.odd, self.left_off, unchanged)
        said = "as it was" if unchanged else f"{self.recorded.new:,} new, {self.recorded.changed:,} changed"
        visits.note_refreshed(database, self.feed.name, now, said)
        yield news

    def _record(self, database: Database, answer: Sighted, now: float) -> None:
        *_, sums = record(database, answer.sightings, now, revive=False)
        self.recorded.new += sums.new
        self.recorded.changed += sums.changed
        self.recorded.same += sums.same
        self.odd += answer.odd
        self.left_off += answer.left_off
        self._remember(database, answer)

    def _remember(self, database: Database, answer: Sighted | Unchanged) -> None:
        """Only now: remembered before its papers are kept, a kill in between would lose them."""
        for visit in answer.visits:
            known = visit.validators
            page = visits.Page(known.etag, known.modified, known.fresh_until, known.entries)
            visits.remember_page(database, visit.url, page)


def _drain(answers: Answers, threads: Sequence[_Asked]) -> None:
    """Let threads that wait for room in the queue come to their end."""
    while any(thread.is_alive() for thread in threads):
        with suppress(queue.Empty):
            answers.get(timeout=_PATIENCE)


def is_cooling(news: News) -> bool:
    """Whether a feed was not asked because its host wants to be left alone for a while."""
    return isinstance(news, FeedFailed) and isinstance(news.error, FeedCoolingDown)
