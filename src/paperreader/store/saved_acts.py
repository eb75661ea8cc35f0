"""What the person does with saved searches: save, rename, edit, give a digit, delete."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from paperreader.errors import KeepingError
from paperreader.plain import folded, one_line, printable
from paperreader.store import registers
from paperreader.store.lists import fresh_id
from paperreader.store.marks import Act, Hand, Wish
from paperreader.store.naming import proper
from paperreader.store.registers import NO_PAPER
from paperreader.store.saved_searches import SavedSearch, saved

DIGITS = (7, 8, 9)
"""Keys that saved searches may have: 1 to 6 are the views'."""


def save(hand: Hand, name: str, question: str, digit: int | None) -> Act:
    """Keep a question under a name. Raises KeepingError for a name or digit that cannot be, or nothing to ask."""
    fresh, asked = proper(name, "saved search"), _asked(question)

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        _be_free(connection, fresh)
        key = fresh_id(connection, "saved", fresh, hand.machine)
        wish = Wish("saved", {NO_PAPER: [fresh, asked]}, key)
        return [wish] if digit is None else [wish, _digit(digit, key)]

    return hand.act("save", wishes, told=fresh)


def rename(hand: Hand, key: str, name: str) -> Act:
    """Call it otherwise. Raises KeepingError."""
    fresh = proper(name, "saved search")

    def change(connection: sqlite3.Connection, known: SavedSearch) -> list[Wish]:
        if folded(known.name) != folded(fresh):
            _be_free(connection, fresh)
        return [Wish("saved", {NO_PAPER: [fresh, known.question]}, key)]

    return _changed(hand, "rename-search", key, change, told=fresh)


def edit(hand: Hand, key: str, question: str) -> Act:
    """Let it ask something else. Raises KeepingError."""
    asked = _asked(question)
    return _changed(hand, "edit-search", key, lambda _, known: [Wish("saved", {NO_PAPER: [known.name, asked]}, key)])


def set_digit(hand: Hand, key: str, digit: int | None) -> Act:
    """Open it by this digit, which leaves the one that had it; None takes its digit away. Raises KeepingError."""

    def change(connection: sqlite3.Connection, known: SavedSearch) -> list[Wish]:
        freed = [wish for wish in _freed(connection, key) if wish.of != str(digit)]
        return freed if digit is None else [*freed, _digit(digit, key)]

    return _changed(hand, "digit" if digit else "undigit", key, change, number=str(digit or ""))


def delete(hand: Hand, key: str) -> Act:
    """Let it go, and its digit. Raises KeepingError."""
    return _changed(
        hand,
        "delete-search",
        key,
        lambda connection, _: [Wish("saved", {NO_PAPER: None}, key), *_freed(connection, key)],
    )


def _changed(
    hand: Hand,
    what: str,
    key: str,
    change: Callable[[sqlite3.Connection, SavedSearch], list[Wish]],
    *,
    told: str = "",
    number: str = "",
) -> Act:
    with hand.database.read() as connection:
        known = _known(connection, key)
    before = known.name if told else number
    return hand.act(
        what, lambda connection: change(connection, _known(connection, key)), told=told or known.name, before=before
    )


def _known(connection: sqlite3.Connection, key: str) -> SavedSearch:
    known = next((one for one in saved(connection) if one.id == key), None)
    if known is None:
        raise KeepingError("This search is no longer saved.")
    return known


def _be_free(connection: sqlite3.Connection, name: str) -> None:
    if any(folded(one.name) == folded(name) for one in saved(connection)):
        raise KeepingError(f"There is a saved search {name!r} already.", "Choose another name.")


def _asked(question: str) -> str:
    asked = one_line(printable(question))
    if not asked:
        raise KeepingError("There is no question to save.", "Type one first.")
    return asked


def _digit(digit: int, key: str) -> Wish:
    if digit not in DIGITS:
        raise KeepingError(f"A saved search is opened by {DIGITS[0]} to {DIGITS[-1]}, not {digit}.")
    return Wish("digit", {NO_PAPER: key}, str(digit))


def _freed(connection: sqlite3.Connection, key: str) -> list[Wish]:
    """Without the digits that it has: more than one only where two machines gave it one each."""
    had = [str(d) for d in DIGITS if registers.get(connection, "digit", str(d), [NO_PAPER]).get(NO_PAPER) == key]
    return [Wish("digit", {NO_PAPER: None}, digit) for digit in had]
