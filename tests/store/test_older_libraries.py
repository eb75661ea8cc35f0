"""A library of an earlier version becomes one of today with everything in it, undo stack included."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperreader.paper import Sighting, Sort, State, View
from paperreader.store import events, lists, papers, undoing
from paperreader.store.database import Database
from paperreader.store.refolding import refold
from paperreader.store.schema import MIGRATIONS
from tests.store.conftest import NOW, record
from tests.store.test_merging import state

_PAPER = """
INSERT INTO paper (key, title, title_key, named, published, added, arxiv_id, doi, other_id, authors, keywords,
    categories, code, url, summary, abstract)
VALUES (?, ?, '', 1, '', 0, ?, '', '', '[]', '[]', '[]', '', '', '', '')
"""


def older(path: Path, form: int) -> None:
    """A database of an earlier form, with what its program would have written."""
    database = Database(path)
    database.migrate(MIGRATIONS[:form], "older")
    with database.write() as connection:
        for n in range(4):
            rid = connection.execute(_PAPER, (f"arxiv:2401.0000{n}", f"Paper {n}", f"2401.0000{n}")).lastrowid
            connection.execute("INSERT INTO identity VALUES ('arxiv', ?, ?)", (f"2401.0000{n}", rid))
            connection.execute("INSERT INTO sighting VALUES (?, 'feed', ?)", (rid, NOW))
        connection.execute("INSERT INTO bookmark VALUES (1, ?)", (NOW,))
        connection.execute("INSERT INTO reading VALUES (2, ?)", (NOW + 5,))
        connection.execute("INSERT INTO reading VALUES (3, ?)", (NOW + 1,))
        connection.execute("INSERT INTO removed VALUES (4, ?)", (NOW + 4,))
        done = [
            ("bookmark", [0, 1], {}),
            ("read", [2], {"auto": True}),
            ("unbookmark", [1], {"was": [NOW]}),
            ("bookmark", [3], {}),
            ("undo", [3], {"of": 4}),
            ("remove", [3], {}),
            ("read", [1], {}),
        ]
        for counter, (what, of, detail) in enumerate(done, 1):
            keys = json.dumps([f"arxiv:2401.0000{n}" for n in of])
            at = NOW + {1: 0, 2: 1, 3: 2, 4: 3, 5: 3, 6: 4, 7: 5}[counter]
            row = ("m", counter, at, what, keys, json.dumps(detail))
            connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", row)
    database.close()


@pytest.mark.parametrize("form", [1, 2, 3, 4])
def test_an_older_library_becomes_one_of_today(tmp_path: Path, form: int) -> None:
    older(tmp_path / "library.db", form)
    database = Database(tmp_path / "library.db")
    assert database.migrate(MIGRATIONS, "today") == form
    assert [kept.name for kept in lists.lists(database)] == [lists.TO_READ]
    assert list(papers.listing(database, View.BOOKMARKS, Sort.NEWEST)) == [1]
    known = {paper.rid: paper for paper in papers.papers(database, papers.all_rids(database))}
    assert [known[rid].state for rid in (1, 2, 3)] == [State.UNREAD, State.READ, State.READ]
    before = state(database)
    with database.write() as connection:  # what was kept is what its events say, and every paper of theirs is touched
        assert refold(connection, list(known)) == (set(), 0)
        assert {rid for (rid,) in connection.execute("SELECT paper FROM touched")} == {1, 2, 3, 4}
        assert [event.clock for event in events.every(connection)] == sorted(
            event.clock for event in events.every(connection)
        )
    assert state(database) == before
    undone = []
    while act := undoing.undo(database, "m", NOW + 100):
        undone.append((act.what, act.rids))
    assert undone == [("read", (2,)), ("remove", (4,)), ("unbookmark", (2,)), ("bookmark", (1, 2))]
    (third,) = papers.papers(database, [3])
    assert third.read == NOW + 1  # it happened by itself
    while undoing.redo(database, "m", NOW + 200):
        pass
    assert list(papers.listing(database, View.BOOKMARKS, Sort.NEWEST)) == [1]
    record(database, Sighting(source="feed", arxiv_id="2401.00009", title="Paper 9"))
    database.close()
