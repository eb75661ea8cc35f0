"""The digest as text: 72 columns, as mutt and a terminal like it; only a link alone on its line may be longer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from paperreader.digest import wording
from paperreader.digest.content import Digest, Item, Section
from paperreader.digest.links import links
from paperreader.wrapping import width, wrapped

COLUMNS: Final = 72
_INDENT: Final = 4
"""Columns before a paper's lines: room for its number."""
FOOT: Final = "paperreader: trending research papers, read in the terminal"


def write(digest: Digest) -> str:
    """The whole text, with a line break at its end."""
    return "\n".join(_lines(digest)) + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield from wrapped(wording.heading(digest), COLUMNS)
    yield from wrapped(wording.summary(digest), COLUMNS)
    for remark in wording.notes(digest):
        yield ""
        yield from _hanging("! ", remark)
    number = 0
    for section in digest.sections:
        yield from _head(section)
        for item in section.items:
            number += 1
            yield ""
            yield from _paper(number, item)
        if section.left:
            yield ""
            yield f"{'':{_INDENT}}and {section.left:,} more in the app"
    yield ""
    yield "-- "  # where mail programs see the end of the text (RFC 3676, section 4.3)
    yield FOOT


def _head(section: Section) -> Iterator[str]:
    lines = list(wrapped(wording.plain(section.title), COLUMNS))
    yield from ("", "", *lines, "-" * max(map(width, lines), default=0))


def _paper(number: int, item: Item) -> Iterator[str]:
    yield from _hanging(f"{number:>2}. ", wording.title(item.paper))
    for text in (wording.byline(item.paper), wording.excerpt(item.paper), wording.standing(item)):
        yield from _hanging("", text)
    for label, link in links(item.paper):
        line = f"{'':{_INDENT}}{label}: {link}"
        yield from [line] if width(line) <= COLUMNS else [f"{'':{_INDENT}}{label}:", link]


def _hanging(mark: str, text: str) -> Iterator[str]:
    """The text with its lines below one another, behind a mark on the first: "100. " is wider than "99. "."""
    indent = max(_INDENT, len(mark))
    for place, line in enumerate(wrapped(text, COLUMNS - indent)):
        yield f"{mark if place == 0 else '':<{indent}}{line}"
