"""Sightings in, rows kept: which paper is meant, what is new, changed or the same.

Recording the same sightings twice changes nothing, also where several sources tell of one paper in other words: which
one is believed is `deciding.is_outranked`. What the person owns is never touched here, but for one thing:
`revive` brings a removed paper back, because the person imports it again with their own hands.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from paperreader.identity import Identity, normalised_title
from paperreader.names import family_key
from paperreader.paper import IMPORT, STARTER, Owned, Sighting
from paperreader.store import tallies
from paperreader.store.bringing import bring
from paperreader.store.database import Database
from paperreader.store.deciding import Fields, decided, fields, is_outranked
from paperreader.store.joining import join
from paperreader.store.marks import Wish, fulfil
from paperreader.store.meta import machine
from paperreader.store.refolding import settle

BATCH = 50
"""Sightings in one transaction. A bookmark waits for at most one: 14 to 20 ms with 50, 75 to 120 with 400."""

_COLUMNS = ", ".join(Fields._fields)
_SELECT = f"SELECT {_COLUMNS}, named, key FROM paper WHERE rid = ?"
_INSERT = f"INSERT INTO paper ({_COLUMNS}, named, key, added) VALUES ({', '.join('?' * (len(Fields._fields) + 3))})"
_UPDATE = (
    f"UPDATE paper SET {', '.join(f'{column} = ?' for column in Fields._fields)}, named = ?, key = ? WHERE rid = ?"
)
_TITLES_TOLD = 20
"""Papers recognised by title that are named one by one."""
_STRENGTH = {"arxiv": 3, "doi": 2, "id": 1, "title": 0}


@dataclass(slots=True)
class Recorded:
    """What came of some sightings."""

    new: int = 0
    """Papers that the library did not have."""
    changed: int = 0
    """Papers of which something new was said."""
    same: int = 0
    """Sightings that said nothing new."""
    revived: int = 0
    """Papers that the person had removed and that are back."""
    known_by: Counter[str] = field(default_factory=Counter, compare=False)
    """Of those that the library had: by what they were recognised, "arxiv", "doi", "id" or "title"."""
    by_title: list[tuple[str, str]] = field(default_factory=list, compare=False, repr=False)
    """Key and title of those that were recognised by the title and got something new, the first of them."""
    owned: set[int] = field(default_factory=set, compare=False, repr=False)
    """The rows of those of which the person keeps something more."""
    came: set[int] = field(default_factory=set, compare=False, repr=False)
    """The rows of the new ones."""
    touched: set[int] = field(default_factory=set, compare=False, repr=False)
    """The rows of the changed ones: a paper that two sentences changed is one."""

    @property
    def total(self) -> int:
        """How many sightings were recorded."""
        return self.new + self.changed + self.same


def record(database: Database, sightings: Iterable[Sighting], now: float, *, revive: bool) -> Iterator[Recorded]:
    """Record the sightings in short transactions; yields the sums so far after each, and at least once.

    Raises StoreError; what earlier transactions recorded stays, and recording all again is harmless.
    """
    sums = Recorded()
    rest = iter(sightings)
    while batch := list(islice(rest, BATCH)):
        with database.write() as connection:
            owned: dict[int, Owned] = {}
            for sighting in batch:
                rid = _keep(connection, sighting, now, sums, revive=revive)
                if rid is not None and revive and sighting.owned is not None:
                    owned[rid] = sighting.owned
            if owned:
                sums.owned |= bring(connection, owned, now)
            settle(connection)
        yield sums
    yield sums


def keep(connection: sqlite3.Connection, sightings: Iterable[Sighting], now: float) -> Recorded:
    """The same inside the caller's transaction, for a few; no removed paper is brought back."""
    sums = Recorded()
    for sighting in sightings:
        _keep(connection, sighting, now, sums, revive=False)
    return sums


