"""The refresh before a digest: if it fails, what is there is told of all the same, and that it failed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up
from paperreader.cli.streams import say
from paperreader.errors import FeedError

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.following import Outcome
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
    from paperreader.library.following import Day, Latest, Outcome
    from paperreader.library.missed import missed
    from paperreader.library.world import World

    outcome = Outcome()
    wishes = settings.digest
    try:
        following = library.following(World.of(settings.world))
        days = missed(following.followed(), library.digests.covered(readers), library.trends.today, wishes.catch_up)
        for news in following.refresh(Latest()):
            outcome.add(news)
        for day, names in days.items():
            failed = {failure.feed.name for failure in outcome.failed}
            if well := [name for name in names if name not in failed]:
                for news in following.refresh(Day(day), names=well):
                    outcome.add(news)
    except FeedError as error:  # a key in the environment that cannot be one
        return [f"The refresh before this digest failed: {error.message}"]
    return _told(outcome)


def _told(outcome: Outcome) -> list[str]:
    if not outcome.failed:
        return []
    if outcome.offline:
        return ["The refresh before this digest failed: this machine was offline. This is what was there before."]
    reasons = [f"{failed.feed.label}: {failed.error.message}" for failed in outcome.failed]
    others = " What others brought is here." if outcome.refreshed else ""
    return [f"The refresh before this digest failed for {'; '.join(reasons)}{others}"]
