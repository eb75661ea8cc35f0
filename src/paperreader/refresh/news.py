"""What a refresh tells while it goes on, and what it came to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paperreader.errors import FeedCoolingDown, FeedError, FeedOffline, FeedStopped
from paperreader.feeds import Feed
from paperreader.store.recording import Recorded

_ADDRESS = re.compile(r"^https?://\S+ ")
"""The address that says no: in the middle of a sentence the feed's name does."""

_FEW = 4
"""Feeds that a sentence names; of more it says how many."""


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
    recorded: Recorded = field(default_factory=Recorded)
    """What it told before."""

    @property
    def reason(self) -> str:
        """Why, for the middle of a sentence: "not asked, cooling down until 14:05"."""
        if isinstance(self.error, FeedCoolingDown):
            how = "asked too often" if self.error.asked else "not asked"
            return f"{how}, cooling down until {self.error.clock}"
        return _ADDRESS.sub("", self._said).rstrip(".")

    @property
    def told(self) -> str:
        """A line of its own: who, why, and what to do next."""
        return " ".join(filter(None, [f"{self.feed.label}: {self._said}", self.error.hint]))

    @property
    def _said(self) -> str:
        """The message without the feed's own name before it, which stands there already."""
        said = self.error.message
        for name in (self.feed.label, self.feed.name, self.feed.label.partition(" ")[0]):
            said = said.removeprefix(f"{name} ")
        return said


News = FeedAsked | FeedRefreshed | FeedPassed | FeedFailed


@dataclass(slots=True)
class Outcome:
    """What a refresh came to; made of its news."""

    recorded: Recorded = field(default_factory=Recorded)
    """Each paper counts once, also where several feeds told of it: as new if it is."""
    refreshed: list[FeedRefreshed] = field(default_factory=list)
    failed: list[FeedFailed] = field(default_factory=list)
    stopped: bool = False
    """Whether the person ended it."""
    unchanged: int = 0
    """Feeds of which all was as it was."""

    def add(self, news: News) -> None:
        """Take a piece of news into account."""
        if isinstance(news, FeedRefreshed):
            self._count(news.recorded)
            self.refreshed.append(news)
            self.unchanged += news.unchanged
        elif isinstance(news, FeedFailed):
            self._count(news.recorded)
            if isinstance(news.error, FeedStopped):
                self.stopped = True
            else:
                self.failed.append(news)

    @property
    def offline(self) -> bool:
        """Whether this machine is most likely off the network: every feed that was asked failed so."""
        return bool(self.failed) and not self.refreshed and all(map(_is_offline, self.failed))

    @property
    def state(self) -> str:
        """What is wrong, in a few words: "offline", "Hugging Face cooling down until 14:05", "2 feeds failed"."""
        if self.offline:
            return "offline"
        if not self.failed:
            return "ended early" if self.stopped else ""
        who = self.failed[0].feed.label if len(self.failed) == 1 else f"{len(self.failed)} feeds"
        cooling = [failed.error for failed in self.failed if isinstance(failed.error, FeedCoolingDown)]
        if len(cooling) < len(self.failed):
            return f"{who} failed"
        return f"{who} cooling down until {max(cooling, key=lambda error: error.until).clock}"

    @property
    def sentence(self) -> str:
        """ "23 new, 4 changed; arXiv cs.CL: not asked, cooling down until 14:05"."""
        parts = [] if self.offline else [f"{self.recorded.new:,} new, {self.recorded.changed:,} changed"]
        parts += _counted(
            [(news.feed.label, news.odd) for news in self.refreshed], "not understood", "entry", "entries"
        )
        parts += _counted([(news.feed.label, news.left_off) for news in self.refreshed], "more not asked for")
        parts += self._failures()
        if self.stopped:
            parts.append("ended early")
        return "; ".join(parts)

    def _failures(self) -> list[str]:
        """A part for each reason, with all the feeds that it stopped."""
        reasons: dict[str, list[str]] = {}
        for failed in self.failed:
            reason = "offline" if _is_offline(failed) else failed.reason
            reasons.setdefault(reason, []).append(failed.feed.label)
        without = reasons.pop("offline", None)
        told = [f"{_listed(labels)}: {reason}" for reason, labels in reasons.items()]
        return [*told, f"offline: {_listed(without)} could not be asked"] if without else told

    def _count(self, recorded: Recorded) -> None:
        sums = self.recorded
        sums.came |= recorded.came
        sums.touched |= recorded.touched
        sums.new = len(sums.came)
        sums.changed = len(sums.touched - sums.came)
        sums.same += recorded.same


def is_cooling(news: News) -> bool:
    """Whether a feed was not asked because its host wants to be left alone for a while."""
    return isinstance(news, FeedFailed) and isinstance(news.error, FeedCoolingDown)


def _is_offline(failed: FeedFailed) -> bool:
    return isinstance(failed.error, FeedOffline)


def _counted(counts: Sequence[tuple[str, int]], what: str, one: str = "", many: str = "") -> list[str]:
    """ "Hugging Face: 3 entries not understood": a part for each feed, or one for all where they are many."""
    told = [(who, number) for who, number in counts if number]
    if len(told) > _FEW:
        told = [(f"{len(told):,} feeds", sum(number for _, number in told))]
    parts = ((who, f"{number:,}", one if number == 1 else many, what) for who, number in told)
    return [f"{who}: {' '.join(filter(None, words))}" for who, *words in parts]


def _listed(names: Sequence[str]) -> str:
    """ "A, B and C", or how many where they are many."""
    *first, last = names
    if len(names) > _FEW:
        return f"{len(names):,} feeds"
    return f"{', '.join(first)} and {last}" if first else last
