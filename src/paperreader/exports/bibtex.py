"""BibTeX, for LaTeX with any style: `@misc` with eprint, archivePrefix and primaryClass for papers on arXiv.

The fields: BibTeXing (Oren Patashnik, 1988); those of arXiv: https://info.arxiv.org/help/hypertex/bibstyles. What has
no command in LaTeX, Chinese for one, stays in Unicode, for engines that read it; all else is ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from paperreader.bibliography import KINDS
from paperreader.exports import bib_entry
from paperreader.exports.document import Document
from paperreader.latex.titles import title
from paperreader.latex.writing import as_read
from paperreader.paper import Paper

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(document: Document) -> Iterator[str]:
    """One entry a paper."""
    for paper in document.papers:
        yield entry(paper)


def entry(paper: Paper) -> str:
    """The entry of one paper."""
    year, month, day = (*paper.published.split("-"), "", "", "")[:3]
    return bib_entry.entry(
        _kind(paper),
        paper,
        (
            ("title", title(paper.title)),
            ("author", bib_entry.people(bib_entry.authors(paper), ascii_only=True)),
            ("key", "" if paper.authors else _sorted_by(paper)),
            ("year", year),
            ("month", _MONTHS[int(month) - 1] if month else ""),
            ("day", day.lstrip("0")),
            ("journal", bib_entry.prose(paper.journal, ascii_only=True)),
            ("booktitle", bib_entry.prose(paper.venue, ascii_only=True)),
            *bib_entry.published(paper, ascii_only=True).items(),
            ("eprint", bib_entry.verbatim(paper.arxiv_id)),
            ("archivePrefix", "arXiv" if paper.arxiv_id else ""),
            ("primaryClass", bib_entry.primary_class(paper) if paper.arxiv_id else ""),
            ("note", "" if paper.title or paper.authors or year else _sorted_by(paper)),
            ("doi", bib_entry.verbatim(paper.doi)),
            ("url", bib_entry.link(paper)),
            *bib_entry.common(paper, ascii_only=True),
            ("annote", bib_entry.note(paper.note, ascii_only=True)),
            *bib_entry.ours(paper, ascii_only=True),
        ),
    )


def _kind(paper: Paper) -> str:
    """Styles demand all of author, title and year of an article; `@misc` is content with any."""
    told = dict(paper.bibliography).get("type")
    if told in KINDS:
        return told
    whole = bool(paper.authors and paper.title and paper.published) and not paper.arxiv_id
    if whole and paper.journal:
        return "article"
    return "inproceedings" if whole and paper.venue else "misc"


def _sorted_by(paper: Paper) -> str:
    """What a style sorts and names a paper without authors by."""
    return bib_entry.plain(as_read(paper.title) or paper.id or "?", ascii_only=True)
