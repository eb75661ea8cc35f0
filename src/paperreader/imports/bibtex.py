"""BibTeX and BibLaTeX: our own files, Zotero's, JabRef's, Google Scholar's, arXiv's.

pybtex takes the entries apart, strings and macros included; what is in them is LaTeX and becomes text here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from paperreader.bibliography import (
    BIBLATEX_KINDS,
    ET_AL,
    FIELDS,
    KINDS,
    OTHER_NAMES,
    PUBLISHERS,
    Bibliography,
    ordered,
)
from paperreader.errors import UnreadableInput
from paperreader.identity import arxiv_id, doi
from paperreader.imports import fields, owned_notes
from paperreader.imports.bibtex_values import person, split
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.imports.usable_key import usable_key
from paperreader.latex.reading import read as plain
from paperreader.paper import Owned, Sighting
from paperreader.plain import one_line, storable

_START: Final = re.compile(r"^[^\S\n]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_NO_PAPER: Final = frozenset({"string", "preamble", "comment", "xdata", "set"})
_CROSSREF: Final = re.compile(r"\bcrossref\s*=\s*[{\"]?\s*([^\s,}\"]+)", re.IGNORECASE)
_NOT_INHERITED: Final = frozenset(
    (
        *("subtitle", "author", "doi", "url", "eprint", "archiveprefix", "eprinttype", "abstract", "keywords", "note"),
        *("annote", "annotation", "tags", "key", "crossref", "paperid", "pages"),
    )
)
_NOTES: Final = ("annote", "annotation", "review", "comment", "note")
"""Where programs put what the person wrote: BibTeX's, BibLaTeX's, JabRef's, and Zotero's "Extra"."""
_USED: Final = frozenset(
    (
        *("title", "subtitle", "author", "editor", "year", "month", "day", "date", "abstract", "summary", "keywords"),
        *("keyword", "categories", "eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass", "doi"),
        *("url", "journal", "journaltitle", "booktitle", "code", "paperid", "key", "number", "note", "howpublished"),
        *("crossref", "location", "issue", *FIELDS),
        *("tags", "mendeley-tags", "lists", "rating", "state", *_NOTES),
    )
)


_USERS: Final = ("usera", "userb", "userc", "userd", "usere", "userf", "verba", "verbb")
_OURS: Final = re.compile("(summary|categories|code|paperid|tags|lists|rating|state): (.*)")


def recognise(head: str) -> bool:
    """Whether an entry begins at a line of the file's beginning, and no JSON or RIS before it."""
    return bool(_START.search(head)) and not head.lstrip().startswith(("{", "[", "TY  -"))


def read(lines: Lines, gleaned: Gleaned, source: str) -> Iterator[Sighting]:
    """A sighting for each entry; one that is broken, or names no paper, is refused."""
    text = "\n".join(line for _, line in lines)
    parents = _parents(text, lines)
    for number, kind, key, pairs in _entries(text, lines, gleaned):
        entry = _Entry(kind, key, pairs, gleaned, parents)
        yield from gleaned.each(partial(entry.sighting, source, lines, number))


def _parents(text: str, lines: Lines) -> dict[str, Pairs]:
    """The fields of those entries that others refer to, by key."""
    wanted = {key.lower() for key in _CROSSREF.findall(text)}
    found = _entries(text, lines, Gleaned()) if wanted else iter(())
    return {key.lower(): pairs for _, _, key, pairs in found if key.lower() in wanted}


Pairs = list[tuple[str, list[str]]]


