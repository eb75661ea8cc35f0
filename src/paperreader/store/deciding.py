"""What a paper becomes when another source speaks of it: a function of values, touching nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from paperreader.identity import normalised_title
from paperreader.paper import IMPORT, STARTER, Sighting
from paperreader.plain import storable

_ARXIV, _HUGGING_FACE = "arxiv", "huggingface"


class Fields(NamedTuple):
    """The columns of `paper` that sources speak of, in the order of the table's statements."""

    title: str
    title_key: str
    published: str
    votes: int | None
    arxiv_id: str
    doi: str
    other_id: str
    authors: str
    keywords: str
    categories: str
    code: str
    url: str
    summary: str
    abstract: str
    comments: int | None
    stars: int | None
    version: int | None
    citations: int | None
    influential_citations: int | None
    project: str
    organisation: str
    submitter: str
    thumbnail: str
    remark: str
    journal: str
    venue: str
    licence: str
    tldr: str
    bibliography: str


_AS_SAID = (
    *("code", "url", "summary", "abstract", "project", "organisation", "submitter", "thumbnail", "remark", "journal"),
    *("venue", "licence", "tldr"),
)
_WORDS = frozenset({"title", "authors", "abstract", "categories", "journal", "url"})
"""What one source only is believed, of those that several tell: two that took turns would be a change at each
refresh. All else has one kind of source."""
_COUNTS = ("votes", "comments", "stars", "version", "citations", "influential_citations")


def fields(sighting: Sighting) -> Fields:
    """The columns as this sighting alone would fill them; lists as JSON."""
    title = storable(sighting.title)
    strongest = sighting.identities
    made = strongest[0].value if strongest and strongest[0].kind == "title" else ""
    said: dict[str, Any] = {name: storable(getattr(sighting, name)) for name in _AS_SAID}
    said |= {name: getattr(sighting, name) for name in _COUNTS}
    return Fields(
        title=title,
        title_key=normalised_title(title),
        published=sighting.published,
        arxiv_id=storable(sighting.arxiv_id),
        doi=storable(sighting.doi),
        other_id=storable(sighting.id) or made,
        authors=_json(sighting.authors),
        keywords=_json(sighting.keywords),
        categories=_json(sighting.categories),
        bibliography=_bibliography(sighting),
        **said,
    )


def closeness(source: str) -> int:
    """How close a source is to the paper itself; the words of a closer one that has spoken of it are kept."""
    if source == IMPORT or source.partition(" ")[0] == _ARXIV:
        return 3
    if source == _HUGGING_FACE:
        return 2
    return 1 if source != STARTER else 0


def is_outranked(sighting: Sighting, version: int | None, spoken: Collection[str]) -> bool:
    """Whether words of the paper are kept as they are against this sighting's; what is empty it may fill in any case.

    `version` is the newest that was told, `spoken` the sources that told of the paper. The order of precedence:

    1. A closer source: the person's import and arXiv, then Hugging Face, then all other feeds, then the starter.
    2. Of equally close ones, who tells of a newer version; an older one, or none where another told one, never counts.
    3. Of one version, the source whose name comes first: an order that no refresh turns round.

    An import that was is no rival: it is the person's word of one moment.
    """
    if sighting.source == IMPORT:
        return False
    close = closeness(sighting.source)
    rivals = [name for name in spoken if name not in (IMPORT, sighting.source) and closeness(name) >= close]
    if any(closeness(name) > close for name in rivals):
        return True
    told = sighting.version or (1 if rivals else version)
    if version and told and told != version and (rivals or sighting.source in spoken):
        return told < version
    return any(name < sighting.source for name in rivals)


def decided(known: Fields, named: bool, sighting: Sighting, *, outranked: bool = False) -> Fields:
    """The paper's columns after this sighting; equal to `known` where it brings nothing new.

    A source that speaks of the paper by name is believed: what it says replaces what was known, what it leaves
    empty stays. The starter notes, texts that know the paper by its title alone, and of `_WORDS` a source that is
    `outranked` (see `is_outranked`), only fill what is empty.
    """
    said = fields(sighting)
    believed = sighting.source != STARTER and (sighting.identities[0].kind != "title" or not named)
    merged = {}
    for column, old in known._asdict().items():
        new = getattr(said, column)
        empty_new = new in (None, "", "[]")
        empty_old = old in (None, "", "[]")
        trusted = believed and not (outranked and column in _WORDS)
        merged[column] = new if not empty_new and (empty_old or trusted) else old
    for column in ("arxiv_id", "doi", "other_id"):  # a paper keeps the name that it is known by
        merged[column] = getattr(known, column) or getattr(said, column)
    if believed:
        merged["published"] = _published(known.published, said.published, sighting.source)
    by_title = sighting.identities[0].kind == "title"
    if by_title and named:  # the id made of the title is for a paper that has no other
        merged["other_id"] = known.other_id
    elif not by_title and not named:
        merged["other_id"] = said.other_id
    if known.version and said.version:
        merged["version"] = max(known.version, said.version)
    merged["title_key"] = normalised_title(str(merged["title"]))
    return Fields(**merged)


def _published(known: str, said: str, source: str) -> str:
    """The date to keep. "2024-02-01" knows more than "2024-02"; of two days that feeds tell, the earlier one is right:

    announcements carry the day of the announcement, APIs that of the first version, and taking turns would be a change
    at each refresh. What the person imports is believed.
    """
    if not said or known.startswith(said):
        return known
    days = len(known) == len(said) == len("2024-02-01")
    return min(known, said) if days and source != IMPORT else said


def _bibliography(sighting: Sighting) -> str:
    known = {name: storable(value) for name, value in sighting.bibliography}
    return json.dumps(known, ensure_ascii=False) if known else ""


def _json(words: tuple[str, ...]) -> str:
    return json.dumps([storable(word) for word in words], ensure_ascii=False)
