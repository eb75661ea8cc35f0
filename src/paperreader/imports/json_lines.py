"""JSON Lines (https://jsonlines.org): one paper an object, one object a line.

An identity is asked for (`arxiv_id`, else `doi`, else `id`); everything else may be missing. A field that says
something we cannot understand is left empty and counted: one odd date must not keep 95,000 papers out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from paperreader.bibliography import FIELDS, Bibliography, ordered
from paperreader.errors import UnreadableInput
from paperreader.identity import arxiv_id, doi
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.imports.owned_notes import RATINGS, STATES
from paperreader.names import given_first
from paperreader.paper import Owned, Sighting, web_address
from paperreader.plain import one_line, storable

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ].*)?)?)?", re.DOTALL)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
Value = TypeVar("Value")
_HINT = "JSON Lines has one whole object on each line."


def recognise(head: str) -> bool:
    """Whether a line of the file's beginning opens an object (a bad line before it is then told as such)."""
    lines = head.split("\n")
    first = next((line for line in lines if line.strip()), "")
    return first.lstrip().startswith("{") or any(line.startswith('{"') for line in lines)


def read(lines: Lines, gleaned: Gleaned, source: str) -> Iterator[Sighting]:
    """A sighting for each line that is not blank; one that names no paper is refused."""
    for number, text in lines:
        if text and not text.isspace():
            yield from gleaned.each(partial(_of_line, text, gleaned, source, lines, number))


def _of_line(text: str, gleaned: Gleaned, source: str, lines: Lines, number: int) -> Sighting:
    return sighting(_object(lines, number, text), gleaned, source, lines, number)


def sighting(values: dict[str, Any], gleaned: Gleaned, source: str, lines: Lines, number: int) -> Sighting:
    """The paper of one object, found at this line. Raises UnreadableInput where nothing names it."""
    return _sighting(_Entry(values, gleaned), source, lines, number)


class Digits(str):
    """A whole number as it was written: as an id it keeps its digits, however many they are."""

    __slots__ = ()


