"""RIS, which EndNote, Zotero and Mendeley read.

The tags: the specification of Research Information Systems (2011); dates as YYYY/MM/DD/. One line a field, since
pandoc reads no other: an abstract is one paragraph, a note keeps its lines as HTML, which Zotero writes too. What RIS
has no tag for stands in its custom fields C1 to C8, each value behind its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from paperreader.bibliography import FIELDS, KINDS, publisher
from paperreader.exports.bib_entry import authors, other_id
from paperreader.exports.citation_key import citation_key
from paperreader.exports.document import Document
from paperreader.names import parts
from paperreader.paper import Paper
from paperreader.plain import printable
from paperreader.views import State

_END: Final = "\r\n"
ARXIV: Final = "arXiv:"
_LIKE_HTML: Final = re.compile(r"<[A-Za-z/]|&\w+;")


def write(document: Document) -> Iterator[str]:
    """One reference a paper, a blank line behind each."""
    for paper in document.papers:
        tagged = ((tag, _line(value)) for tag, value in _fields(paper))
        lines = [f"{tag}  - {value}" for tag, value in tagged if value or tag == "ER"]
        yield _END.join([*lines, "", ""])


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "TY", _kind(paper)
    yield "ID", paper.citation_key or citation_key(paper)
    yield "TI", paper.title
    yield from (("AU", _person(name)) for name in authors(paper))
    yield from _dates(paper.published)
    yield "JO", paper.journal
    yield "T2", paper.venue
    yield from _published(dict(paper.bibliography))
    yield "AB", paper.abstract
    yield from (("KW", word) for word in (*paper.keywords, *paper.tags))
    yield "N1", _note(paper.note)
    yield "DO", paper.doi
    yield "AN", f"{ARXIV}{paper.arxiv_id}" if paper.arxiv_id else ""
    yield "UR", paper.url or paper.link
    yield from (("C1", f"summary: {paper.summary}"),) if paper.summary.strip() else ()
    yield from (("C2", f"categories: {'; '.join(paper.categories)}"),) if paper.categories else ()
    yield from (("C3", f"code: {paper.code}"),) if paper.code.strip() else ()
    yield from (("C4", f"id: {other_id(paper)}"),) if other_id(paper).strip() else ()
    yield from (("C5", f"tags: {'; '.join(paper.tags)}"),) if paper.tags else ()
    yield from (("C6", f"lists: {'; '.join(paper.lists)}"),) if paper.lists else ()
    yield from (("C7", f"rating: {paper.rating}"),) if paper.rating else ()
    yield from (("C8", f"state: {paper.state.value}"),) if paper.state is not State.UNREAD else ()
    yield "ER", ""


def _published(known: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from (("A2", _person(name)) for name in known.get("editor", "").split("; ") if name)
    for name, names in FIELDS.items():
        if names.ris and name not in ("editor", "pages", "publisher", "isbn"):
            yield names.ris, known.get(name, "")
    first, _, last = known.get("pages", "").partition("–")
    yield from (("SP", first), ("EP", last)) if "," not in last and "–" not in last else (("SP", known["pages"]),)
    yield "PB", publisher(known)
    yield "SN", known.get("isbn", "") or known.get("issn", "")


def _kind(paper: Paper) -> str:
    told = dict(paper.bibliography).get("type", "")
    if told in KINDS:
        return KINDS[told].ris
    if paper.journal and not paper.arxiv_id:
        return "JOUR"
    return "CPAPER" if paper.venue and not paper.arxiv_id else "UNPB" if paper.arxiv_id else "GEN"


def _dates(published: str) -> Iterator[tuple[str, str]]:
    if published:
        year, month, day = (*published.split("-"), "", "")[:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}/"


def _person(name: str) -> str:
    """Family, given, suffix; a name that stays whole has no comma, which would take it apart."""
    known = parts(name)
    if known.whole:
        return known.whole.replace(",", ";")
    return ", ".join(part for part in (known.family, known.given, known.suffix) if part)


def _note(text: str) -> str:
    """The note on one line: as it is, or as HTML where it has lines or looks like HTML."""
    lines = [printable(line).rstrip() for line in text.strip("\n").split("\n")]
    if len(lines) == 1 and not _LIKE_HTML.search(text):
        return lines[0].strip()
    bare = ((len(line) - len(line.lstrip(" ")), escape(line.lstrip(" "), quote=False)) for line in lines)
    return f"<p>{'<br/>'.join('&nbsp;' * indent + line for indent, line in bare)}</p>"


def _line(text: str) -> str:
    """On one line, and nothing that a terminal obeys."""
    return " ".join(printable(text).split())
