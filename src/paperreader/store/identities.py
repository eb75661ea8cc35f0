"""Which paper is meant by an id, and by which form of its id a paper is told apart from the others."""

from __future__ import annotations

from paperreader.identity import Identity, is_arxiv_id, meant
from paperreader.paper import Paper
from paperreader.store.database import Database


def find(database: Database, text: str) -> int | None:
    """The paper that an id or a link means, removed ones included; None if there is none."""
    for name in meant(text):
        rid = _named(database, name)
        if rid is not None:
            return rid
    return None


def told_apart(database: Database, paper: Paper) -> Paper:
    """The paper with the form of its id that leads to it and to no other, where that is not the bare one.

    A paper that has the id "2401.01234" in some collection is printed as "id:2401.01234" where the library has the
    arXiv paper of that number too; an id with a line break in it has %0A there.
    """
    if is_arxiv_id(paper.arxiv_id):
        return paper  # nothing is meant before that: most papers are told from no other in no time
    own = _identity(paper)
    if own is None:
        return paper
    form = next((form for form in own.forms if _leads_to(database, form, own, paper.rid)), paper.bare_id)
    return paper if form == paper.bare_id else paper._replace(told_apart=form)


def _identity(paper: Paper) -> Identity | None:
    if paper.arxiv_id:
        return Identity("arxiv", paper.arxiv_id)
    if paper.doi:
        return Identity("doi", paper.doi)
    made = paper.key.startswith("title:")
    return Identity("title" if made else "id", paper.other_id) if paper.other_id else None


def _leads_to(database: Database, form: str, own: Identity, rid: int) -> bool:
    for name in meant(form):
        if name.key == own.key:
            return True
        found = _named(database, name)
        if found is not None:
            return found == rid
    return False


def _named(database: Database, name: Identity) -> int | None:
    with database.read() as connection:
        row = connection.execute(
            "SELECT paper FROM identity WHERE kind = ? AND folded = ?", (name.kind, name.folded)
        ).fetchone()
    return None if row is None else int(row[0])
