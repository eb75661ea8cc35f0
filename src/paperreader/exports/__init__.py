"""Papers, written as text: which formats there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from paperreader.errors import ExportError
from paperreader.exports import (
    atom,
    biblatex,
    bibtex,
    csl_json,
    csv_table,
    html_page,
    json_array,
    json_feed,
    json_lines,
    markdown,
    org,
    ris,
)
from paperreader.exports.document import Document, Section
from paperreader.paper import Paper

__all__ = ["FORMATS", "Document", "Format", "Section", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing papers down."""

    name: str
    """What `export --format` calls it."""
    label: str
    """What it is, in a few words."""
    suffix: str
    """How files of this kind end."""
    write: Callable[[Document], Iterator[str]]
    """The text, in pieces, as the papers come: nothing is gathered in memory."""
    has_headings: bool = False
    """Whether lists become headings; else a paper stands in it once."""
    cites: bool = False
    """Whether papers have a citation key in it."""


FORMATS: Final = {
    form.name: form
    for form in (
        Format("markdown", "a list to read or to put into notes", ".md", markdown.write, has_headings=True),
        Format("org", "the same for Emacs", ".org", org.write, has_headings=True),
        Format("html", "one page to read or print", ".html", html_page.write, has_headings=True),
        Format("bibtex", "for LaTeX, with any style", ".bib", bibtex.write, cites=True),
        Format("biblatex", "for LaTeX with biblatex and biber", ".bib", biblatex.write, cites=True),
        Format("ris", "for EndNote, Zotero, Mendeley", ".ris", ris.write, cites=True),
        Format("csl-json", "for pandoc, Zotero, citation styles", ".json", csl_json.write, cites=True),
        Format("csv", "for spreadsheets", ".csv", csv_table.write),
        Format("json", "one array", ".json", json_array.write),
        Format("jsonl", "one object a line, which import reads", ".jsonl", json_lines.write),
        Format("atom", "a feed for other readers", ".xml", atom.write),
        Format("jsonfeed", "a feed in JSON", ".json", json_feed.write),
    )
}
"""By name, in the order of the help."""


def write(name: str, papers: Document | Iterable[Paper]) -> Iterator[str]:
    """The papers in the format of that name, in pieces. Raises ExportError where there is none."""
    return known(name).write(papers if isinstance(papers, Document) else Document.of(papers))


def known(name: str) -> Format:
    """The format of that name. Raises ExportError where there is none."""
    form = FORMATS.get(name)
    if form is None:
        raise ExportError(f"There is no format {name!r}.", f"Known are {', '.join(FORMATS)}.")
    return form
