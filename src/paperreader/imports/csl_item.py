"""An item of CSL-JSON: csl-data.json, version 1.0.2, of https://github.com/citation-style-language/schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from paperreader.bibliography import FIELDS, Bibliography, of_other, ordered
from paperreader.identity import doi
from paperreader.imports import fields, owned_notes
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.imports.usable_key import usable_key
from paperreader.names import joined
from paperreader.paper import Owned, Sighting
from paperreader.plain import one_line, storable

_OURS: Final = "paperreader"
_USED: Final = frozenset(
    (
        *("id", "type", "title", "author", "issued", "container-title", "publisher", "number", "archive"),
        *("archive_location", "abstract", "keyword", "DOI", "URL", "custom", "note", "citation-key", "source"),
        *("language", "editor", *(names.csl for names in FIELDS.values() if names.csl)),
    )
)
_FAMILY: Final = ("dropping-particle", "non-dropping-particle", "family")
_EXTRA: Final = re.compile(r"(?:tex\.[\w.]+|citation key|arxiv): *\S+(?: *\[[\w., -]+\])?", re.IGNORECASE)
"""Lines of Zotero's "Extra" that only say what is kept as an id or a citation key."""
_MARKUP: Final = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?: [^<>]*)?>")


def is_csl(item: Mapping[str, Any]) -> bool:
    """Whether it is an item of CSL-JSON, and no paper as `export --format json` has it."""
    return "type" in item and not item.keys() & {"arxiv_id", "authors", "published"}


def sighting(item: dict[str, Any], gleaned: Gleaned, source: str, lines: Lines, number: int) -> Sighting:
    """The paper. Raises UnreadableInput where nothing names it."""
    for name in item.keys() - _USED:
        gleaned.ignore(name)
    custom = item.get("custom")
    ours = custom.get(_OURS) if isinstance(custom, dict) else None
    ours = ours if isinstance(ours, dict) else {}
    title = one_line(_text(ours, "title") or _MARKUP.sub("", _text(item, "title")))
    digital = doi(storable(_text(item, "DOI")))
    arxiv = _arxiv(item, digital)
    own = storable(_text(ours, "id"))
    if not (title or digital or arxiv or own):
        raise lines.refuse(number, "the item has neither title nor DOI.")
    journal, venue = _places(item, one_line(_text(ours, "venue")))
    return Sighting(
        source=source,
        arxiv_id=arxiv,
        doi=digital,
        id=own,
        title=title,
        authors=tuple(_people(item.get("author"))) or tuple(_people(item.get("editor"))),
        published=_published(item.get("issued"), gleaned),
        abstract=storable(_text(item, "abstract")).strip(),
        summary=storable(_text(ours, "summary")).strip(),
        keywords=_keywords(item, ours),
        categories=fields.words(_words(ours, "categories")),
        code=one_line(_text(ours, "code")),
        url=fields.own_link(_text(item, "URL"), arxiv, digital),
        citation_key=usable_key(_text(item, "citation-key") or _extra_key(item) or _text(item, "id")),
        journal=journal,
        venue=venue,
        bibliography=_published_as(item, ours, arxiv),
        owned=_owned(item, ours, gleaned),
    )


def _owned(item: dict[str, Any], ours: dict[str, Any], gleaned: Gleaned) -> Owned | None:
    """What is the person's."""
    return owned_notes.owned(
        storable(_text(ours, "note")) or _note(item),
        gleaned,
        tags=fields.words(_words(ours, "tags")),
        lists=fields.words(_words(ours, "lists")),
        rating=str(ours.get("rating") or ""),
        state=_text(ours, "state"),
    )


def _extra_key(item: dict[str, Any]) -> str:
    """The key that Better BibTeX writes into Zotero's "Extra"."""
    match = re.search(r"^(?:citation key|tex\.key): *(\S+)$", _text(item, "note"), re.IGNORECASE | re.MULTILINE)
    return match[1] if match else ""


def _keywords(item: dict[str, Any], ours: Mapping[str, Any]) -> tuple[str, ...]:
    """The paper's own; ours stand apart from the person's tags."""
    if ours.get("keywords") or ours.get("tags"):
        return fields.words(_words(ours, "keywords"))
    return fields.words(re.split("[,;]", _text(item, "keyword")))


def _note(item: dict[str, Any]) -> str:
    """The note, and nothing of what Zotero puts there for want of a field: ids and keys, which are read as such."""
    lines = _text(item, "note").strip("\n").split("\n")
    return owned_notes.text("\n".join(line for line in lines if not _EXTRA.fullmatch(line.strip())).strip("\n"))


def _published_as(item: dict[str, Any], ours: Mapping[str, Any], arxiv: str) -> Bibliography:
    """Volume, pages and the like: exactly, where the item is ours."""
    exact = ours.get("bibliography")
    if isinstance(exact, dict):
        return ordered({name: one_line(_text(exact, name)) for name in FIELDS})
    values = {name: one_line(_text(item, names.csl)) for name, names in FIELDS.items() if names.csl}
    values["editor"] = "; ".join(_people(item.get("editor")))
    values["pages"] = fields.pages(values["pages"])
    values["number"] = values["number"] or ("" if arxiv else one_line(_text(item, "number")))
    if values["publisher"].lower() == "arxiv":
        values["publisher"] = ""
    return of_other(_text(item, "type"), values)


def _places(item: dict[str, Any], venue: str) -> tuple[str, str]:
    """The journal and the venue."""
    container = one_line(_text(item, "container-title"))
    if not fields.is_journal(container):
        container = ""
    if item.get("type") in ("paper-conference", "chapter"):
        return "", venue or container
    return "" if container == venue else container, venue


def _arxiv(item: dict[str, Any], digital: str) -> str:
    number, place = _text(item, "number"), _text(item, "archive_location")
    if _text(item, "archive").lower() == "arxiv" and place:
        return fields.arxiv_of(place) or storable(place.strip())
    return fields.arxiv_within(number, _text(item, "note")) or fields.arxiv_of(_text(item, "URL"), digital)


def _people(value: Any) -> Iterator[str]:
    for person in value if isinstance(value, list) else ():
        if isinstance(person, dict):
            family = " ".join(part for part in (_text(person, name) for name in _FAMILY) if part)
            name = joined(
                given=_text(person, "given"),
                family=family,
                suffix=_text(person, "suffix"),
                whole=_text(person, "literal"),
            )
            if clean := one_line(name):
                yield clean


def _published(value: Any, gleaned: Gleaned) -> str:
    if not isinstance(value, dict):
        return ""
    known = ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        known = fields.day(*(str(part) for part in parts[0][:3]))
    known = known or fields.day_of(_text(value, "raw") or _text(value, "literal"))
    if not known:
        gleaned.misread["issued"] += 1
    return known


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _words(values: Mapping[str, Any], name: str) -> list[str]:
    value = values.get(name)
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
