"""Papers read back: ids of a view, lines of a list, whole papers, and the texts that search asks for."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from paperreader.paper import IMPORT, STARTER, Paper, Row, Sort, State, View
from paperreader.plain import folded, shown_title
from paperreader.store import identities
from paperreader.store.database import Database

_CHUNK = 500
"""Ids in one statement: well under SQLite's limit of 32,766 variables."""

_SEEN = "rid NOT IN (SELECT paper FROM removed) AND rid NOT IN (SELECT paper FROM withheld)"

_WHERE = {
    View.ALL: _SEEN,
    View.UNREAD: f"{_SEEN} AND rid NOT IN (SELECT paper FROM reading) AND rid NOT IN (SELECT paper FROM state)",
    View.BOOKMARKS: f"{_SEEN} AND rid IN (SELECT paper FROM bookmark)",
}

# Ties are broken by what a paper is called everywhere, not by when it came here: an export read again is the same.
_ORDER = {
    Sort.NEWEST: "published DESC, key DESC",
    Sort.OLDEST: "published = '', published, key",
    Sort.ADDED: "added DESC, rid DESC",
    Sort.VOTES: "votes IS NULL, votes DESC, published DESC, key DESC",
    Sort.TITLE: "title_key = '', title_key, key",
}

_STATE = "coalesce((SELECT state FROM state WHERE paper = rid), iif(reading.at IS NULL, 'unread', 'read'))"
_RATING = "(SELECT stars FROM rating WHERE paper = rid)"
_TAGS = "(SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE paper = rid ORDER BY folded))"
_LISTS = """
(SELECT json_group_array(name) FROM (SELECT name FROM enlisted JOIN list ON list.id = enlisted.list
    WHERE paper = rid AND name IS NOT NULL ORDER BY id != 'to read', name COLLATE NOCASE, id))
"""

_ROW = f"""
SELECT rid, title, json_extract(authors, '$[0]'), substr(published, 1, 4), votes,
    reading.at IS NOT NULL, EXISTS (SELECT 1 FROM bookmark WHERE paper = rid),
    EXISTS (SELECT 1 FROM revised JOIN bookmark USING (paper)
        WHERE paper = rid AND revised.at > bookmark.at AND revised.at > coalesce(reading.at, 0)),
    {_STATE}, {_RATING}, EXISTS (SELECT 1 FROM note WHERE paper = rid), {_TAGS}, {_LISTS},
    CASE WHEN title = '' THEN substr(iif(abstract = '', summary, abstract), 1, 400) ELSE '' END
FROM paper LEFT JOIN reading ON reading.paper = rid WHERE rid IN ({{marks}})
"""

_PAPER = f"""
SELECT rid, title, arxiv_id, doi, other_id, authors, published, abstract, summary, keywords, categories, code, url,
    votes, comments, stars, version, citations, influential_citations, project, organisation, submitter, thumbnail,
    remark, journal, venue, licence, tldr, bibliography,
    (SELECT json_group_array(source) FROM (SELECT source FROM sighting WHERE paper = rid ORDER BY at, source)),
    {_TAGS}, {_LISTS}, (SELECT at FROM bookmark WHERE paper = rid), reading.at, added, key, {_STATE}, {_RATING},
    coalesce((SELECT text FROM note WHERE paper = rid), ''), (SELECT at FROM removed WHERE paper = rid)
FROM paper LEFT JOIN reading ON reading.paper = rid WHERE rid IN ({{marks}})
"""

_BARE = "(title_key = '' AND title = '' AND abstract = '' AND summary = '' AND arxiv_id != '')"
"""A paper that somebody named by its arXiv id only."""


def listing(database: Database, view: View, sort: Sort) -> array[int]:
    """The ids of everything in a view, in order. Views that wait for a refresh are empty."""
    where = _WHERE.get(view)
    if where is None:
        return array("q")
    order = _ORDER.get(sort, _ORDER[Sort.NEWEST])
    with database.read() as connection:
        return array(
            "q", (rid for (rid,) in connection.execute(f"SELECT rid FROM paper WHERE {where} ORDER BY {order}"))
        )


def counts(database: Database) -> dict[View, int]:
    """How many papers each view has."""
    sizes = dict.fromkeys(View, 0)
    with database.read() as connection:
        for view, where in _WHERE.items():
            sizes[view] = connection.execute(f"SELECT count(*) FROM paper WHERE {where}").fetchone()[0]
    return sizes


def rows(database: Database, rids: Sequence[int]) -> list[Row]:
    """The lines of these papers, in this order; ids that are no longer there are left out."""
    found: dict[int, Row] = {}
    for row in _fetched(database, _ROW, rids):
        rid, title, author, year, votes, read, bookmarked, revised, state, rating, noted, tags, lists, text = row
        found[rid] = Row(
            rid,
            shown_title(title, text),
            author or "",
            year,
            votes,
            bool(read),
            bool(bookmarked),
            bool(revised),
            _STATES[state],
            rating,
            bool(noted),
            _names(tags),
            _names(lists),
        )
    return [found[rid] for rid in rids if rid in found]