def misses(database: Database, source: str, arxiv_ids: Iterable[str]) -> bool:
    """Whether a source told of papers before, and of none of these."""
    folded = [Identity("arxiv", name).folded for name in arxiv_ids if name]
    with database.read() as connection:
        if connection.execute("SELECT 1 FROM sighting WHERE source = ? LIMIT 1", (source,)).fetchone() is None:
            return False
        told = connection.execute(
            "SELECT 1 FROM identity JOIN sighting USING (paper) WHERE kind = 'arxiv' AND source = ? "
            "AND folded IN (SELECT value FROM json_each(?)) LIMIT 1",
            (source, json.dumps(folded)),
        )
        return told.fetchone() is None


def _keep(
    connection: sqlite3.Connection, sighting: Sighting, now: float, sums: Recorded, *, revive: bool
) -> int | None:
    """Returns its row; None where it was left out."""
    names = sighting.identities
    if not names:
        return None  # nothing to know it by: importers refuse such a line before it comes here
    rid, known_by = _meant(connection, names, sighting, now)
    if rid is None:
        if _only_updates(sighting):
            return None
        rid = _insert(connection, sighting, names, now)
        sums.new += 1
        sums.came.add(rid)
    elif _update(connection, rid, sighting, names, now):
        sums.changed += 1
        sums.touched.add(rid)
        if known_by == "title" and len(sums.by_title) < _TITLES_TOLD:
            key = connection.execute("SELECT key FROM paper WHERE rid = ?", (rid,)).fetchone()[0]
            sums.by_title.append((key, sighting.title))
    else:
        sums.same += 1
    if known_by:
        sums.known_by[known_by] += 1
    connection.execute("INSERT OR IGNORE INTO sighting VALUES (?, ?, ?)", (rid, sighting.source, now))
    tallies.keep(connection, rid, sighting, now)
    if sighting.source != STARTER:
        connection.execute("DELETE FROM withheld WHERE paper = ?", (rid,))
    if sighting.citation_key:
        connection.execute("INSERT OR IGNORE INTO citation_key VALUES (?, ?)", (rid, sighting.citation_key))
    if revive and connection.execute("SELECT 1 FROM removed WHERE paper = ?", (rid,)).fetchone():
        fulfil(connection, machine(connection), "restore", [Wish("removed", {rid: None})], now, auto=True)
        sums.revived += 1
    return rid


def _only_updates(sighting: Sighting) -> bool:
    """Whether it tells more of papers that are known, and makes none: arXiv's replacements, bare counts."""
    bare = not (sighting.title or sighting.abstract or sighting.summary)
    return sighting.announcement.startswith("replace") or (bare and sighting.source != IMPORT)


def _insert(connection: sqlite3.Connection, sighting: Sighting, names: Sequence[Identity], now: float) -> int:
    if names[0].kind == "title" and _by_name(connection, names[0]) is not None:  # another author's, of the same title
        sighting = replace(sighting, id=sighting.authored_id)
        names = sighting.identities
    values = (*fields(sighting), names[0].kind != "title", names[0].key, now)
    rid = connection.execute(_INSERT, values).lastrowid
    assert rid is not None  # an INSERT that did not raise has a row
    _name(connection, rid, names)
    return rid


def _update(
    connection: sqlite3.Connection, rid: int, sighting: Sighting, names: Sequence[Identity], now: float
) -> bool:
    *columns, named, key = connection.execute(_SELECT, (rid,)).fetchone()
    known = Fields(*columns)
    spoken = {name for (name,) in connection.execute("SELECT source FROM sighting WHERE paper = ?", (rid,))}
    after = decided(known, bool(named), sighting, outranked=is_outranked(sighting, known.version, spoken))
    if _is_revised(known, after, sighting):
        connection.execute("INSERT OR REPLACE INTO revised VALUES (?, ?, ?)", (rid, after.version, now))
    kind = key.partition(":")[0]
    stronger = _STRENGTH[names[0].kind] > _STRENGTH[kind]
    new_key = names[0].key if stronger else key
    _name(connection, rid, names)
    if after == known and new_key == key:
        return False
    connection.execute(_UPDATE, (*after, bool(named) or names[0].kind != "title", new_key, rid))
    return True


def _is_revised(known: Fields, after: Fields, sighting: Sighting) -> bool:
    """Whether a newer version is told of: by its number, or where none was known by being announced as a newer one."""
    if known.version and after.version:
        return after.version > known.version
    return sighting.announcement.startswith("replace") and (sighting.version or 0) > 1


