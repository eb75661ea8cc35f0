"""The feeds that the person follows, by name."""

from __future__ import annotations

from typing import NamedTuple

from paperreader.store.database import Database


class Subscription(NamedTuple):
    """One feed that is followed."""

    name: str
    """As `feeds.feed` takes it: "huggingface", "arxiv cs.CL", an address."""
    title: str
    """What the person, or the feed itself, calls it; may be empty."""


def followed(database: Database) -> list[Subscription]:
    """All of them, the first one followed first."""
    with database.read() as connection:
        return [
            Subscription(*row) for row in connection.execute("SELECT name, title FROM subscription ORDER BY at, rowid")
        ]


def follow(database: Database, name: str, title: str, now: float, *, rename: bool = False) -> bool:
    """Follow a feed; False where it was followed already: its title then stays, unless it has none or `rename`."""
    with database.write(durable=True) as connection:
        known = connection.execute("SELECT 1 FROM subscription WHERE name = ?", (name,)).fetchone()
        connection.execute(
            "INSERT INTO subscription VALUES (?1, ?2, ?3) "
            "ON CONFLICT (name) DO UPDATE SET title = ?2 WHERE ?2 != '' AND (title = '' OR ?4)",
            (name, title, now, rename),
        )
    return known is None


def unfollow(database: Database, name: str) -> bool:
    """Follow it no longer; its papers stay. False where it was not followed."""
    with database.write(durable=True) as connection:
        return connection.execute("DELETE FROM subscription WHERE name = ?", (name,)).rowcount > 0
