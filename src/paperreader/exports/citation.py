"""One paper as a citation, for a document that one writes now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from paperreader.exports import biblatex, bibtex
from paperreader.exports.citation_key import citation_key
from paperreader.names import parts
from paperreader.paper import Paper
from paperreader.plain import printable


@dataclass(frozen=True, slots=True)
class Style:
    """A way of citing."""

    label: str
    """What it is, in a few words."""
    write: Callable[[Paper], str]
    """The citation, without a line end behind it."""


def formatted(paper: Paper) -> str:
    """As a list of references has it, after the APA's manual (7th edition, section 9): "Doersch, C. (2024). Title."."""
    year = f"({paper.published[:4] or 'n.d.'})."
    title = " ".join(printable(paper.shown_title).split())
    names = _names(paper.authors)
    head = [names, year, _sentence(title)] if names else [_sentence(title), year]
    return " ".join(part for part in (*head, _place(paper), paper.link) if part)


def key(paper: Paper) -> str:
    """What `\\cite` takes."""
    return paper.citation_key or citation_key(paper)


def markdown_link(paper: Paper) -> str:
    """The title as a link."""
    from paperreader.exports.markdown import linked_title

    return linked_title(paper)


STYLES: Final = {
    "bibtex": Style("BibTeX entry", lambda paper: bibtex.entry(paper).strip()),
    "biblatex": Style("BibLaTeX entry", lambda paper: biblatex.entry(paper).strip()),
    "text": Style("formatted reference", formatted),
    "markdown": Style("title as a Markdown link", markdown_link),
    "key": Style("citation key", key),
}
"""By name, the first one the usual one."""

_MANY: Final = 20
"""Authors. Of more, APA names the first 19 and the last."""


def _names(authors: tuple[str, ...]) -> str:
    shown = [_person(name) for name in authors]
    if len(shown) > _MANY:
        return f"{', '.join(shown[: _MANY - 1])}, ... {shown[-1]}"
    if len(shown) > 1:
        return f"{', '.join(shown[:-1])}, & {shown[-1]}"
    return "".join(shown)


def _person(name: str) -> str:
    """Family and initials: "van der Maaten, L. J. P."; hyphens stay, "J.-B."."""
    known = parts(printable(name))
    if known.whole:
        return known.whole
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in known.given.split())
    return ", ".join(part for part in (known.family, initials, known.suffix) if part)


def _place(paper: Paper) -> str:
    where = paper.journal or paper.venue
    return _sentence(" ".join(printable(where).split())) if where else "arXiv." if paper.arxiv_id else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
