"""A paper as JSON: the object that `import` reads, `export` and `find --json` write."""

from __future__ import annotations

import json
import re
from typing import Any

from paperreader.paper import Paper
from paperreader.views import State

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What JSON lets pass as it is and a terminal obeys: C1 controls, and those that turn the reading direction."""


def paper_object(paper: Paper) -> dict[str, str | int | list[str] | dict[str, str]]:
    """What sources said of the paper, under the names that `import` knows, then the person's marks; nothing empty."""
    values: dict[str, str | int | list[str] | dict[str, str]] = {
        "arxiv_id": paper.arxiv_id,
        "doi": paper.doi,
        "id": paper.other_id,
        "title": paper.title,
        "authors": list(paper.authors),
        "published": paper.published,
        "abstract": paper.abstract,
        "summary": paper.summary,
        "keywords": list(paper.keywords),
        "categories": list(paper.categories),
        "code": paper.code,
        "url": paper.url,
        "project": paper.project,
        "organisation": paper.organisation,
        "journal": paper.journal,
        "venue": paper.venue,
        "remark": paper.remark,
        "licence": paper.licence,
        "tldr": paper.tldr,
        "bibliography": dict(paper.bibliography),
        "lists": list(paper.lists),
        "tags": list(paper.tags),
        "rating": paper.rating or 0,
        "state": "" if paper.state is State.UNREAD else paper.state.value,
        "note": paper.note,
        "bookmarked": paper.bookmarked is not None,
    }
    return {name: value for name, value in values.items() if value}


def one_line_json(paper: Paper) -> str:
    """The object on one line, readable in any language and safe to show on a terminal."""
    return safe_json(paper_object(paper))


def safe_json(value: Any) -> str:
    """Any value as JSON on one line, likewise."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
