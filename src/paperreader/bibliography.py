"""What bibliographies say of a publication beyond what papers have: its kind, volume, pages, publisher. Values only.

The names are BibTeX's (BibTeXing, Oren Patashnik, 1988); how RIS and CSL call the same stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

Bibliography = tuple[tuple[str, str], ...]
"""Names of `FIELDS` and values, in that order, those without a value left out."""


class Field(NamedTuple):
    """What it is called elsewhere; empty where there is nothing for it."""

    ris: str = ""
    csl: str = ""


FIELDS: Final = {
    "type": Field(),
    "editor": Field("A2"),
    "volume": Field("VL", "volume"),
    "number": Field("IS", "issue"),
    "series": Field("T3", "collection-title"),
    "edition": Field("ET", "edition"),
    "chapter": Field("SE", "chapter-number"),
    "pages": Field("SP", "page"),
    "publisher": Field("PB", "publisher"),
    "school": Field(),
    "institution": Field(),
    "organization": Field(),
    "address": Field("CY", "publisher-place"),
    "howpublished": Field(),
    "isbn": Field("SN", "ISBN"),
    "issn": Field("", "ISSN"),
    "language": Field("LA", "language"),
}
"""By their names in BibTeX, in the order of an entry."""

KINDS: Final = {
    "book": Field("BOOK", "book"),
    "inbook": Field("CHAP", "chapter"),
    "incollection": Field("CHAP", "chapter"),
    "proceedings": Field("CONF", "book"),
    "phdthesis": Field("THES", "thesis"),
    "mastersthesis": Field("THES", "thesis"),
    "techreport": Field("RPRT", "report"),
    "manual": Field("BOOK", "book"),
    "booklet": Field("PAMP", "pamphlet"),
    "unpublished": Field("MANSCPT", "manuscript"),
}
"""Kinds of publication that are told: articles, papers of conferences and preprints tell themselves by their place."""
OTHER_NAMES: Final = {
    **{
        "thesis": "phdthesis",
        "report": "techreport",
        "mvbook": "book",
        "collection": "book",
        "mvproceedings": "proceedings",
    },
}
"""What BibLaTeX calls some of them."""
BIBLATEX: Final = {"address": "location", "school": "institution"}
"""Fields that BibLaTeX calls otherwise."""
BIBLATEX_KINDS: Final = {"phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report"}
"""Kinds likewise; which one it was stands in its `type`."""
PUBLISHERS: Final = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
"""What stands in the publisher's place for these kinds, in formats that have one name for all."""
ET_AL: Final = "et al."
"""Among authors: there are others, whom nobody names. BibTeX's "others"."""


def ordered(values: Mapping[str, str]) -> Bibliography:
    """What is known of these values."""
    return tuple((name, values[name]) for name in FIELDS if values.get(name))


def of_other(kind: str, values: Mapping[str, str]) -> Bibliography:
    """Values of a format that has one name for all publishers; `kind` is what RIS or CSL calls it."""
    known = dict(values)
    told = next((name for name, names in KINDS.items() if kind in names and name != "proceedings"), "")
    if told:
        known["type"] = told
    if told in PUBLISHERS and known.get("publisher"):
        known[PUBLISHERS[told]] = known.pop("publisher")
    return ordered(known)


def publisher(known: Mapping[str, str]) -> str:
    """The one of several that have the publisher's place."""
    return next((known[name] for name in ("publisher", "school", "institution", "organization") if name in known), "")
