"""One JSON array: for programs that want the whole list as one value."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader.exports.document import Document
from paperreader.exports.paper_object import one_line_json


def write(document: Document) -> Iterator[str]:
    """An array with one object a line; `[]` where there is none."""
    before = "[\n"
    for paper in document.papers:
        yield before + one_line_json(paper)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
