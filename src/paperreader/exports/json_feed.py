"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): any view as a feed, for readers that prefer JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from paperreader.exports.atom import day, entry_id, moment
from paperreader.exports.document import Document
from paperreader.exports.paper_object import safe_json
from paperreader.paper import Paper


def write(document: Document) -> Iterator[str]:
    """The feed as one object, an item a line."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": document.title}
    yield safe_json(head)[:-1] + ', "items": ['
    before = "\n"
    for paper in document.papers:
        yield before + safe_json(item(paper))
        before = ",\n"
    yield "\n]}\n"


def item(paper: Paper) -> dict[str, Any]:
    """The paper as an item; what is empty is left out, but for the text, which every item must have."""
    values: dict[str, Any] = {
        "id": entry_id(paper),
        "url": paper.link,
        "external_url": paper.code_link,
        "title": paper.shown_title,
        "date_published": day(paper.published),
        "date_modified": moment(paper.added),
        "authors": [{"name": name} for name in paper.authors],
        "tags": list(dict.fromkeys((*paper.categories, *paper.keywords))),
    }
    return {name: value for name, value in values.items() if value} | {"content_text": paper.text}
