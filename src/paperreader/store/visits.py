"""What is remembered of the world's servers from one asking to the next, by all processes: pages, turns, times."""

from __future__ import annotations

from typing import NamedTuple

from paperreader.store.database import Database
from paperreader.store.processes import has_ended, own_name

_AHEAD = 10.0
"""Seconds by which a time may be beyond its asker's own end: whoever waited for the database has an older "now"."""


class Page(NamedTuple):
    """What a source told of a page that was understood and recorded."""

    etag: str
    modified: str
    fresh_until: float
    """Seconds since 1970."""
    entries: int


def page(database: Database, url: str) -> Page | None:
    """What is remembered of this page; None where it was never visited."""
    with database.read() as connection:
        row = connection.execute(
            "SELECT etag, modified, fresh_until, entries FROM page WHERE url = ?", (url,)
        ).fetchone()
    return None if row is None else Page(*row)


def remember_page(database: Database, url: str, known: Page) -> None:
    """To be called when the page's sightings are recorded: a kill before repeats the asking and loses nothing."""
    with database.write() as connection:
        connection.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)", (url, *known))


def forget_pages(database: Database) -> None:
    """Ask for everything anew: when papers were lost that pages told of."""
    with database.write() as connection:
        connection.execute("DELETE FROM page")


def take_turn(database: Database, host: str, now: float, until: float, gap: float = 0.0) -> float:
    """Take the host's turn until `until`, if it is free at `now`: 0; else the time when it will be free.

    One atomic step over all processes. A time far beyond `until` was written by a clock that was wrong, and counts as
    free; one a little beyond it was written while this asker waited for the database, and counts.
    Where the process that has the turn was killed, the host is free `gap` seconds from now: its question ended before.
    """
    with database.write() as connection:
        row = connection.execute("SELECT free_at, holder FROM host WHERE name = ?", (host,)).fetchone()
        free_at, holder = (float(row[0]), str(row[1])) if row else (0.0, "")
        if holder and now < free_at <= until + _AHEAD and has_ended(holder):
            free_at = min(free_at, now + gap)
            _set(database, host, free_at=free_at, holder="")
        if now < free_at <= until + _AHEAD:
            return free_at
        _set(database, host, free_at=until, holder=own_name())
    return 0.0


def leave_turn(database: Database, host: str, free_at: float) -> None:
    """Give the turn back: the next one may ask from `free_at` on."""
    with database.write():
        _set(database, host, free_at=free_at, holder="")


def cooling_until(database: Database, host: str) -> float:
    """When the host's cool-down ends, in seconds since 1970; 0 where there was none."""
    with database.read() as connection:
        row = connection.execute("SELECT cooling_until FROM host WHERE name = ?", (host,)).fetchone()
    return float(row[0]) if row else 0.0


def cool(database: Database, host: str, until: float) -> None:
    """Note that the host asked not to be asked before `until`."""
    with database.write():
        _set(database, host, cooling_until=until)


def refreshed(database: Database) -> dict[str, tuple[float, str]]:
    """When each source was last asked with success (0: never), and what came of it the last time, in a sentence."""
    with database.read() as connection:
        rows = connection.execute("SELECT source, at, said FROM refreshed").fetchall()
    return {source: (at, said) for source, at, said in rows}


def note_refreshed(database: Database, source: str, at: float, said: str) -> None:
    """A source was asked with success."""
    with database.write() as connection:
        connection.execute("INSERT OR REPLACE INTO refreshed VALUES (?, ?, ?)", (source, at, said))


def note_failed(database: Database, source: str, said: str) -> None:
    """A source was asked and failed: when it last succeeded stays, 0 where it never did."""
    with database.write() as connection:
        connection.execute(
            "INSERT INTO refreshed VALUES (?1, 0, ?2) ON CONFLICT (source) DO UPDATE SET said = ?2", (source, said)
        )


def _set(database: Database, host: str, **columns: float | str) -> None:
    """Inside a transaction of this thread."""
    with database.read() as connection:
        connection.execute("INSERT OR IGNORE INTO host (name, free_at, cooling_until) VALUES (?, 0, 0)", (host,))
        changes = ", ".join(f"{column} = ?" for column in columns)
        connection.execute(f"UPDATE host SET {changes} WHERE name = ?", (*columns.values(), host))
