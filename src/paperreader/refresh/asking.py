"""Feeds asked side by side, in threads that only wait for the network: a few at once, those of one host in turn."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from paperreader.errors import FeedError, LibraryBusy
from paperreader.feeds import Client, Feed, FeedNews, When, host
from paperreader.stop import Stop

PATIENCE = 0.1
"""Seconds between two looks at `stop` while nothing comes."""
_AT_ONCE = 8
"""Hosts that are asked at once. Each thread writes to the database when its turn comes: 400 of them kept each other,
and whoever records, from it for longer than anybody waits."""
_AHEAD = 4
"""Answers that may wait to be recorded, over all feeds: some hundred papers each."""
_FAREWELL = 0.3
"""Seconds that threads have for their end; one that reads a hostile answer takes longer, and is left behind."""

Answer = FeedNews | Exception | None
"""What a feed tells; None is its end."""


class Asking:
    """The feeds of one refresh while they are asked. `close` ends it within half a second."""

    def __init__(self, feeds: Sequence[Feed], client: Client, when: When, stop: Stop) -> None:
        self._answers: queue.Queue[tuple[Feed, Answer]] = queue.Queue(_AHEAD)
        self._ended = threading.Event()
        self._client = client
        self._when = when
        self._stop = stop
        self._hosts: queue.SimpleQueue[list[Feed]] = queue.SimpleQueue()
        hosts: dict[str, list[Feed]] = {}
        for feed in feeds:
            hosts.setdefault(host(feed), []).append(feed)
        for each in sorted(hosts.values(), key=len, reverse=True):  # whose feeds wait for each other begin
            self._hosts.put(each)
        self._threads = [
            threading.Thread(target=self._run, name=f"feeds {number}", daemon=True)
            for number in range(min(_AT_ONCE, len(hosts)))
        ]
        for thread in self._threads:
            thread.start()

    def next(self) -> tuple[Feed, Answer]:
        """What comes next. Raises queue.Empty where nothing came for a moment."""
        return self._answers.get(timeout=PATIENCE)

    def close(self) -> None:
        """Wait for nobody any more; what was not handed on is lost."""
        self._ended.set()
        until = time.monotonic() + _FAREWELL
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        """Ask the feeds of one host after the other, and then those of the next host."""
        with suppress(queue.Empty):
            while not self._ended.is_set():
                for feed in self._hosts.get_nowait():
                    self._ask(feed)  # where the person stopped it, each ends with its first look at `stop`

    def _ask(self, feed: Feed) -> None:
        try:
            for news in feed.ask(self._client, self._when, self._is_over):
                self._hand_on(feed, news)
        except LibraryBusy as error:  # its turn could not be written down: that is the trouble of this feed
            text = f"It could not be asked in turn: {error.message}"
            self._hand_on(feed, FeedError(text, "Close that program and refresh again."))
        except Exception as error:  # a FeedError is news; anything else is a bug, and raised where the news are read
            self._hand_on(feed, error)
        finally:
            self._hand_on(feed, None)

    def _is_over(self) -> bool:
        return self._ended.is_set() or self._stop()

    def _hand_on(self, feed: Feed, answer: Answer) -> None:
        """Wait for room in the queue, unless nobody will make any."""
        while not self._ended.is_set():
            with suppress(queue.Full):
                self._answers.put((feed, answer), timeout=PATIENCE)
                return
