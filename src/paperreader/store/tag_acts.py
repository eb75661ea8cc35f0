"""What the person does with tags: put them on papers, take them off, rename and merge them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from paperreader.errors import KeepingError
from paperreader.plain import folded
from paperreader.store.lists import tag_called
from paperreader.store.marks import Act, Hand, Wish
from paperreader.store.naming import proper_tag


def tag(hand: Hand, rids: Sequence[int], name: str) -> Act:
    """Put the tag on papers, spelt as it is already. Raises KeepingError for a name that is none."""
    fresh = proper_tag(name)
    return hand.act(
        "tag",
        lambda connection: [
            Wish("tag", dict.fromkeys(rids, tag_called(connection, fresh)), folded(fresh), only="absent")
        ],
        told=lambda connection: tag_called(connection, fresh),
    )


def untag(hand: Hand, rids: Sequence[int], name: str) -> Act:
    """Take the tag off papers."""
    known = proper_tag(name)
    return hand.act(
        "untag",
        lambda _: [Wish("tag", dict.fromkeys(rids), folded(known))],
        told=lambda connection: tag_called(connection, known),
    )


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
            return [Wish("tag", dict.fromkeys(rids, fresh), folded(fresh))]
        spelt = tag_called(connection, fresh)
        return [
            Wish("tag", dict.fromkeys(rids), folded(old)),
            Wish("tag", dict.fromkeys(rids, spelt), folded(fresh), only="absent"),
        ]

    def spelt(connection: sqlite3.Connection) -> str:
        return fresh if folded(old) == folded(fresh) else tag_called(connection, fresh)

    return hand.act("rename-tag", wishes, told=spelt, before=lambda connection: tag_called(connection, old))
