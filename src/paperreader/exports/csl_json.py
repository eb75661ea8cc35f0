"""CSL-JSON, which pandoc, Zotero and every processor of citation styles read.

The schema: https://github.com/citation-style-language/schema, csl-data.json, version 1.0.2. What it has no field for
stands under `custom`, which it keeps for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from paperreader.bibliography import FIELDS, KINDS, publisher
from paperreader.exports.bib_entry import authors, other_id
from paperreader.exports.citation_key import citation_key
from paperreader.exports.document import Document
from paperreader.exports.paper_object import safe_json
from paperreader.names import parts
from paperreader.paper import Paper
from paperreader.views import State

ARXIV: Final = "arXiv"
OURS: Final = "paperreader"
"""The name under `custom`."""


def write(document: Document) -> Iterator[str]:
    """An array with one item a line; `[]` where there is none."""
    before = "[\n"
    for paper in document.papers:
        yield before + safe_json(item(paper))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def item(paper: Paper) -> dict[str, Any]:
    """The paper as the schema has it; what is empty is left out."""
    values: dict[str, Any] = {
        "id": paper.citation_key or citation_key(paper),
        "type": _kind(paper),
        "title": paper.title,
        "author": [_person(name) for name in authors(paper)],
        "issued": {"date-parts": [[int(part) for part in paper.published.split("-")]]} if paper.published else None,
        "container-title": paper.journal or paper.venue,
        "publisher": ARXIV if paper.arxiv_id else publisher(dict(paper.bibliography)),
        "number": f"{ARXIV}:{paper.arxiv_id}" if paper.arxiv_id else "",
        "archive": ARXIV if paper.arxiv_id else "",
        "archive_location": paper.arxiv_id,
        **_published(paper),
        "abstract": paper.abstract,
        "keyword": ", ".join((*paper.keywords, *paper.tags)),
        "DOI": paper.doi,
        "URL": paper.url or paper.link,
        "note": paper.note,
        "custom": {OURS: ours} if (ours := _ours(paper)) else None,
    }
    return {name: value for name, value in values.items() if value}


def _published(paper: Paper) -> dict[str, Any]:
    known = dict(paper.bibliography)
    values: dict[str, Any] = {
        names.csl: known[name] for name, names in FIELDS.items() if names.csl and name in known and name != "publisher"
    }
    if "editor" in known:
        values["editor"] = [_person(name) for name in known["editor"].split("; ")]
    if "pages" in known:
        values["page"] = known["pages"].replace("–", "-")
    return values


def _kind(paper: Paper) -> str:
    told = dict(paper.bibliography).get("type", "")
    if told in KINDS:
        return KINDS[told].csl
    if paper.arxiv_id:
        return "article"  # what CSL 1.0.2 calls a preprint
    return "article-journal" if paper.journal else "paper-conference" if paper.venue else "document"


def _person(name: str) -> dict[str, str]:
    known = parts(name)
    if known.whole:
        return {"literal": known.whole}
    values = {"family": known.family, "given": known.given, "suffix": known.suffix}
    return {part: value for part, value in values.items() if value}


def _ours(paper: Paper) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": other_id(paper),
        "title": paper.title if "<" in paper.title else "",
        "summary": paper.summary,
        "categories": list(paper.categories),
        "keywords": list(paper.keywords) if paper.tags or any("," in word for word in paper.keywords) else [],
        "code": paper.code,
        "bibliography": dict(paper.bibliography),
        "note": paper.note,
        "tags": list(paper.tags),
        "lists": list(paper.lists),
        "rating": paper.rating or 0,
        "state": "" if paper.state is State.UNREAD else paper.state.value,
        "venue": paper.venue if paper.journal or paper.arxiv_id else "",
    }
    return {name: value for name, value in values.items() if value}
