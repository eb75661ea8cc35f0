"""What the person does with papers beyond a mark: a rating, a state, a note."""

from __future__ import annotations

from collections.abc import Sequence

from paperreader.errors import KeepingError, UnknownPaper
from paperreader.paper import State
from paperreader.plain import storable
from paperreader.store import registers
from paperreader.store.marks import Act, Hand, Wish

BEST = 5


def rate(hand: Hand, rids: Sequence[int], stars: int | None) -> Act:
    """Rate papers 1 to 5, or take the rating off (None). Raises KeepingError for another number."""
    if stars is not None and not 1 <= stars <= BEST:
        raise KeepingError(f"A rating is a number from 1 to {BEST}, not {stars}.")
    what = "unrate" if stars is None else "rate"
    return hand.act(what, lambda _: [Wish("rating", dict.fromkeys(rids, stars))], told=str(stars or ""))


def set_state(hand: Hand, rids: Sequence[int], state: State) -> Act:
    """Say how far one is with papers."""
    value = None if state is State.UNREAD else [state.value, hand.now()]
    what = "dismiss" if state is State.DISMISSED else state.value
    return hand.act(what, lambda _: [Wish("state", dict.fromkeys(rids, value))])


def annotate(hand: Hand, rid: int, text: str, base: str | None) -> Act:
    """Write a paper's note; empty text deletes it.

    `base` is the note that the person began from, where it may have become another one meanwhile: then both are kept.
    Raises UnknownPaper.
    """
    kept = "\n".join(line.rstrip() for line in storable(text).replace("\r\n", "\n").split("\n")).strip("\n")
    with hand.database.read() as connection:
        if connection.execute("SELECT 1 FROM paper WHERE rid = ?", (rid,)).fetchone() is None:
            raise UnknownPaper("The paper of this note is no longer in the library.")
        had = bool(registers.get(connection, "note", "", [rid]))
    what = "unnote" if not kept else "rewrite-note" if had else "note"
    return hand.act(what, lambda _: [Wish("note", {rid: kept or None}, base=base)])