def _entries(text: str, lines: Lines, gleaned: Gleaned) -> Iterator[tuple[int, str, str, Pairs]]:
    """Line, kind, key and fields of each entry. Behind a broken one reading goes on where a line begins the next."""
    from pybtex.database.input.bibtex import LowLevelParser
    from pybtex.scanner import PybtexSyntaxError

    parser = LowLevelParser(text, macros=_Macros())
    at, line, broken = 0, 1, 0
    while broken <= _MOST_BROKEN:
        try:
            for kind, (key, *rest) in parser:
                if kind.lower() not in _NO_PAPER:
                    at, line = parser.command_start, line + text.count("\n", at, parser.command_start)
                    yield line, kind.lower(), key, rest[0]
            return
        except PybtexSyntaxError as error:
            at, line = parser.command_start, line + text.count("\n", at, parser.command_start)
            reason = one_line(str(error.args[0]))
            broken += 1
        gleaned.refuse(lines.refuse(line, f"no BibTeX entry: {reason}.", _HINT))
        following = _START.search(text, at + 1)
        if following is None:
            return
        parser.pos, parser.lineno = following.start(), line + text.count("\n", at, following.start())
    raise lines.refuse(line, f"more than {_MOST_BROKEN:,} entries are broken.", "Is it BibTeX?")


_MOST_BROKEN: Final = 1000
"""Entries. One without its last brace is looked for to the end of the file: of many that would take hours."""


_HINT: Final = "An entry is @type{key, field = {value}, ...}; every brace needs its other one."


class _Macros(dict[str, str]):
    """The strings that a file defines; a month, or one that nobody defined, is its own name."""

    def __setitem__(self, name: str, value: str) -> None:
        super().__setitem__(name.lower(), value)

    def __getitem__(self, name: str) -> str:
        return self.get(name.lower(), name)


