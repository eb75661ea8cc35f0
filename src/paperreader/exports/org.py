"""Org: an outline for Emacs, a heading a paper, what is known of it as properties.

Whatever a paper says is text: a word joiner (U+2060), which nobody sees, stands where Org would read a mark, and the
options in the head turn off what marks within words would do (the Org manual, sections 11.2 and 13.2). A formula
between dollars stays one, as Org reads LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from paperreader.exports.document import Document, Section
from paperreader.latex.writing import pieces
from paperreader.paper import Paper
from paperreader.plain import printable
from paperreader.views import State

_JOINER: Final = "\u2060"
_HEAD: Final = "#+OPTIONS: ^:nil -:nil ':nil f:nil toc:nil\n"
_MARKS: Final = re.compile(r"(?<![^\s\-({'\"])(?=[*/_=~+]\S)|(?<=[\[<\\])|(?=[{\[])|(?<=@)(?=@)")
_AT_START: Final = re.compile(r"^(?=[^\w\s]|(?:\d+|[A-Za-z])[.)](?:\s|$)|(?:TODO|DONE|COMMENT)\b)")
_AT_END: Final = re.compile(r"(?<=:)$")
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")


def write(document: Document) -> Iterator[str]:
    """A title, then a heading for each section that has one, and one for each paper."""
    yield f"#+TITLE: {_text(document.title)}\n{_HEAD}"
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    stars = "**" if section.title else "*"
    if section.title:
        yield f"\n* {_heading(section.title)}\n"
    for paper in section.papers:
        yield "\n" + _paper(paper, stars)


def _paper(paper: Paper, stars: str) -> str:
    properties = "\n".join(f":{name}: {' '.join(printable(value).split())}" for name, value in _known(paper) if value)
    head = f"{stars} {_heading(paper.shown_title)}\n:PROPERTIES:\n{properties}\n:END:\n"
    links = [f"[[{_target(link)}][{label}]]" for label, link in _links(paper) if link]
    return "\n".join([head, *(f"{block}\n" for block in [*_paragraphs(paper), " ".join(links), _note(paper)] if block)])


def _known(paper: Paper) -> tuple[tuple[str, str], ...]:
    return (
        ("CUSTOM_ID", paper.id),
        ("AUTHORS", "; ".join(paper.authors)),
        ("PUBLISHED", paper.published),
        ("ARXIV", paper.arxiv_id),
        ("DOI", paper.doi),
        ("CATEGORIES", "; ".join(paper.categories)),
        ("KEYWORDS", "; ".join(paper.keywords)),
        ("TAGS_GIVEN", "; ".join(paper.tags)),
        ("RATING", str(paper.rating or "")),
        ("STATE", "" if paper.state is State.UNREAD else paper.state.value),
    )


def _note(paper: Paper) -> str:
    """The person's note as the Markdown that it is; a comma keeps a line from being Org's (manual, section 12.6)."""
    if not paper.note.strip():
        return ""
    lines = (f",{line}" if line.startswith(("*", "#+", ",")) else line for line in paper.note.strip().split("\n"))
    return "\n".join(["#+begin_src markdown", *map(printable, lines), "#+end_src"])


def _links(paper: Paper) -> tuple[tuple[str, str], ...]:
    return ("Page", paper.link), ("PDF", paper.pdf_link), ("Code", paper.code_link)


def _paragraphs(paper: Paper) -> list[str]:
    parts = [_block(part) for part in _PARAGRAPHS.split(paper.text) if part.strip()]
    return [f"Summary, not the abstract: {parts[0]}", *parts[1:]] if paper.text_is_summary and parts else parts


def _heading(text: str) -> str:
    """Text behind stars: it must name no state and end in no tag."""
    return _AT_END.sub(_JOINER, _block(text))


def _block(text: str) -> str:
    """Text that begins a line: it must begin no list, table or keyword instead."""
    return _AT_START.sub(_JOINER, _text(text))


def _text(text: str) -> str:
    """Text within a line, without line breaks and, but for formulas, without meaning."""
    line = " ".join(printable(text).split())
    return "".join(piece if is_math else _meaningless(piece) for piece, is_math in pieces(line))


def _meaningless(text: str) -> str:
    return _MARKS.sub(_JOINER, text).replace("$", "\\dollar{}")


def _target(link: str) -> str:
    """A link as Org has it within brackets (the Org manual, section 4.1)."""
    return link.replace("\\", "%5C").replace("[", "%5B").replace("]", "%5D")
