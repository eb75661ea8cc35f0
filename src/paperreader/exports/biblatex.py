"""BibLaTeX, for biber: dates as one field, eprinttype and eprintclass for arXiv, Unicode as it is.

The fields: the manual of biblatex, section 2.2 (entry fields) and 3.14.7 (electronic publishing information).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from paperreader.bibliography import BIBLATEX, BIBLATEX_KINDS, KINDS
from paperreader.exports import bib_entry
from paperreader.exports.document import Document
from paperreader.latex.titles import title
from paperreader.paper import Paper

_USERS: Final = ("usera", "userb", "userc", "userd", "usere", "userf", "verba", "verbb")


def write(document: Document) -> Iterator[str]:
    """One entry a paper."""
    for paper in document.papers:
        yield entry(paper)


def entry(paper: Paper) -> str:
    """The entry of one paper."""
    return bib_entry.entry(
        _kind(paper),
        paper,
        (
            ("title", title(paper.title, ascii_only=False)),
            ("author", bib_entry.people(bib_entry.authors(paper), ascii_only=False)),
            ("date", paper.published),
            ("journaltitle", bib_entry.prose(paper.journal, ascii_only=False)),
            ("booktitle", bib_entry.prose(paper.venue, ascii_only=False)),
            *_published(paper),
            ("eprint", bib_entry.verbatim(paper.arxiv_id)),
            ("eprinttype", "arxiv" if paper.arxiv_id else ""),
            ("eprintclass", bib_entry.primary_class(paper) if paper.arxiv_id else ""),
            ("doi", bib_entry.verbatim(paper.doi)),
            ("url", bib_entry.link(paper)),
            *bib_entry.common(paper, ascii_only=False),
            ("annotation", bib_entry.note(paper.note, ascii_only=False)),
            *_ours(paper),
        ),
    )


def _ours(paper: Paper) -> Iterator[tuple[str, str]]:
    """Each value behind its name in a field that is the user's: biber drops what biblatex does not know."""
    for field, (name, value) in zip(_USERS, bib_entry.ours(paper, ascii_only=False), strict=True):
        yield field, f"{name}: {value}" if value else ""


def _published(paper: Paper) -> Iterator[tuple[str, str]]:
    told = dict(paper.bibliography).get("type", "")
    if told in BIBLATEX_KINDS:
        yield "type", "mathesis" if told == "mastersthesis" else told
    for name, value in bib_entry.published(paper, ascii_only=False).items():
        yield BIBLATEX.get(name, name), value


def _kind(paper: Paper) -> str:
    told = dict(paper.bibliography).get("type", "")
    if told in KINDS:
        return BIBLATEX_KINDS.get(told, told)
    if paper.arxiv_id:
        return "online"
    whole = bool(paper.authors and paper.title and paper.published)
    if whole and paper.journal:
        return "article"
    return "inproceedings" if whole and paper.venue else "misc"
