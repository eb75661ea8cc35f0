"""RIS, read line by line: our own files, Zotero's, EndNote's, publishers'.

The tags: the specification of Research Information Systems (2011), and what programs make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from paperreader.bibliography import FIELDS, Bibliography, of_other, ordered
from paperreader.identity import doi
from paperreader.imports import fields, owned_notes
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.imports.usable_key import usable_key
from paperreader.names import joined
from paperreader.paper import Owned, Sighting
from paperreader.plain import one_line, storable

_TAG: Final = re.compile(r"([A-Z][A-Z0-9])\s{0,2}-(?:\s(.*))?")
_START: Final = re.compile(r"^TY\s{0,2}-\s", re.MULTILINE)
_OURS: Final = re.compile(r"(summary|categories|code|id|tags|lists|rating|state): (.*)", re.DOTALL)
_TAGS: Final = (
    "TY ID TI T1 AU A1 A2 ED PY Y1 DA AB N1 N2 KW DO AN UR JO JF J2 JA T2 T3 C1 C2 C3 C4 C5 C6 C7 C8 M1 "
    "VL IS ET SE SP EP CY SN LA PB DP DB"
)
_USED: Final = frozenset(_TAGS.split())
_CUSTOM: Final = ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8")
_LONG: Final = frozenset({"AB", "N2", "N1"})
_ISSN: Final = re.compile(r"\d{4}-?\d{3}[\dXx]")
_PARTS_OF_NAME: Final = 3

Entry = dict[str, list[str]]


def recognise(head: str) -> bool:
    """Whether a reference begins at a line of the file's beginning."""
    return bool(_START.search(head)) and not head.lstrip().startswith(("{", "["))


def read(lines: Lines, gleaned: Gleaned, source: str) -> Iterator[Sighting]:
    """A sighting for each reference. One that names no paper is refused, and so are tags outside of any."""
    for number, entry in _entries(lines, gleaned):
        for tag in entry.keys() - _USED:
            gleaned.ignore(tag)
        yield from gleaned.each(partial(_sighting, entry, gleaned, source, lines, number))


def _entries(lines: Lines, gleaned: Gleaned) -> Iterator[tuple[int, Entry]]:
    """The references, each with the number of its first line. One that lacks its end ends where the next begins."""
    entry: Entry = {}
    last, start, blank, stray = "", 0, 0, False
    for number, text in lines:
        match = _TAG.fullmatch(text.rstrip())
        tag = match[1] if match else ""
        if tag == "TY":
            if entry:
                yield start, entry
            entry, start, stray = {}, number, False
        if tag == "ER":
            if entry:
                yield start, entry
            entry, last = {}, ""
        elif match and (entry or tag == "TY"):
            entry.setdefault(tag, []).append((match[2] or "").strip())
            last = tag
        elif match and not stray:
            stray = True
            gleaned.refuse(lines.refuse(number, f"{tag} stands outside of any reference.", "It begins with TY  - ."))
        elif entry and last and text.strip():
            entry[last][-1] += "\n" * (blank + 1) + _more(text) if last in _LONG else f" {text.strip()}"
        blank = 0 if text.strip() else blank + 1
    if entry:
        yield start, entry


def _more(text: str) -> str:
    """A line of a text that goes on; what it is indented by means something in a note."""
    bare = text.strip()
    return bare if _TAG.fullmatch(bare) else text.rstrip()


