"""The ledger of digests: what went out to whom, when, under which Message-ID, and what is known of its fate.

A digest is *sending* before the first byte leaves; then *sent*, *failed* (for certain) or *unclear*. All but the
failed ones count: what they hold is not sent again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
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
    first_day: str = ""
    """The first day, YYYY-MM-DD, whose list it covers; empty where it covers none."""
    day: str
    """The newest day whose list was known; empty where none was."""
    through: int
    """The highest row that was known: papers above it are new to the next digest."""
    said: str = ""
    """What went wrong, in a sentence."""
    left_out: tuple[int, ...] = ()
    """For how many papers each section, in order, had no room."""


_COLUMNS = ("id", "recipient", "message_id", "state", "at", "first_day", "day", "through", "said", "left_out")
_COUNTS = f"state != '{State.FAILED.value}'"


def enter(database: Database, entry: Entry, lines: Iterable[Line], message: bytes = b"") -> int:
    """Enter a digest; on the disk when this returns. Its number."""
    with database.write(durable=True) as connection:
        columns = _COLUMNS[1:]
        known = {**asdict(entry), "state": entry.state.value, "left_out": json.dumps(entry.left_out)}
        values = [known[name] for name in columns]
        statement = f"INSERT INTO digest ({', '.join(columns)}, message) VALUES ({'?, ' * len(columns)}?)"
        packed = zlib.compress(message) if message else None
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


def last_told(database: Database, recipient: str, *, counting: bool = True) -> Entry | None:
    """The last digest of a recipient that had papers, and where `counting` that counts; None without one."""
    told = "EXISTS (SELECT 1 FROM digest_paper WHERE digest = digest.id AND place IS NOT NULL)"
    where = f"recipient = ? AND {_COUNTS if counting else 'TRUE'} AND {told} ORDER BY id DESC LIMIT 1"
    return next(iter(_entries(database, where, recipient)), None)


def told(database: Database, recipient: str) -> list[Entry]:
    """The digests of a recipient that count and that had papers, the first one first."""
    papers = "EXISTS (SELECT 1 FROM digest_paper WHERE digest = digest.id AND place IS NOT NULL)"
    return _entries(database, f"recipient = ? AND {_COUNTS} AND {papers} ORDER BY id", recipient)


def since(database: Database, recipient: str, at: float) -> list[Entry]:
    """The digests of a recipient that count and are no older than that (seconds since 1970), the first one first."""
    return [
        entry for entry in _entries(database, f"recipient = ? AND {_COUNTS} ORDER BY id", recipient) if entry.at >= at
    ]


def unclear(database: Database, recipient: str) -> list[Entry]:
    """The digests of a recipient whose fate is not known, the first one first."""
    return _entries(database, f"recipient = ? AND state = '{State.UNCLEAR.value}' ORDER BY id", recipient)


def last_sent(database: Database, recipient: str) -> int:
    """The number of the last digest that this recipient was sent for certain; 0 without one."""
    where = f"recipient = ? AND state = '{State.SENT.value}' ORDER BY id DESC LIMIT 1"
    return next((entry.id for entry in _entries(database, where, recipient)), 0)


def numbered(database: Database, number: int) -> Entry | None:
    """The digest of that number; None where there is none."""
    return next(iter(_entries(database, "id = ?", number)), None)


def message(database: Database, number: int) -> bytes:
    """The mail as it was; empty where it is not kept any more."""
    with database.read() as connection:
        row = connection.execute("SELECT message FROM digest WHERE id = ?", (number,)).fetchone()
    return zlib.decompress(row[0]) if row and row[0] else b""


def lines(database: Database, number: int) -> list[Line]:
    """The papers of a digest in order."""
    with database.read() as connection:
        rows = connection.execute(
            "SELECT paper, place, kind, title, why FROM digest_paper WHERE digest = ? AND place IS NOT NULL "
            "ORDER BY place",
            (number,),
        )
        return [Line(*row) for row in rows]


def looked_at(database: Database, recipient: str, rids: Sequence[int]) -> set[int]:
    """Those of these papers that a digest of the recipient, one that counts, has sent, or left out as trending."""
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
        rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM digest WHERE {clause}", (value,)).fetchall()
    told = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    return [
        Entry(**{**known, "state": State(known["state"]), "left_out": tuple(json.loads(known["left_out"]))})
        for known in told
    ]
