"""The ledger of digests: what went out to whom, when, under which Message-ID, and what is known of its fate.

A digest is *sending* before the first byte leaves; then *sent*, *failed* (for certain) or *unclear*. All but the
failed ones count: what they hold is not sent again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from paperreader.store.database import Database

_KEPT = 5
"""Messages of a recipient that are kept to be sent again; the unclear ones are kept in any case."""


class State(Enum):
    """What is known of a digest."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCLEAR = "unclear"


class Line(NamedTuple):
    """A paper of a digest."""

    paper: int
    place: int | None
    """From 1; None where it was looked at and left out."""
    kind: str = ""
    """The kind of its section."""
    title: str = ""
    """Its section's heading."""
    why: str = ""
    """Why it was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A digest as it is entered."""

    id: int = 0
    """Its number; 0 where it has none yet."""
    recipient: str
    """The address; empty for what went to a terminal or a file."""
    message_id: str = ""
    state: State
    at: float
    """When it was begun, in seconds since 1970."""
    day: str
    """The newest day, YYYY-MM-DD, whose list was known; empty where none was."""
    through: int
    """The highest row that was known: papers above it are new to the next digest."""
    said: str = ""
    """What went wrong, in a sentence."""


_COLUMNS = "id, recipient, message_id, state, at, day, through, said"
_COUNTS = f"state != '{State.FAILED.value}'"


def enter(database: Database, entry: Entry, lines: Iterable[Line], message: bytes = b"") -> int:
    """Enter a digest; on the disk when this returns. Its number."""
    with database.write(durable=True) as connection:
        values = (entry.recipient, entry.message_id, entry.state.value, entry.at, entry.day, entry.through, entry.said)
        packed = zlib.compress(message) if message else None
        statement = (
            "INSERT INTO digest (recipient, message_id, state, at, day, through, said, message) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        number = int(connection.execute(statement, (*values, packed)).lastrowid or 0)
        connection.executemany(
            "INSERT OR IGNORE INTO digest_paper SELECT ?, rid, ?, ?, ?, ? FROM paper WHERE rid = ?",
            [(number, line.place, line.kind, line.title, line.why, line.paper) for line in lines],
        )
        connection.execute(
            "UPDATE digest SET message = NULL WHERE recipient = ?1 AND state NOT IN ('sending', 'unclear') "
            "AND id NOT IN (SELECT id FROM digest WHERE recipient = ?1 ORDER BY id DESC LIMIT ?2)",
            (entry.recipient, _KEPT),
        )
    return number


def settle(database: Database, number: int, state: State, said: str = "") -> None:
    """Enter what became of a digest; on the disk when this returns."""
    with database.write(durable=True) as connection:
        connection.execute("UPDATE digest SET state = ?, said = ? WHERE id = ?", (state.value, said, number))


def give_up(database: Database, said: str) -> int:
    """Call unclear what is still sending: to be called by who knows that nobody sends. How many there were."""
    with database.write(durable=True) as connection:
        return connection.execute(
            "UPDATE digest SET state = ?, said = ? WHERE state = ?", (State.UNCLEAR.value, said, State.SENDING.value)
        ).rowcount


def last(database: Database, recipient: str, *, counting: bool = True) -> Entry | None:
    """The last digest of a recipient that counts, or where not `counting` the last one at all; None without one."""
    where = f"recipient = ? AND {_COUNTS}" if counting else "recipient = ?"
    return next(iter(_entries(database, f"{where} ORDER BY id DESC LIMIT 1", recipient)), None)


def unclear(database: Database, recipient: str) -> list[Entry]:
    """The digests of a recipient whose fate is not known, the first one first."""
    return _entries(database, f"recipient = ? AND state = '{State.UNCLEAR.value}' ORDER BY id", recipient)


def numbered(database: Database, number: int) -> Entry | None:
    """The digest of that number; None where there is none."""
    return next(iter(_entries(database, "id = ?", number)), None)


def message(database: Database, number: int) -> bytes:
    """The mail as it was; empty where it is not kept any more."""
    with database.read() as connection:
        row = connection.execute("SELECT message FROM digest WHERE id = ?", (number,)).fetchone()
    return zlib.decompress(row[0]) if row and row[0] else b""


def lines(database: Database, number: int) -> list[Line]:
    """The papers of a digest, in order, without those that were left out."""
    with database.read() as connection:
        rows = connection.execute(
            "SELECT paper, place, kind, title, why FROM digest_paper WHERE digest = ? AND place IS NOT NULL "
            "ORDER BY place",
            (number,),
        )
        return [Line(*row) for row in rows]


def looked_at(database: Database, recipient: str, rids: Sequence[int]) -> set[int]:
    """Those of these papers that a digest of the recipient, one that counts, has sent or left out."""
    return _among(database, recipient, rids, "")


def sent(database: Database, recipient: str, rids: Sequence[int]) -> set[int]:
    """Those of these papers that a digest of the recipient, one that counts, has sent."""
    return _among(database, recipient, rids, "AND place IS NOT NULL")


def _among(database: Database, recipient: str, rids: Sequence[int], more: str) -> set[int]:
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT DISTINCT paper FROM json_each(?) AS asked JOIN digest_paper ON paper = asked.value {more} "
            f"JOIN digest ON digest.id = digest_paper.digest WHERE recipient = ? AND {_COUNTS}",
            (json.dumps(list(rids)), recipient),
        )
        return {rid for (rid,) in rows}


def _entries(database: Database, clause: str, value: str | int) -> list[Entry]:
    with database.read() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM digest WHERE {clause}", (value,)).fetchall()
    return [
        Entry(id=number, recipient=to, message_id=name, state=State(state), at=at, day=day, through=through, said=said)
        for number, to, name, state, at, day, through, said in rows
    ]