def _name(connection: sqlite3.Connection, rid: int, names: Sequence[Identity]) -> None:
    """Let the paper be found by these names; a name that another paper has stays that one's."""
    for name in names:
        connection.execute("INSERT OR IGNORE INTO identity VALUES (?, ?, ?)", (name.kind, name.folded, rid))


def _meant(
    connection: sqlite3.Connection, names: Sequence[Identity], sighting: Sighting, now: float
) -> tuple[int | None, str]:
    """The row of the paper that these names mean, joining two rows that turn out to be one, and which kind of name
    it was recognised by; None and an empty kind if it is new."""
    found: list[int] = []
    kinds: list[str] = []
    for name in names if names[0].kind != "title" else ():
        rid = _by_name(connection, name)
        if rid is not None and rid not in found and not _contradicts(connection, rid, names, name):
            found.append(rid)
            kinds.append(name.kind)
    if not found:
        titled = names[0].kind == "title"
        rid = _by_title(connection, sighting, named=not titled)
        if rid is None and titled:
            rid = _by_former_title(connection, names[0], sighting)
        return rid, "" if rid is None else "title"
    first, *others = found
    for other in others:
        if not _differ(connection, first, other):
            join(connection, other, into=first, now=now)
    return first, kinds[0]


def _by_name(connection: sqlite3.Connection, name: Identity) -> int | None:
    row = connection.execute(
        "SELECT paper FROM identity WHERE kind = ? AND folded = ?", (name.kind, name.folded)
    ).fetchone()
    return None if row is None else int(row[0])


def _by_title(connection: sqlite3.Connection, sighting: Sighting, *, named: bool) -> int | None:
    """A paper with this title and first author, if one of the two has no other name.

    Two ids of one kind are two papers. An author that is not known is any; of several papers, one whose author is known
    to be the same comes first.
    """
    key = normalised_title(sighting.title)
    if not key:
        return None
    nameless = " AND NOT named" if named else ""
    rows = connection.execute(
        f"SELECT rid, json_extract(authors, '$[0]') FROM paper WHERE title_key = ?{nameless} ORDER BY rid", (key,)
    ).fetchall()
    wanted = family_key(sighting.authors[0]) if sighting.authors else ""
    known = [(rid, family_key(author or "")) for rid, author in rows]
    same = [rid for rid, family in known if wanted and family == wanted]
    loose = [rid for rid, family in known if not wanted or not family]
    return next(iter([*same, *loose]), None)


def _by_former_title(connection: sqlite3.Connection, name: Identity, sighting: Sighting) -> int | None:
    """A paper that had this title once and is still known by it, unless its first author is another one."""
    rid = _by_name(connection, name)
    if rid is None:
        return None
    (author,) = connection.execute("SELECT json_extract(authors, '$[0]') FROM paper WHERE rid = ?", (rid,)).fetchone()
    families = {family_key(known) for known in (author, *sighting.authors[:1]) if known} - {""}
    if len(families) > 1:
        return _by_name(connection, Identity("title", sighting.authored_id))
    return rid


def _contradicts(connection: sqlite3.Connection, rid: int, names: Sequence[Identity], by: Identity) -> bool:
    """Whether the paper has another id of a stronger kind than the one it was found by."""
    for name in names:
        if _STRENGTH[name.kind] > _STRENGTH[by.kind]:
            has = _of_kind(connection, rid, name.kind)
            if has and name.folded not in has:
                return True
    return False


def _differ(connection: sqlite3.Connection, one: int, other: int) -> bool:
    """Whether two rows have different arXiv ids or different DOIs."""
    for kind in ("arxiv", "doi"):
        names, others = _of_kind(connection, one, kind), _of_kind(connection, other, kind)
        if names and others and not names & others:
            return True
    return False


def _of_kind(connection: sqlite3.Connection, rid: int, kind: str) -> set[str]:
    rows = connection.execute("SELECT folded FROM identity WHERE paper = ? AND kind = ?", (rid, kind))
    return {folded for (folded,) in rows}
