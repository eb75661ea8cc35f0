"""The refresh before a digest: if it fails, what is there is told of all the same, and that it failed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up
from paperreader.cli.streams import say
from paperreader.errors import FeedError

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.following import Outcome
    from paperreader.settings import Settings


def refreshed(options: argparse.Namespace, library: Library, settings: Settings) -> list[str]:
    """Ask the feeds where that is wished, and let the index hear of every paper; what the digest has to say of it."""
    remarks = _asked(library, settings) if options.refresh else []
    for remark in remarks:
        say(remark)
    bring_up(library)
    return remarks


def _asked(library: Library, settings: Settings) -> list[str]:
    from paperreader.library.following import Latest, Outcome
    from paperreader.library.world import World

    outcome = Outcome()
    try:
        for news in library.following(World.of(settings.world)).refresh(Latest()):
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
    return [f"The refresh before this digest failed for {'; '.join(reasons)} What others brought is here."]
