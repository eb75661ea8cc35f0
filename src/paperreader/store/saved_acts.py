"""What the person does with saved searches: save, change, delete."""

from __future__ import annotations

import sqlite3

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


def change(
    hand: Hand, key: str, *, name: str | None = None, question: str | None = None, digit: int | None = None
) -> Act:
    """Call it otherwise, let it ask something else, open it by another digit (0: by none): one act; None leaves it.

    A digit leaves the search that had it. Raises KeepingError.
    """
    fresh = None if name is None else proper(name, "saved search")
    asked = None if question is None else _asked(question)
    known = _now(hand, key)
    what, before = _change_told(known, fresh or known.name, asked or known.question, digit)

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        now = _known(connection, key)  # another program may have changed it since: what is not asked for stays so
        if fresh is not None and folded(now.name) != folded(fresh):
            _be_free(connection, fresh)
        wish = Wish("saved", {NO_PAPER: [fresh or now.name, asked or now.question]}, key)
        return [wish] if digit is None else [wish, *_moved(connection, key, digit)]

    return hand.act(what, wishes, told=fresh or known.name, before=before)


def _change_told(known: SavedSearch, name: str, question: str, digit: int | None) -> tuple[str, str]:
    """What the change is called, and what was before it: of one thing by its own name."""
    changed = {
        ("rename-search", known.name): known.name != name,
        ("edit-search", ""): known.question != question,
        ("digit" if digit else "undigit", str(digit or "")): digit is not None and (digit or None) != known.digit,
    }
    things = [thing for thing, differs in changed.items() if differs]
    return things[0] if len(things) == 1 else ("change-search", "")


def _moved(connection: sqlite3.Connection, key: str, digit: int) -> list[Wish]:
    freed = [wish for wish in _freed(connection, key) if wish.of != str(digit)]
    return [*freed, _digit(digit, key)] if digit else freed


def delete(hand: Hand, key: str) -> Act:
    """Let it go, and its digit. Raises KeepingError."""

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        _known(connection, key)
        return [Wish("saved", {NO_PAPER: None}, key), *_freed(connection, key)]

    return hand.act("delete-search", wishes, told=_now(hand, key).name)


def _now(hand: Hand, key: str) -> SavedSearch:
    with hand.database.read() as connection:
        return _known(connection, key)


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
