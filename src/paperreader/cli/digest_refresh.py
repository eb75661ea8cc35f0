"""The refresh before a digest: if it fails, what is there is told of all the same, and that it failed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up
from paperreader.cli.streams import say
from paperreader.digest.wording import short_day
from paperreader.errors import FeedCoolingDown, FeedError, FeedOffline

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.following import Following, Outcome
    from paperreader.settings import Settings


def refreshed(options: argparse.Namespace, library: Library, settings: Settings, readers: Iterable[str]) -> list[str]:
    """Ask the feeds where that is wished, and let the index hear of every paper; what the digest has to say of it.

    Days that `readers` missed are asked for too: what is trending now says nothing of the day before yesterday.
    """
    remarks = _asked(library, settings, readers) if options.refresh else []
    for remark in remarks:
        say(remark)
    bring_up(library)
    return remarks


def _asked(library: Library, settings: Settings, readers: Iterable[str]) -> list[str]:
    from paperreader.library.following import Latest, Outcome
    from paperreader.library.missed import missed
    from paperreader.library.world import World

    outcome = Outcome()
    digests = library.digests
    most = settings.digest.catch_up
    try:
        following = library.following(World.of(settings.world))
        days = missed(following.followed(), digests.covered(readers), library.trends.today, most, digests.owed())
        digests.owe(days)  # before anything is asked: a kill leaves them owed
        for news in following.refresh(Latest()):
            outcome.add(news)
        unanswered = _missed(following, days, outcome)
        digests.owe(unanswered)
    except FeedError as error:  # a key in the environment that cannot be one
        return [f"The refresh before this digest failed: {error.message}"]
    return _told(outcome, unanswered)


def _missed(following: Following, days: Mapping[date, Sequence[str]], outcome: Outcome) -> dict[date, list[str]]:
    """Ask for these days, each of these feeds; the days that were not answered, with the feeds.

    That one answer fails ends nothing, unless it cannot but fail the next time.
    """
    from paperreader.library.following import Day, FeedFailed

    down = {failure.feed.name for failure in outcome.failed}
    unanswered: dict[date, list[str]] = {}
    for day, names in days.items():
        failed = [name for name in names if name in down]
        if asked := [name for name in names if name not in down]:
            for news in following.refresh(Day(day), names=asked):
                outcome.add(news)
                if isinstance(news, FeedFailed) and news.feed.name in asked:
                    failed.append(news.feed.name)
                    if isinstance(news.error, FeedOffline | FeedCoolingDown):
                        down.add(news.feed.name)
        if failed:
            unanswered[day] = failed
    return unanswered


def _told(outcome: Outcome, unanswered: Mapping[date, Sequence[str]]) -> list[str]:
    if not outcome.failed:
        return []
    if outcome.offline:
        return ["The refresh before this digest failed: this machine was offline. This is what was there before."]
    reasons = {failed.feed.label: failed.error.message for failed in reversed(outcome.failed)}
    told = "; ".join(f"{label}: {message}" for label, message in reversed(reasons.items()))
    others = " What others brought is here." if outcome.refreshed else ""
    return [f"The refresh before this digest failed for {told}{others}", *_again(outcome, unanswered)]


def _again(outcome: Outcome, unanswered: Mapping[date, Sequence[str]]) -> list[str]:
    """A sentence for each feed that owes days."""
    days: dict[str, list[str]] = {}
    for day, names in unanswered.items():
        for label in {failed.feed.label for failed in outcome.failed if failed.feed.name in names}:
            days.setdefault(label, []).append(short_day(day))
    return [f"{label} is asked again next time for {', '.join(owed)}." for label, owed in sorted(days.items())]
