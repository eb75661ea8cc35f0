"""All events as lines, in the order in which they came here: a later dump is an earlier one with lines added."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader.store import event_lines, events
from paperreader.store.database import Database

_PAGE = 200


def lines(database: Database) -> Iterator[str]:
    """Each event with its end of line, in bounded memory. Raises StoreError."""
    after = 0
    while True:
        with database.read() as connection:
            page = events.page(connection, after, _PAGE)
        for after, event in page:  # noqa: B007 - the number of the last one is where the next page begins
            yield event_lines.line(event) + "\n"
        if not page:
            return
