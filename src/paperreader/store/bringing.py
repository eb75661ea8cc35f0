"""What the person kept of papers, brought back by a file that tells it: added to what is kept, replacing none of it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from paperreader.errors import KeepingError
from paperreader.paper import Owned
from paperreader.plain import folded, storable
from paperreader.store import registers
from paperreader.store.folding import shown
from paperreader.store.list_acts import adding
from paperreader.store.lists import tag_called
from paperreader.store.marks import Wish, fulfil
from paperreader.store.meta import machine
from paperreader.store.naming import proper, proper_tag


def bring(connection: sqlite3.Connection, coming: Mapping[int, Owned], now: float) -> set[int]:
    """Add bookmarks, tags and lists; ratings and states where there is none; of two notes keep both. One event.

    Inside the caller's transaction. Returns the papers that are different now.
    """
    wishes = [
        *_marks(coming, now),
        *_notes(connection, coming),
        *_tags(connection, coming),
        *_lists(connection, coming),
    ]
    return set(fulfil(connection, machine(connection), "import", wishes, now, auto=True).rids) if wishes else set()


def _marks(coming: Mapping[int, Owned], now: float) -> Iterator[Wish]:
    ratings = {rid: owned.rating for rid, owned in coming.items() if owned.rating}
    states = {rid: [owned.state.value, now] for rid, owned in coming.items() if owned.state is not None}
    bookmarks = {rid: now for rid, owned in coming.items() if owned.bookmarked}
    for field, values in (("bookmark", bookmarks), ("rating", ratings), ("state", states)):
        if values:
            yield Wish(field, values, only="absent")


def _notes(connection: sqlite3.Connection, coming: Mapping[int, Owned]) -> Iterator[Wish]:
    notes = {rid: storable(owned.note).strip("\n") for rid, owned in coming.items() if owned.note.strip()}
    known = registers.get(connection, "note", "", notes)
    new = {rid: note for rid, note in notes.items() if note not in shown(known.get(rid))}
    if new:
        yield Wish("note", new, base="")


def _tags(connection: sqlite3.Connection, coming: Mapping[int, Owned]) -> Iterator[Wish]:
    for name, rids in _by_name(coming, lambda owned: owned.tags, proper_tag).items():
        yield Wish("tag", dict.fromkeys(rids, tag_called(connection, name)), folded(name), only="absent")


def _lists(connection: sqlite3.Connection, coming: Mapping[int, Owned]) -> Iterator[Wish]:
    named = _by_name(coming, lambda owned: owned.lists, lambda name: proper(name, "list"))
    for name, rids in named.items():
        yield from adding(connection, machine(connection), rids, name)


def _by_name(
    coming: Mapping[int, Owned], names: Callable[[Owned], tuple[str, ...]], clean: Callable[[str], str]
) -> dict[str, list[int]]:
    """The papers of each name, whatever its case; what cannot be a name is left out."""
    spelt: dict[str, str] = {}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rid, owned in coming.items():
        for name in names(owned):
            with suppress(KeepingError):
                proper_name = clean(name)
                found[spelt.setdefault(folded(proper_name), proper_name)].append(rid)
    return found