def _object(lines: Lines, number: int, text: str) -> dict[str, Any]:
    """The object on a line. NaN and Infinity, which pandas writes where it knows nothing, are read as null."""
    try:
        value = json.loads(text, parse_int=Digits, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        raise lines.refuse(number, f"no JSON object: {error.msg} at column {error.colno}.", _HINT) from error
    except RecursionError:
        # Without its cause: a traceback of a thousand levels helps nobody.
        raise lines.refuse(number, "no JSON object that can be read: nested too deeply.") from None
    if not isinstance(value, dict):
        raise lines.refuse(number, "no JSON object.", _HINT)
    return value


def _nothing(_: str) -> None:
    return None


class _Entry:
    """One object, read field by field; what is no value for its field is counted and left empty."""

    def __init__(self, values: dict[str, Any], gleaned: Gleaned) -> None:
        self._values = values
        self._gleaned = gleaned
        for name in values.keys() - _KNOWN:
            gleaned.ignore(name)

    def text(self, name: str, clean: Callable[[str], str]) -> str:
        value = self._values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._gleaned.misread[name] += 1
            return ""
        return clean(str(value))

    def link(self, name: str) -> str:
        """A web address; "github.com/a/b" is one without its beginning. What else a browser would obey is left out."""
        value = self.text(name, one_line)
        known = web_address(value) or web_address(f"https://{value}" if _HOST.match(value) else "")
        if value and not known:
            self._gleaned.misread[name] += 1
        return known

    def words(self, name: str) -> tuple[str, ...]:
        value = self._values.get(name)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if not isinstance(value, list) or not all(item is None or isinstance(item, str) for item in items):
            self._gleaned.misread[name] += 1
        if not isinstance(value, list):
            return ()
        cleaned = (one_line(str(item)) for item in items if isinstance(item, str))
        return tuple(item for item in cleaned if item)

    def date(self, name: str) -> str:
        value = self.text(name, str.strip)
        known = _day(value)
        if value and not known:
            self._gleaned.misread[name] += 1
        return known

    def one_of(self, name: str, values: Mapping[object, Value]) -> Value | None:
        """What its value stands for."""
        value = self._values.get(name)
        known = values.get(value) if isinstance(value, str) else None
        if known is None and value not in (None, "", "unread"):
            self._gleaned.misread[name] += 1
        return known

    def is_true(self, name: str) -> bool:
        """Whether it is said so."""
        value = self._values.get(name)
        if not isinstance(value, bool | None):
            self._gleaned.misread[name] += 1
        return value is True

    def bibliography(self) -> Bibliography:
        """Volume, pages and the like, under the names of BibTeX."""
        value = self._values.get("bibliography") or {}
        texts = (
            {name: one_line(text) for name, text in value.items() if isinstance(text, str)}
            if isinstance(value, dict)
            else {}
        )
        if not isinstance(value, dict) or texts.keys() - FIELDS or len(texts) < len(value):
            self._gleaned.misread["bibliography"] += 1
        return ordered(texts)

    def says(self, name: str) -> bool:
        """Whether there is anything under this name, understood or not."""
        return self._values.get(name) not in (None, "")


def _day(text: str) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD of a date or a moment; empty for any other text and for 30 February."""
    match = _DATE.fullmatch(text)
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part for part in (year, month, day) if part)


def _sighting(entry: _Entry, source: str, lines: Lines, number: int) -> Sighting:
    made = Sighting(
        source=source,
        arxiv_id=entry.text("arxiv_id", lambda text: storable(arxiv_id(text))),
        doi=entry.text("doi", lambda text: storable(doi(text))),
        id=entry.text("id", storable),
        title=entry.text("title", one_line),
        authors=tuple(map(given_first, entry.words("authors"))),
        published=entry.date("published"),
        abstract=entry.text("abstract", _prose),
        summary=entry.text("summary", _prose),
        keywords=_once(entry.words("keywords")),
        categories=_once(entry.words("categories")),
        code=entry.link("code"),
        url=entry.link("url"),
        project=entry.link("project"),
        organisation=entry.text("organisation", one_line),
        journal=entry.text("journal", one_line),
        venue=entry.text("venue", one_line),
        remark=entry.text("remark", one_line),
        licence=entry.link("licence"),
        tldr=entry.text("tldr", _prose),
        bibliography=entry.bibliography(),
        owned=_owned(entry),
    )
    if not (made.arxiv_id or made.doi or made.id):
        raise _nameless(entry, lines, number)
    return made


def _owned(entry: _Entry) -> Owned | None:
    """What the person kept of it, as `export` tells it."""
    owned = Owned(
        lists=_once(entry.words("lists")),
        tags=_once(entry.words("tags")),
        rating=entry.one_of("rating", RATINGS),
        state=entry.one_of("state", STATES),
        note=entry.text("note", storable),
        bookmarked=entry.is_true("bookmarked"),
    )
    return owned if any(owned) else None


def _nameless(entry: _Entry, lines: Lines, number: int) -> UnreadableInput:
    odd = [name for name in _IDENTITIES if entry.says(name)]
    hint = f"{odd[0]} must be a string that is not blank." if odd else ""
    return lines.refuse(number, "the paper has no identity: neither arxiv_id nor doi nor id.", hint)


def _prose(text: str) -> str:
    """Storable, its paragraphs kept."""
    return storable(text).strip()


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


_IDENTITIES: Final = ("arxiv_id", "doi", "id")
_KNOWN: Final = frozenset(
    (
        *(
            *_IDENTITIES,
            "title",
            "authors",
            "published",
            "abstract",
            "summary",
            "keywords",
            "categories",
            "code",
            "url",
        ),
        *("project", "organisation", "journal", "venue", "remark", "licence", "tldr", "bibliography"),
        *("lists", "tags", "rating", "state", "note", "bookmarked"),
    )
)