def papers(database: Database, rids: Iterable[int]) -> Iterator[Paper]:
    """Whole papers with their marks, in this order, a chunk at a time; ids that are not there are left out."""
    rest = iter(rids)
    while chunk := list(islice(rest, _CHUNK)):
        found = {row[0]: _paper(row) for row in _fetched(database, _PAPER, chunk)}
        yield from (identities.told_apart(database, found[rid]) for rid in chunk if rid in found)


def in_lasting_order(database: Database, rids: Iterable[int]) -> array[int]:
    """These papers newest first, those of one day by their keys: the order that another machine would give them too."""
    wanted = set(rids)
    with database.read() as connection:
        rows = connection.execute("SELECT rid FROM paper ORDER BY published DESC, key DESC")
        return array("q", (rid for (rid,) in rows if rid in wanted))


def texts(database: Database, rids: Iterable[int]) -> dict[int, tuple[str, str, tuple[str, ...]]]:
    """Title, text (all of it, as the index hears it) and authors of these papers, by id."""
    return {paper.rid: (paper.title, paper.whole_text, paper.authors) for paper in papers(database, rids)}


def all_rids(database: Database) -> array[int]:
    """Every paper's id, hidden ones too, oldest row first: what an index is built from."""
    with database.read() as connection:
        return array("q", (rid for (rid,) in connection.execute("SELECT rid FROM paper ORDER BY rid")))


def total(database: Database) -> int:
    """How many papers there are, hidden ones too."""
    with database.read() as connection:
        return int(connection.execute("SELECT count(*) FROM paper").fetchone()[0])


def bare(database: Database, *, limit: int) -> list[str]:
    """arXiv ids of papers of which no more than the id is known, the newest first."""
    with database.read() as connection:
        statement = f"SELECT arxiv_id FROM paper WHERE {_BARE} ORDER BY added DESC, rid DESC LIMIT ?"
        return [name for (name,) in connection.execute(statement, (limit,))]


def without_abstract(database: Database, *, since: float, limit: int) -> list[str]:
    """arXiv ids of papers that feeds brought since then (seconds since 1970) without an abstract, the newest first.

    Before them, whatever their age, papers of which no more than the id is known.
    """
    with database.read() as connection:
        rows = connection.execute(
            f"SELECT arxiv_id FROM paper WHERE {_BARE} OR (added >= ? AND abstract = '' AND arxiv_id != '' "
            "AND EXISTS (SELECT 1 FROM sighting WHERE paper = rid AND source NOT IN (?, ?))) "
            "ORDER BY title != '', added DESC, rid DESC LIMIT ?",
            (since, STARTER, IMPORT, limit),
        )
        return [name for (name,) in rows]


def worth_counting(database: Database, *, since: float, limit: int) -> list[str]:
    """arXiv ids of the bookmarked papers, then of those that came since then: whose citations one may want to know."""
    with database.read() as connection:
        rows = connection.execute(
            "SELECT arxiv_id FROM paper LEFT JOIN bookmark ON bookmark.paper = rid "
            "WHERE arxiv_id != '' AND (bookmark.at IS NOT NULL OR added >= ?) "
            "ORDER BY bookmark.at IS NULL, bookmark.at DESC, rid DESC LIMIT ?",
            (since, limit),
        )
        return [name for (name,) in rows]


def titled(database: Database, words: Sequence[str], limit: int) -> list[int]:
    """Papers whose title has every one of these words as a part, newest first: the search without an index."""
    parts = ["".join(c for c in folded(word) if c.isalnum() or c in "+#") for word in words]
    parts = [part for part in parts if part]
    if not parts:
        return []
    where = " AND ".join([_SEEN, *["instr(title_key, ?) > 0"] * len(parts)])
    with database.read() as connection:
        found = connection.execute(
            f"SELECT rid FROM paper WHERE {where} ORDER BY {_ORDER[Sort.NEWEST]} LIMIT ?", (*parts, limit)
        )
        return [rid for (rid,) in found]


def _fetched(database: Database, statement: str, rids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(rids), _CHUNK):
        chunk = list(rids[start : start + _CHUNK])
        with database.read() as connection:
            yield from connection.execute(statement.format(marks=",".join("?" * len(chunk))), chunk).fetchall()


def _paper(row: tuple[Any, ...]) -> Paper:
    known = dict(zip(_PAPER_FIELDS, row, strict=True))
    for name in ("authors", "keywords", "categories", "sources", "tags", "lists"):
        known[name] = _names(known[name])
    known["bibliography"] = tuple(json.loads(known["bibliography"]).items()) if known["bibliography"] else ()
    known["state"] = _STATES[known["state"]]
    return Paper(**known)


def _names(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written)) if written != "[]" else ()


_STATES = {state.value: state for state in State}


_PAPER_FIELDS = (
    *("rid", "title", "arxiv_id", "doi", "other_id", "authors", "published", "abstract", "summary", "keywords"),
    *("categories", "code", "url", "votes", "comments", "stars", "version", "citations", "influential_citations"),
    *("project", "organisation", "submitter", "thumbnail", "remark", "journal", "venue", "licence", "tldr"),
    "bibliography",
    *("sources", "tags", "lists", "bookmarked", "read", "added", "key", "state", "rating", "note"),
    "removed",
)
