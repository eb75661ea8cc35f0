"""The feeds are asked behind the screen: at a key, at the start when it is long ago, and on a timer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from paperreader.errors import FeedOffline, PaperReaderError
from paperreader.tui.messages import RefreshEnded, RefreshMoved

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.settings import Settings

_OFTEN = 0.25
"""Seconds between two pieces of news: the eye reads no more, and each costs a paint."""
_HOUR = 3600.0

Post = Callable[[Message], object]


def refresh(library: Library, settings: Settings, post: Post, stop: Callable[[], bool]) -> None:
    """Ask all feeds that are followed, in this thread; tell how far they are, and at the end what came of it.

    `stop` ends it within half a second. What goes wrong is told, never raised.
    """
    try:
        sentence, offline = _refreshed(library, settings, post, stop)
    except PaperReaderError as error:
        sentence, offline = str(error), isinstance(error, FeedOffline)
    post(RefreshEnded(sentence, offline))


def is_due(library: Library, settings: Settings, now: float) -> bool:
    """Whether the last refresh is older than the settings allow; `now` in seconds since 1970. Raises StoreError."""
    hours = settings.refresh.on_start_hours
    if hours <= 0 or not library.writable:
        return False
    last = library.following().last_refresh()
    return last is None or now - last > hours * _HOUR


def _refreshed(library: Library, settings: Settings, post: Post, stop: Callable[[], bool]) -> tuple[str, bool]:
    from paperreader.library.following import FeedAsked, Latest, Outcome, World

    outcome = Outcome()
    under_way: dict[str, str] = {}
    told = 0.0
    for news in library.following(World.of(settings.world)).refresh(Latest(), stop=stop):
        outcome.add(news)
        if isinstance(news, FeedAsked):
            under_way[news.feed.name] = f"{news.feed.label} {news.done}/{news.total}"
        else:
            under_way.pop(news.feed.name, None)
        if under_way and monotonic() - told >= _OFTEN:
            told = monotonic()
            post(RefreshMoved("  ".join(under_way.values())))
    return f"{outcome.sentence}.", outcome.offline


class Refresher:
    """One refresh at a time; the key that begins it offers to end it."""

    def __init__(self, library: Library, settings: Settings, post: Post, begin: Callable[[Callable[[], None]], object]):
        """`begin` runs work in a thread; `post` may be called from there."""
        self._library = library
        self._settings = settings
        self._post = post
        self._begin = begin
        self._stop = threading.Event()
        self._asked_to_end = False
        self.running = False
        self._quiet = False
        """Whether nobody asked for the one that runs: being offline is then said once only."""
        self._said_offline = False

    def press(self) -> str:
        """The key: begin; while it runs, ask whether to end it; pressed again, end it. What to say meanwhile."""
        if not self.running:
            self._start(quiet=False)
            return ""
        if not self._asked_to_end:
            self._asked_to_end = True
            return "R again ends the refresh."
        self._stop.set()
        return "Ending the refresh…"

    def by_itself(self) -> None:
        """Nobody pressed a key: at the start, or by the timer."""
        if not self.running:
            self._start(quiet=True)

    def end(self) -> None:
        """The app ends."""
        self._stop.set()

    def ended(self, news: RefreshEnded) -> str:
        """It is over; the sentence to say, empty where it was said before."""
        self.running = False
        if news.offline and self._quiet and self._said_offline:
            return ""
        self._said_offline = news.offline
        return news.sentence

    def _start(self, *, quiet: bool) -> None:
        self.running, self._quiet, self._asked_to_end = True, quiet, False
        self._stop.clear()
        self._begin(lambda: refresh(self._library, self._settings, self._post, self._stop.is_set))
