"""What the person does with lists: make, rename, delete, put papers in and out, put them in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence

from paperreader.errors import KeepingError
from paperreader.plain import folded
from paperreader.store import registers
from paperreader.store.database import Database
from paperreader.store.folding import present
from paperreader.store.lists import Named, called, fresh_id
from paperreader.store.marks import Act, Hand, Wish
from paperreader.store.naming import proper
from paperreader.store.registers import NO_PAPER


def known(database: Database, name: str) -> Named:
    """The list of this name. Raises KeepingError where there is none."""
    with database.read() as connection:
        return _known(connection, name)


def make(hand: Hand, name: str) -> Act:
    """A new list, empty. Raises KeepingError for a name that is taken or none."""
    fresh = proper(name, "list")

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        _be_free(connection, fresh)
        return [Wish("list", {NO_PAPER: fresh}, fresh_id(connection, "list", fresh, hand.machine))]

    return hand.act("make-list", wishes, told=fresh)


def rename(hand: Hand, name: str, to: str) -> Act:
    """Call the list otherwise. Raises KeepingError for a list that is not there or a name that is taken."""
    fresh = proper(to, "list")

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        mine = _known(connection, name)
        if folded(fresh) != folded(mine.name):
            _be_free(connection, fresh)
        return [Wish("list", {NO_PAPER: fresh}, mine.id)]

    return hand.act("rename-list", wishes, told=fresh, before=_spelt(name))


def delete(hand: Hand, name: str) -> Act:
    """Let go of the list; its papers stay in the library, and those that another machine put in meanwhile in the list.

    Raises KeepingError for a list that is not there.
    """

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        mine = _known(connection, name)
        rows = connection.execute("SELECT paper FROM enlisted WHERE list = ? ORDER BY paper", (mine.id,)).fetchall()
        inside = [Wish("in", {rid: None for (rid,) in rows}, mine.id)] if rows else []
        return [*inside, Wish("list", {NO_PAPER: None}, mine.id)]

    return hand.act("delete-list", wishes, told=_spelt(name))


def add(hand: Hand, rids: Sequence[int], name: str) -> Act:
    """Put papers at the list's end, in this order; makes the list where there is none. Raises KeepingError."""
    fresh = proper(name, "list")

    return hand.act("add", lambda connection: adding(connection, hand.machine, rids, fresh), told=_spelt(fresh))


def adding(connection: sqlite3.Connection, machine: str, rids: Sequence[int], name: str) -> list[Wish]:
    """What adding papers to the list of this name wishes."""
    mine = called(connection, name) or Named(fresh_id(connection, "list", name, machine), name)
    kept = registers.get(connection, "list", mine.id, [NO_PAPER]).get(NO_PAPER)
    last = connection.execute("SELECT coalesce(max(place), 0) FROM enlisted WHERE list = ?", (mine.id,)).fetchone()
    inside = registers.get(connection, "in", mine.id, rids)
    coming = [rid for rid in dict.fromkeys(rids) if rid not in inside]
    places = {rid: last[0] + n for n, rid in enumerate(coming, 1)}
    return [
        Wish("list", {NO_PAPER: present("list", kept) or mine.name}, mine.id, only="absent", along=True),
        Wish("in", places, mine.id, only="absent"),
    ]


def take(hand: Hand, rids: Sequence[int], name: str) -> Act:
    """Take papers out of the list. Raises KeepingError for a list that is not there."""
    return hand.act(
        "take",
        lambda connection: [Wish("in", dict.fromkeys(rids), _known(connection, name).id)],
        told=_spelt(name),
    )


def move(hand: Hand, name: str, rids: Collection[int], by: int) -> Act:
    """Move papers, together, so many places towards the list's end, or its beginning where `by` is below zero.

    Raises KeepingError for a list that is not there.
    """

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        mine = _known(connection, name)
        rows = connection.execute(
            "SELECT paper, place, paper NOT IN (SELECT paper FROM removed) FROM enlisted JOIN paper ON rid = paper "
            "WHERE list = ? ORDER BY place, key",
            (mine.id,),
        ).fetchall()
        moved = iter(rearranged([rid for rid, _, seen in rows if seen], set(rids), by))
        order = [next(moved) if seen else rid for rid, _, seen in rows]  # what is removed keeps its place
        places = [place for _, place, _ in rows]
        if len(set(places)) < len(places):  # two machines gave one place away
            places = [float(n) for n in range(1, len(places) + 1)]
        return [Wish("in", dict(zip(order, places, strict=True)), mine.id, only="present")]

    return hand.act("move", wishes, told=_spelt(name))


def rearranged(order: Sequence[int], chosen: Collection[int], by: int) -> list[int]:
    """The order after the chosen ones moved, together, by so many places: at the ends they stop."""
    block = [rid for rid in order if rid in chosen]
    rest = [rid for rid in order if rid not in chosen]
    if not block:
        return rest
    edge = order.index(block[0] if by < 0 else block[-1])
    before = sum(rid not in chosen for rid in order[:edge])
    at = min(max(before + by, 0), len(rest))
    return [*rest[:at], *block, *rest[at:]]


def _known(connection: sqlite3.Connection, name: str) -> Named:
    found = called(connection, proper(name, "list"))
    if found is None:
        raise KeepingError(f"There is no list {proper(name, 'list')!r}.", "`paperreader list` shows them.")
    return found


def _spelt(name: str) -> Callable[[sqlite3.Connection], str]:
    """The list's name as it is kept, for one that is called in another case."""

    def told(connection: sqlite3.Connection) -> str:
        found = called(connection, proper(name, "list"))
        return found.name if found else proper(name, "list")

    return told


def _be_free(connection: sqlite3.Connection, name: str) -> None:
    if called(connection, name) is not None:
        raise KeepingError(f"There is a list {name!r} already.", "Choose another name.")
