"""Markdown (CommonMark 0.31): the reading list as a person reads it, or puts it into notes.

Whatever a paper says is text: every character that could mean something is escaped (section 2.4), so a title
with brackets, a formula with underscores or an abstract that begins with a number stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from paperreader.exports.document import Document
from paperreader.paper import Paper
from paperreader.plain import printable
from paperreader.views import State

_AUTHORS_SHOWN = 6
_MEANT = re.compile(r"([\\`*_{}\[\]<>#|~&$!^])")
_AT_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)])(?=\s|$))")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_WEB = "!#$&'*+,/:;=?@[]~%"
"""What may stand in a link as it is (RFC 3986, section 2.2), but for the round brackets that end one here."""


def write(document: Document) -> Iterator[str]:
    """A heading, one for each section that has a title, and one for each paper."""
    yield f"# {_inline(document.title)}\n"
    for section in document.sections:
        if section.title:
            yield f"\n## {_inline(section.title)}\n"
        for paper in section.papers:
            yield "\n" + _paper(paper, "###" if section.title else "##")


def linked_title(paper: Paper) -> str:
    """The title as a link to the paper, on one line."""
    return _linked(_inline(paper.shown_title), paper.link)


def _paper(paper: Paper, hashes: str) -> str:
    blocks = [
        f"{hashes} {linked_title(paper)}",
        _byline(paper),
        _marks(paper),
        *_text(paper),
        _more(paper),
        _note(paper),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _byline(paper: Paper) -> str:
    """Authors, date and id; each where it is known."""
    parts = (_authors(paper.authors), paper.published, paper.id)
    return " · ".join(_block(part) for part in parts if part.strip())


def _marks(paper: Paper) -> str:
    """What the person gave it: stars, how far they are, tags."""
    stars = ["★" * paper.rating + "☆" * (5 - paper.rating)] if paper.rating else []
    state = [] if paper.state is State.UNREAD else [paper.state.value]
    tags = [f"Tags: {_inline(', '.join(paper.tags))}"] if paper.tags else []
    return " · ".join([*stars, *state, *tags])


def _note(paper: Paper) -> str:
    """The person's note, as the Markdown that it is, set apart as a quotation: its headings are none of ours."""
    lines = [f"> {printable(line)}".rstrip() for line in paper.note.strip().split("\n")] if paper.note.strip() else []
    return "\n".join(lines)


def _authors(names: tuple[str, ...]) -> str:
    more = len(names) - _AUTHORS_SHOWN
    if more <= 1:  # "and 1 more" would be no shorter than the name
        return ", ".join(names)
    return f"{', '.join(names[:_AUTHORS_SHOWN])} and {more:,} more"


def _text(paper: Paper) -> list[str]:
    paragraphs = [_block(part) for part in _PARAGRAPHS.split(paper.text) if part.strip()]
    if paper.text_is_summary and paragraphs:
        paragraphs[0] = f"*Summary, not the abstract:* {_inline(_PARAGRAPHS.split(paper.text.strip())[0])}"
    return paragraphs


def _more(paper: Paper) -> str:
    links = [_linked(label, link) for label, link in (("PDF", paper.pdf_link), ("Code", paper.code_link)) if link]
    words = _inline(", ".join(paper.keywords))
    return " · ".join([*links, *([f"Keywords: {words}"] if words else [])])


def _linked(label: str, link: str) -> str:
    return f"[{label}]({quote(link, safe=_WEB)})" if link else label


def _block(text: str) -> str:
    """Text that begins a block: it must not begin a list, a rule or an underlined heading instead."""
    return _AT_START.sub(lambda match: rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}", _inline(text))


def _inline(text: str) -> str:
    """Text within a line, without line breaks and without meaning."""
    return _MEANT.sub(r"\\\1", " ".join(printable(text).split()))
