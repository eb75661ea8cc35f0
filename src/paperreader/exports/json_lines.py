"""JSON Lines: what `import` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperreader.exports.paper_object import one_line_json
from paperreader.paper import Paper


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """One object a line."""
    for paper in papers:
        yield one_line_json(paper) + "\n"
