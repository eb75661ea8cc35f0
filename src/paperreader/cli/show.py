"""`paperreader show ID...`"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at, resolved
from paperreader.cli.streams import JSON_ESCAPE, put, write, write_as
from paperreader.plain import printable
from paperreader.views import State
from paperreader.wrapping import wrapped

if TYPE_CHECKING:
    from paperreader.paper import Paper
    from paperreader.paths import Paths

KEPT = ""

_MEASURE = 88
"""Columns. A wider terminal does not make longer lines: nobody reads those."""
_AUTHORS_SHOWN = 12
_PARAGRAPHS = re.compile(r"\n\s*\n")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Ids, and in which form."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id as `find` prints it, or a link")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, as `import` reads them")


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Print each paper with all that is known of it."""
    with library_at(paths, writes=False) as library:
        papers = library.papers(resolved(library, options.ids))
        if options.json:
            from paperreader.exports import write as written

            write_as(JSON_ESCAPE)
            write(written("jsonl", papers))
            return 0
        columns = max(20, min(_MEASURE, shutil.get_terminal_size().columns))
        for place, paper in enumerate(papers):
            for line in (["", ""] if place else []) + list(_page(paper, columns)):
                put(line)
    return 0


def _page(paper: Paper, columns: int) -> Iterator[str]:
    """The paper's lines: what it is, where it is, what it says."""
    yield from wrapped(paper.shown_title, columns)
    yield from wrapped(printable(_authors(paper.authors)), columns)
    yield ""
    for label, value in _facts(paper):
        yield f"{label:<11}{printable(value)}"
    if paper.note:
        yield from ("", "Your note:")
        yield from map(printable, paper.note.split("\n"))  # as it was written: Markdown means its spaces
    paragraphs = [part for part in _PARAGRAPHS.split(paper.text) if part.strip()]
    if paper.text_is_summary:
        yield from ("", "Summary, in other words than the paper's own:")
    for part in paragraphs or ["No abstract is known."]:
        yield ""
        yield from wrapped(printable(part), columns)


def _authors(names: tuple[str, ...]) -> str:
    more = len(names) - _AUTHORS_SHOWN
    if more <= 1:
        return ", ".join(names)
    return f"{', '.join(names[:_AUTHORS_SHOWN])} and {more:,} more"


def _facts(paper: Paper) -> Iterator[tuple[str, str]]:
    """(label, value) of what is known."""
    facts = {
        "id": paper.id,
        "published": paper.published,
        "link": paper.link,
        "PDF": paper.pdf_link,
        "code": paper.code_link,
        "keywords": ", ".join(paper.keywords),
        "categories": ", ".join(paper.categories),
        "votes": "" if paper.votes is None else f"{paper.votes:,}",
        "source": ", ".join(paper.sources),
        "bookmarked": _day(paper.bookmarked),
        "removed": f"{day}; it is back when it is kept or imported again" if (day := _day(paper.removed)) else "",
        "read": _day(paper.read),
        "state": paper.state.value if paper.state in (State.READING, State.DISMISSED) else "",
        "rating": f"{paper.rating} of 5" if paper.rating else "",
        "tags": ", ".join(paper.tags),
        "lists": ", ".join(paper.lists),
    }
    return ((label, value) for label, value in facts.items() if value)


def _day(moment: float | None) -> str:
    """The day in the person's own time zone; empty for never."""
    return "" if moment is None else datetime.fromtimestamp(moment).strftime("%Y-%m-%d")