class _Entry:
    """One entry, its fields by their names in small letters; of two of one name the first counts, as with BibTeX."""

    def __init__(self, kind: str, key: str, pairs: Pairs, gleaned: Gleaned, parents: dict[str, Pairs]) -> None:
        self._kind = kind
        self._key = key
        self._gleaned = gleaned
        self._raw: dict[str, str] = {}
        for spelt, values in pairs:
            name, value = spelt.lower(), "".join(values)
            lines = value.split("\n") if name in _NOTES else [value]
            self._raw.setdefault(name, "\n".join(" ".join(line.split()) for line in lines).strip())
        inherited = parents.get(self._raw.get("crossref", "").lower(), [])
        for spelt, values in sorted(inherited, key=lambda pair: pair[0].lower() == "title"):  # for want of a booktitle
            name = "booktitle" if spelt.lower() == "title" else spelt.lower()
            if name not in _NOT_INHERITED:
                self._raw.setdefault(name, " ".join("".join(values).split()))
        for user in _USERS:
            if match := _OURS.fullmatch(self._raw.get(user, "")):
                self._raw.setdefault(match[1], match[2])
                del self._raw[user]
        for name in self._raw.keys() - _USED:
            gleaned.ignore(name)

    def sighting(self, source: str, lines: Lines, number: int) -> Sighting:
        """The paper; raises UnreadableInput where nothing names it."""
        title = self._title()
        arxiv, digital = self._arxiv(), doi(self._verbatim("doi"))
        own = storable(self._plain("paperid"))
        if not (arxiv or digital or own or title):
            raise self._nameless(lines, number)
        return Sighting(
            source=source,
            arxiv_id=arxiv,
            doi=digital,
            id=own,
            title=title,
            authors=self._people(),
            published=self._published(),
            abstract=self._prose("abstract"),
            summary=self._prose("summary"),
            keywords=self._keywords(),
            categories=self._categories(arxiv),
            code=self._verbatim("code"),
            url=fields.own_link(self._verbatim("url"), arxiv, digital),
            journal=self._journal(),
            venue=one_line(self._plain("booktitle")),
            citation_key=usable_key(self._key),
            bibliography=self._bibliography(arxiv),
            owned=self._owned(title),
        )

    def _bibliography(self, arxiv: str) -> Bibliography:
        """Kind, volume, pages and the like."""
        values = {name: one_line(self._plain(name)) for name in FIELDS}
        values["address"] = values["address"] or one_line(self._plain("location"))
        values["number"] = values["number"] or one_line(self._plain("issue"))
        values["pages"] = fields.pages(values["pages"])
        values["editor"] = "; ".join(self._names("editor"))
        said, kind = values.pop("type"), OTHER_NAMES.get(self._kind, self._kind)
        if kind == "phdthesis" and "ma" in said.lower():
            kind = "mastersthesis"
        elif said and said not in BIBLATEX_KINDS:
            self._gleaned.ignore("type")
        if kind in KINDS:
            values["type"] = kind
        if PUBLISHERS.get(kind) == "school" and values["institution"]:
            values["school"], values["institution"] = values["school"] or values["institution"], ""
        for name in ("number", "publisher", "howpublished"):
            if arxiv and "arxiv" in values[name].lower():
                values[name] = ""
        return ordered(values)

    def _keywords(self) -> tuple[str, ...]:
        """The paper's own: the person's tags, where they are told, stand among them."""
        listed = (*self._list("keywords"), *self._list("keyword"))
        return fields.words(owned_notes.apart(tuple(filter(None, map(one_line, listed))), self._tags()))

    def _tags(self) -> tuple[str, ...]:
        return fields.words((*self._list("tags"), *self._list("mendeley-tags")))

    def _owned(self, title: str) -> Owned | None:
        """What the person keeps of it. The note of an entry that says nothing else is what we name it by."""
        named = title or self._raw.get("author") or self._raw.get("year")
        notes = [self._plain(name) for name in _NOTES if named or name != "note"]
        return owned_notes.owned(
            owned_notes.joined(notes, is_html=False),
            self._gleaned,
            tags=self._tags(),
            lists=fields.words(self._list("lists")),
            rating=self._plain("rating"),
            state=self._plain("state"),
        )

    def _plain(self, *names: str) -> str:
        raw = next((self._raw[name] for name in names if self._raw.get(name)), "")
        return plain(raw) if raw else ""

    def _verbatim(self, name: str) -> str:
        r"""A link or an id: only the escapes that some programs put in there are taken off."""
        return storable(re.sub(r"\\([&%#_~$])", r"\1", self._raw.get(name, "")).strip("{} "))

    def _prose(self, name: str) -> str:
        return storable(self._plain(name)).strip()

    def _title(self) -> str:
        title, more = one_line(self._plain("title")), one_line(self._plain("subtitle"))
        return f"{title}: {more}" if title and more else title or more

    def _journal(self) -> str:
        journal = one_line(self._plain("journal", "journaltitle"))
        return journal if fields.is_journal(journal) else ""

    def _people(self) -> tuple[str, ...]:
        return self._names("author") or self._names("editor")

    def _names(self, role: str) -> tuple[str, ...]:
        from pybtex.bibtex.utils import split_name_list

        raw = self._raw.get(role, "")
        names = (person(name) for name in split_name_list(raw)) if raw else ()
        return tuple(ET_AL if name == "others" else name for name in names if name)

    def _published(self) -> str:
        known = fields.day_of(self._plain("date")) or fields.day(
            self._plain("year"), self._plain("month"), self._plain("day")
        )
        if not known and (self._raw.get("date") or self._raw.get("year")):
            self._gleaned.misread["year"] += 1
        return known

    def _arxiv(self) -> str:
        eprint, prefix = self._verbatim("eprint"), self._raw.get("archiveprefix", self._raw.get("eprinttype", ""))
        if eprint and prefix.lower() == "arxiv":
            return arxiv_id(eprint)
        return (
            (fields.arxiv_of(eprint) if not prefix else "")
            or fields.arxiv_of(self._verbatim("url"), self._verbatim("doi"))
            or fields.arxiv_within(*(self._raw.get(name, "") for name in ("journal", "number", "note", "howpublished")))
        )

    def _categories(self, arxiv: str) -> tuple[str, ...]:
        listed = fields.words(self._list("categories"))
        primary = one_line(self._plain("primaryclass", "eprintclass"))
        return listed or ((primary,) if primary and arxiv else ())

    def _list(self, name: str) -> list[str]:
        """Words between commas, or semicolons where there is no comma; within braces either is a character."""
        raw = self._raw.get(name, "")
        if not raw:
            return []
        parts = split(raw, ",")
        return [plain(part) for part in (parts if len(parts) > 1 else split(raw, ";"))]

    def _nameless(self, lines: Lines, number: int) -> UnreadableInput:
        return lines.refuse(number, f"the entry {self._key!r} has neither title nor eprint nor doi.")
