"""CSV for spreadsheets (RFC 4180, but for bare line feeds): one row a paper.

No cell is a formula: one that begins as a formula does gets an apostrophe before it, which spreadsheets take for "this
is text" (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Final

from paperreader.exports.document import Document
from paperreader.paper import Paper
from paperreader.plain import printable

COLUMNS: Final[dict[str, Callable[[Paper], str]]] = {
    "id": lambda paper: paper.id,
    "title": lambda paper: paper.title,
    "authors": lambda paper: "; ".join(paper.authors),
    "published": lambda paper: paper.published,
    "arxiv_id": lambda paper: paper.arxiv_id,
    "doi": lambda paper: paper.doi,
    "link": lambda paper: paper.url or paper.link,
    "code": lambda paper: paper.code,
    "categories": lambda paper: "; ".join(paper.categories),
    "keywords": lambda paper: "; ".join(paper.keywords),
    "venue": lambda paper: paper.venue or paper.journal,
    "votes": lambda paper: _number(paper.votes),
    "stars": lambda paper: _number(paper.stars),
    "citations": lambda paper: _number(paper.citations),
    "lists": lambda paper: "; ".join(paper.lists),
    "tags": lambda paper: "; ".join(paper.tags),
    "rating": lambda paper: _number(paper.rating),
    "state": lambda paper: paper.state.value,
    "note": lambda paper: paper.note,
    "abstract": lambda paper: paper.abstract,
    "summary": lambda paper: paper.summary,
}
"""The columns in order, and what stands in each."""

_FORMULA: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""How a cell begins that a spreadsheet may reckon with; the last four are = + - @ in full width."""


def write(document: Document) -> Iterator[str]:
    """The names of the columns, then the rows."""
    yield _row(COLUMNS)
    for paper in document.papers:
        yield _row(safe_cell(value(paper)) for value in COLUMNS.values())


def safe_cell(text: str) -> str:
    """The text as a cell that is text for every spreadsheet; its line breaks stay."""
    plain = "\n".join(map(printable, text.split("\n")))
    return f"'{plain}" if plain.lstrip(" ").startswith(_FORMULA) else plain


def _row(cells: object) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)  # type: ignore[arg-type]
    return line.getvalue()


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
