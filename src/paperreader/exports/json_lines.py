"""JSON Lines: what `import` reads."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader.exports.document import Document
from paperreader.exports.paper_object import one_line_json


def write(document: Document) -> Iterator[str]:
    """One object a line."""
    for paper in document.papers:
        yield one_line_json(paper) + "\n"
