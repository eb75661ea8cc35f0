"""An entry of a .bib file: what BibTeX and BibLaTeX have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from paperreader.bibliography import ET_AL
from paperreader.exports.citation_key import citation_key
from paperreader.latex.writing import as_read, normal, pieces, written
from paperreader.names import parts
from paperreader.paper import Paper
from paperreader.plain import printable
from paperreader.views import State

_WIDTH: Final = len("archivePrefix")
_CLASS: Final = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")
_UNSAFE: Final = re.compile(r"[\\{}\s]")
_TITLE_ID: Final = re.compile(r"title-[0-9a-f]{16}")

Fields = Sequence[tuple[str, str]]
"""Names and values in LaTeX, in order; those without a value are left out."""


def entry(kind: str, paper: Paper, fields: Fields) -> str:
    """The entry as text, a blank line behind it."""
    lines = [f"  {name:<{_WIDTH}} = {_valued(name, value)}" for name, value in fields if value]
    return "\n".join([f"@{kind}{{{paper.citation_key or citation_key(paper)},", ",\n".join(lines), "}", "", ""])


def people(authors: Sequence[str], *, ascii_only: bool) -> str:
    """The authors, family name first; a name that stays whole stands in braces."""
    return " and ".join(_person(name, ascii_only) for name in authors)


def _person(name: str, ascii_only: bool) -> str:
    if name == ET_AL:
        return "others"
    known = parts(normal(name))
    if known.whole:
        return f"{{{written(known.whole, ascii_only=ascii_only)}}}"
    ordered = [part for part in (known.family, known.suffix, known.given) if part]
    return ", ".join(written(part, ascii_only=ascii_only) for part in ordered)


def prose(text: str, *, ascii_only: bool) -> str:
    """Text of a paper: formulas stay formulas, and begin no group."""
    clear = as_read(text)
    return "".join(piece if is_math else written(piece, ascii_only=ascii_only) for piece, is_math in pieces(clear))


def plain(text: str, *, ascii_only: bool) -> str:
    """Text that has nothing to do with TeX: an id, a venue, a word."""
    return written(normal(text), ascii_only=ascii_only)


def note(text: str, *, ascii_only: bool) -> str:
    """The person's note: its line breaks are commands, what it is indented by ties."""
    lines = (
        "~" * (len(line) - len(line.lstrip(" "))) + written(normal(line), ascii_only=ascii_only)
        for line in text.strip("\n").split("\n")
    )
    return re.sub(
        r"(?:\n~*){2,}", lambda blank: f"\\par {'~' * (len(blank[0]) - blank[0].rfind(chr(10)) - 1)}", "\n".join(lines)
    ).replace("\n", "\\newline ")


def listed(words: Sequence[str], *, ascii_only: bool) -> str:
    """Words with commas between; one that has a comma itself stands in braces."""
    return ", ".join(
        f"{{{plain(word, ascii_only=ascii_only)}}}" if "," in word else plain(word, ascii_only=ascii_only)
        for word in words
    )


def verbatim(text: str) -> str:
    """An id or a link as it is: what would unbalance the entry is percent-encoded."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), printable(text.strip()))


def primary_class(paper: Paper) -> str:
    """The first category, where it is one of arXiv's."""
    first = paper.categories[0] if paper.categories else ""
    return first if _CLASS.fullmatch(first) else ""


def common(paper: Paper, *, ascii_only: bool) -> Fields:
    """What both have under the same name."""
    return (
        ("keywords", listed((*paper.keywords, *paper.tags), ascii_only=ascii_only)),
        ("abstract", prose(paper.abstract, ascii_only=ascii_only)),
    )


def published(paper: Paper, *, ascii_only: bool) -> dict[str, str]:
    """What else is known of the publication, by BibTeX's names, in LaTeX."""
    values = {name: plain(value, ascii_only=ascii_only) for name, value in paper.bibliography}
    values.pop("type", None)
    if editors := dict(paper.bibliography).get("editor"):
        values["editor"] = people(editors.split("; "), ascii_only=ascii_only)
    return values


def authors(paper: Paper) -> tuple[str, ...]:
    """Its authors; none where those who are named for them are its editors."""
    return () if dict(paper.bibliography).get("editor") == "; ".join(paper.authors) else paper.authors


def ours(paper: Paper, *, ascii_only: bool) -> Fields:
    """What neither has a field for, under our own names, the person's marks among it; `import` reads it."""
    rest = paper.categories if paper.categories != (primary_class(paper),) or not paper.arxiv_id else ()
    return (
        ("summary", prose(paper.summary, ascii_only=ascii_only)),
        ("categories", listed(rest, ascii_only=ascii_only)),
        ("code", verbatim(paper.code)),
        ("paperid", plain(other_id(paper), ascii_only=ascii_only)),
        ("tags", listed(paper.tags, ascii_only=ascii_only)),
        ("lists", listed(paper.lists, ascii_only=ascii_only)),
        ("rating", str(paper.rating or "")),
        ("state", "" if paper.state is State.UNREAD else paper.state.value),
    )


def other_id(paper: Paper) -> str:
    """The id in another collection; the one that is made of the title is made again."""
    return "" if _TITLE_ID.fullmatch(paper.other_id) else paper.other_id


def link(paper: Paper) -> str:
    """Where the paper is: the link that came with it, else arXiv's or the DOI's."""
    return verbatim(paper.url or paper.link)


def _valued(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"