def _sighting(entry: Entry, gleaned: Gleaned, source: str, lines: Lines, number: int) -> Sighting:
    def first(*tags: str) -> str:
        return _first(entry, *tags)

    ours = _ours(entry, gleaned)
    digital, title = doi(storable(first("DO"))), one_line(first("TI", "T1"))
    links = entry.get("UR", [])
    arxiv = fields.arxiv_within(first("AN"), first("M1"), first("JO"), first("T2"), first("N1"))
    arxiv = arxiv or _odd_arxiv(first("AN")) or fields.arxiv_of(*links, digital)
    if not (arxiv or digital or ours.get("id") or title):
        raise lines.refuse(number, "the reference has neither title nor DOI.")
    published = fields.day_of(first("DA")) or fields.day_of(first("PY", "Y1"))
    if not published and first("DA", "PY", "Y1"):
        gleaned.misread["PY"] += 1
    journal, venue = _places(entry.get("TY", [""])[0], first("JO", "JF"), first("T2", "J2", "JA"))
    tags = fields.words(ours.get("tags", "").split(";"))
    words = tuple(word for value in entry.get("KW", ()) if (word := one_line(value)))
    return Sighting(
        source=source,
        arxiv_id=storable(arxiv),
        doi=digital,
        id=storable(ours.get("id", "")),
        title=title,
        authors=_people(entry, "AU", "A1") or _people(entry, "A2", "ED"),
        published=published,
        abstract=storable(_unindented(first("AB", "N2"))),
        summary=storable(ours.get("summary", "")),
        keywords=fields.words(owned_notes.apart(words, tags)),
        categories=fields.words(ours.get("categories", "").split(";")),
        code=one_line(ours.get("code", "")),
        url=fields.own_link(first("UR"), arxiv, digital),
        citation_key=usable_key(first("ID")),
        journal=journal,
        venue=venue,
        bibliography=_published_as(entry),
        owned=_owned(entry, ours, tags, gleaned),
    )


def _first(entry: Entry, *tags: str) -> str:
    return next((value for tag in tags for value in entry.get(tag, ()) if value), "")


def _ours(entry: Entry, gleaned: Gleaned) -> dict[str, str]:
    """What our own export wrote where RIS has no field."""
    ours: dict[str, str] = {}
    for tag in _CUSTOM:
        if match := _OURS.fullmatch(_first(entry, tag)):
            ours[match[1]] = match[2]
        elif _first(entry, tag):
            gleaned.ignore(tag)
    return ours


def _owned(entry: Entry, ours: dict[str, str], tags: tuple[str, ...], gleaned: Gleaned) -> Owned | None:
    """What is the person's."""
    return owned_notes.owned(
        owned_notes.joined(entry.get("N1", ())),
        gleaned,
        tags=tags,
        lists=fields.words(ours.get("lists", "").split(";")),
        rating=ours.get("rating", ""),
        state=ours.get("state", ""),
    )


def _published_as(entry: Entry) -> Bibliography:
    """Volume, pages and the like."""
    values = {name: one_line(entry.get(names.ris, [""])[0]) for name, names in FIELDS.items() if names.ris}
    values["editor"] = "; ".join(_people(entry, "A2", "ED"))
    last = one_line(entry.get("EP", [""])[0])
    values["pages"] = f"{values['pages']}–{last}" if values["pages"] and last else fields.pages(values["pages"] or last)
    if _ISSN.fullmatch(values["isbn"]):
        values["issn"], values["isbn"] = values["isbn"], ""
    if values["publisher"].lower() == "arxiv":
        values["publisher"] = ""
    kind = entry.get("TY", [""])[0]
    if kind == "CONF" and values["editor"] and not _people(entry, "AU", "A1"):
        return ordered(
            {**values, "type": "proceedings"}
        )  # of a paper of a conference, as Zotero has it, it is the place
    return of_other(kind, values)


def _people(entry: Entry, *tags: str) -> tuple[str, ...]:
    return tuple(name for tag in tags for value in entry.get(tag, ()) if (name := _person(value)))


def _unindented(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n"))


def _odd_arxiv(accession: str) -> str:
    """An arXiv id that is formed as none is, as we write it."""
    head, _, rest = accession.partition(":")
    return rest.strip() if head == "arXiv" else ""


def _places(kind: str, journal: str, second: str) -> tuple[str, str]:
    """The journal and the venue. The second title is the journal's, for an article that names no other."""
    if kind == "JOUR" and not journal:
        journal, second = second, ""
    return _place(journal), _place(second)


def _place(name: str) -> str:
    return one_line(name) if fields.is_journal(name) else ""


def _person(value: str) -> str:
    """Family, given, suffix; given name first where there is no comma."""
    parts = [part.strip() for part in value.split(",", _PARTS_OF_NAME - 1)]
    family, given, suffix = (*parts, "", "")[:_PARTS_OF_NAME]
    return one_line(joined(given=given, family=family, suffix=suffix))
