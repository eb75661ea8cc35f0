"""What papers are counted by, beside an answer: year, category, source, organisation, code; tags and lists."""

from __future__ import annotations

import json
from collections.abc import Iterator

from paperreader.store.database import Database

_STATEMENTS = {
    "date": "SELECT rid, substr(published, 1, 4) FROM paper WHERE published != ''",
    "cat": "SELECT rid, categories FROM paper WHERE categories != '[]'",
    "source": "SELECT paper, source FROM sighting",
    "org": "SELECT rid, organisation FROM paper WHERE organisation != ''",
    "has": "SELECT rid, 'code' FROM paper WHERE code != ''",
    "tag": "SELECT paper, (SELECT max(name) FROM tag AS known WHERE known.folded = tag.folded) FROM tag",
    "list": "SELECT paper, name FROM enlisted JOIN list ON id = list WHERE name IS NOT NULL",
}
OWN = frozenset({"tag", "list"})
"""Those that the person makes: few, and changed by other hands than the rest."""
NAMES = tuple(_STATEMENTS)
"""The fields of a question that the values belong to."""


def values(database: Database, name: str) -> Iterator[tuple[int, str]]:
    """Every paper (by id) with each of its values of this kind, hidden papers too: 0.1 s for 95,311."""
    with database.read() as connection:
        rows = connection.execute(_STATEMENTS[name]).fetchall()
    if name != "cat":
        yield from rows
        return
    lists: dict[str, list[str]] = {}
    for rid, spelt in rows:
        if spelt not in lists:
            lists[spelt] = [str(category) for category in json.loads(spelt)]
        for category in lists[spelt]:
            yield rid, category
