"""What feeds have to know from one asking to the next, kept in the library's database for all its processes."""

from __future__ import annotations

from collections.abc import Sequence

from paperreader.feeds import Validators
from paperreader.store import recording, visits
from paperreader.store.database import Database


class Pages:
    """`KnownPages` in SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, url: str) -> Validators | None:
        """What is remembered of this page, None where it was never visited."""
        page = visits.page(self._database, url)
        if page is None:
            return None
        return Validators(etag=page.etag, modified=page.modified, fresh_until=page.fresh_until, entries=page.entries)

    def put(self, url: str, validators: Validators) -> None:
        """Remember this page."""
        page = visits.Page(validators.etag, validators.modified, validators.fresh_until, validators.entries)
        visits.remember_page(self._database, url, page)


class Told:
    """`KnownPapers` in SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def misses(self, feed: str, arxiv_ids: Sequence[str]) -> bool:
        """Whether the feed told of papers before, and of none of these."""
        return recording.misses(self._database, feed, arxiv_ids)


class Turns:
    """`Hosts` in SQLite, so that all processes of this library take turns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, host: str, now: float, until: float, gap: float = 0.0) -> float:
        """Take the turn, or learn when it may be had."""
        return visits.take_turn(self._database, host, now, until, gap)

    def leave(self, host: str, free_at: float) -> None:
        """Give the turn back."""
        visits.leave_turn(self._database, host, free_at)

    def cooling_until(self, host: str) -> float:
        """When the host's cool-down ends."""
        return visits.cooling_until(self._database, host)

    def cool(self, host: str, until: float) -> None:
        """Note a cool-down."""
        visits.cool(self._database, host, until)
