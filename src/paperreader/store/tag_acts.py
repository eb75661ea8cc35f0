"""What the person does with tags: put them on papers, take them off, rename and merge them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from paperreader.errors import KeepingError
from paperreader.plain import folded
from paperreader.store.lists import tag_called
from paperreader.store.marks import Act, Hand, Wish
from paperreader.store.naming import BETWEEN, new_tag, proper_tag


def tag(hand: Hand, rids: Sequence[int], *names: str) -> Act:
    """Put tags on papers, each spelt as it is already: one act. Raises KeepingError for a name that is none."""
    fresh = _each(names)

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        spelt = {name: _spelt(connection, name) for name in fresh}
        return [Wish("tag", dict.fromkeys(rids, spelt[name]), folded(name), only="absent") for name in fresh]

    return hand.act("tag", wishes, told=lambda connection: _told(connection, fresh))


def untag(hand: Hand, rids: Sequence[int], *names: str) -> Act:
    """Take tags off papers: one act."""
    known = _each(names)
    return hand.act(
        "untag",
        lambda _: [Wish("tag", dict.fromkeys(rids), folded(name)) for name in known],
        told=lambda connection: _told(connection, known),
    )


def _each(names: Sequence[str]) -> list[str]:
    return list({folded(name): name for name in map(proper_tag, names)}.values())


def _spelt(connection: sqlite3.Connection, name: str) -> str:
    """As it is spelt already; a new one has no comma, which parts tags where they are typed."""
    there = connection.execute("SELECT 1 FROM tag WHERE folded = ? LIMIT 1", (folded(name),)).fetchone()
    return tag_called(connection, name) if there else new_tag(name)


def _told(connection: sqlite3.Connection, names: Sequence[str]) -> str:
    return BETWEEN.join(tag_called(connection, name) for name in names)


def rename(hand: Hand, name: str, to: str) -> Act:
    """Call the tag otherwise on every paper; where there is such a tag, the two become one.

    Raises KeepingError for a tag that no paper has.
    """
    old, fresh = proper_tag(name), proper_tag(to)

    def wishes(connection: sqlite3.Connection) -> list[Wish]:
        rows = connection.execute("SELECT paper FROM tag WHERE folded = ? ORDER BY paper", (folded(old),))
        rids = [rid for (rid,) in rows]
        if not rids:
            raise KeepingError(f"No paper has the tag {old!r}.", "`paperreader tag` shows the tags.")
        if folded(old) == folded(fresh):
            return [Wish("tag", dict.fromkeys(rids, new_tag(fresh)), folded(fresh))]
        spelt = _spelt(connection, fresh)
        return [
            Wish("tag", dict.fromkeys(rids), folded(old)),
            Wish("tag", dict.fromkeys(rids, spelt), folded(fresh), only="absent"),
        ]

    def spelt(connection: sqlite3.Connection) -> str:
        return fresh if folded(old) == folded(fresh) else tag_called(connection, fresh)

    return hand.act("rename-tag", wishes, told=spelt, before=lambda connection: tag_called(connection, old))
