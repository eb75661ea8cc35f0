"""The feeds are asked behind the screen: at a key, at the start when it is long ago, and on a timer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from paperreader.errors import FeedCoolingDown, FeedOffline, FeedStopped, PaperReaderError
from paperreader.tui.keys import told
from paperreader.tui.messages import RefreshEnded, RefreshMoved

if TYPE_CHECKING:
    from datetime import date

    from paperreader.library import Library
    from paperreader.library.following import Following, News, Outcome, When
    from paperreader.library.trends import Window
    from paperreader.settings import Settings

_OFTEN = 0.25
"""Seconds between two pieces of news: the eye reads no more, and each costs a paint."""
_OFFERED_FOR = 5.0
"""Seconds for which the key ends a refresh after it has offered to: as long as the offer is read."""
_HOUR = 3600.0
_DAILY = "huggingface"
"""The feed that lists papers by day, week and month, and counts votes."""

Post = Callable[[Message], object]
Stop = Callable[[], bool]


def refresh(library: Library, settings: Settings, post: Post, stop: Stop, window: Window | None = None) -> None:
    """Ask all feeds that are followed, in this thread; tell how far they are, and at the end what came of it.

    `window` is the one of Trending that is looked at, where that is more than the latest. `stop` ends it within half a
    second. What goes wrong is told, never raised.
    """
    try:
        news = _refreshed(library, settings, post, stop, window)
    except PaperReaderError as error:
        news = RefreshEnded(str(error), isinstance(error, FeedOffline), "refresh failed", complete=False)
    post(news)


def is_due(library: Library, settings: Settings, now: float) -> bool:
    """Whether there is anything to ask and the last refresh is older than the settings allow; for a thread.

    `now` in seconds since 1970. Raises StoreError.
    """
    hours = settings.refresh.on_start_hours
    if hours <= 0 or not library.writable:
        return False
    following = _following(library, settings)
    if not any(followed.on for followed in following.followed()):
        return False
    last = following.last_refresh()
    return last is None or now - last > hours * _HOUR


def _following(library: Library, settings: Settings) -> Following:
    from paperreader.library.following import World  # 0.1 s, which a thread has and the screen has not

    return library.following(World.of(settings.world))


def _refreshed(library: Library, settings: Settings, post: Post, stop: Stop, window: Window | None) -> RefreshEnded:
    from paperreader.library.following import FeedAsked, Outcome

    following = _following(library, settings)
    if not any(followed.on for followed in following.followed()):
        hint = "No feed is followed and switched on. “paperreader feeds add” follows one."
        return RefreshEnded(hint, offline=False, state="no feeds", complete=False)
    outcome = Outcome()
    under_way: dict[str, str] = {}
    told = 0.0
    for news in _all_news(following, outcome, window, library.trends.today, stop):
        if isinstance(news, FeedAsked):
            under_way[news.feed.name] = f"{news.feed.label} {news.done}/{news.total}"
        else:
            under_way.pop(news.feed.name, None)
        if under_way and monotonic() - told >= _OFTEN:
            told = monotonic()
            post(RefreshMoved("  ".join(under_way.values())))
    complete = not outcome.stopped and not outcome.failed
    return RefreshEnded(f"{outcome.sentence}.", outcome.offline, outcome.state, _failures(outcome), complete)


def _all_news(following: Following, outcome: Outcome, window: Window | None, today: date, stop: Stop) -> Iterator[News]:
    """One asking after the other, as long as none was ended or failed."""
    for when, names in _askings(following, window, today):
        if outcome.stopped or outcome.failed:
            return
        for news in following.refresh(when, names=names, stop=stop):
            outcome.add(news)
            yield news


def _askings(following: Following, window: Window | None, today: date) -> list[tuple[When, tuple[str, ...]]]:
    """The latest of all; for a window of Trending the papers of its time, from who lists papers by it."""
    from paperreader.library.following import Day, Latest, Month, Week
    from paperreader.library.trends import Span

    if window is None:
        return [(Latest(), ())]
    day = window.day or today
    when: When
    if window.span is Span.WEEK:
        when = Week.around(day)
    else:
        when = Day(day) if window.span is Span.DAY else Month(day.year, day.month)
    lists = any(followed.feed.name == _DAILY and followed.on for followed in following.followed())
    asked = (when, (_DAILY,) if lists else ())
    return [asked] if window.day is not None else [(Latest(), ()), asked]


def _failures(outcome: Outcome) -> tuple[str, ...]:
    """What the line above has no room for: each failure with what to do next. Cooling down and offline say it all."""
    quiet = FeedCoolingDown | FeedOffline | FeedStopped
    return tuple(each.told for each in outcome.failed if not isinstance(each.error, quiet))


class Refresher:
    """One refresh at a time; the key that begins it offers to end it."""

    def __init__(
        self,
        library: Library,
        settings: Settings,
        post: Post,
        begin: Callable[[Callable[[], None]], object],
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        """`begin` runs work in a thread; `post` may be called from there. `keymap`: the person's own keys."""
        self._keymap = keymap
        self._library = library
        self._settings = settings
        self._post = post
        self._begin = begin
        self._stop = threading.Event()
        self._offered = -_OFFERED_FOR
        self.running = False
        self.quiet = False
        """Whether nobody asked for the one that runs: being offline is then said once only."""
        self._said_offline = False

    def press(self, window: Window | None = None) -> str:
        """The key: begin; while it runs, offer to end it; pressed again, end it. What to say meanwhile."""
        if not self.running:
            self._start(window, quiet=False)
            return ""
        now = monotonic()
        if now - self._offered > _OFFERED_FOR:
            self._offered = now
            return told("{app.refresh} again ends the refresh.", self._keymap)
        self._stop.set()
        return "Ending the refresh…"

    def by_itself(self) -> None:
        """Nobody pressed a key: at the start, or by the timer."""
        if not self.running and self._library.writable:
            self._start(None, quiet=True)

    def end(self) -> None:
        """The app ends."""
        self._stop.set()

    def ended(self, news: RefreshEnded) -> str:
        """It is over; the sentence to say, empty where it was said before."""
        self.running = False
        if news.offline and self.quiet and self._said_offline:
            return ""
        self._said_offline = news.offline
        return news.sentence

    def _start(self, window: Window | None, *, quiet: bool) -> None:
        self.running, self.quiet, self._offered = True, quiet, -_OFFERED_FOR
        self._stop.clear()
        self._begin(lambda: refresh(self._library, self._settings, self._post, self._stop.is_set, window))
