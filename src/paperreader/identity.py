"""Which paper is meant: arXiv ids, DOIs, ids of other collections, links to any of them, titles.

Forms of arXiv identifiers: https://info.arxiv.org/help/arxiv_identifier.html; of DOIs: the DOI Handbook, section 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, cast
from urllib.parse import quote, unquote

from paperreader.plain import folded, printable, storable

Kind = Literal["arxiv", "doi", "id", "title"]

_NEW = r"\d{4}\.\d{4,5}"
_OLD = r"[a-z-]+(?:\.[A-Za-z]{2})?/\d{7}"
_ARXIV = rf"(?i)(?:arxiv:\s*)?(?P<id>{_NEW}|{_OLD})(?:v(?P<version>\d+))?"
_ARXIV_LINK = (
    rf"(?is)(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org/(?:abs|pdf|html|format|e-print)|(?:huggingface\.co|hf\.co)/papers"
    rf"|alphaxiv\.org/(?:abs|overview))/(?P<id>{_NEW}|{_OLD})(?:v(?P<version>\d+))?(?:\.pdf)?/?(?:[?#].*)?"
)
_DOI = (
    r"(?i)(?:doi:\s*|urn:doi:|info:doi/)?(?P<link>(?:https?://)?(?:dx\.|www\.)?doi\.org/(?:doi:)?)?"
    r"(?P<doi>10\.[0-9]+(?:\.[0-9]+)*/\S+)"
)
_KIND = r"(?s)(?P<kind>arxiv|doi|id|title):(?P<value>.*)"
_ARXIV_DOI = rf"(?i)10\.48550/arxiv\.(?P<id>{_NEW}|{_OLD})"
_TITLE_ID = r"title-[0-9a-f]{16}"
# Understood by `re` when they are first needed, and kept by it: at import that took 3 of the 250 ms of a start.


class Identity(NamedTuple):
    """One name of a paper in one naming scheme."""

    kind: Kind
    """arXiv id, DOI, an id of another collection, or the id made of the title."""
    value: str
    """As it came in and goes out."""

    @property
    def folded(self) -> str:
        """The value as it is kept and compared: DOIs and arXiv ids know no case."""
        kept = storable(self.value)
        return kept if self.kind in ("id", "title") else kept.lower()

    @property
    def key(self) -> str:
        """The canonical key, "arxiv:2401.01234": what events name a paper by, on every machine."""
        return f"{self.kind}:{self.folded}"

    @property
    def forms(self) -> Iterator[str]:
        """The ways to print it, the plainest first: bare; with its kind; so, and with everything odd as %XX.

        None of them breaks a line or steers a terminal, and `meant` understands each.
        """
        if self.value == printable(self.value).strip():
            yield self.value
            yield f"{self.kind}:{self.value}"
        yield f"{self.kind}:{_quoted(self.value)}"


def _quoted(value: str) -> str:
    """With %XX for the UTF-8 bytes of what cannot be printed or typed as one word, and of % itself."""
    return "".join(quote(c, safe="") if c in " %" or c != printable(c).strip() else c for c in value)


def is_arxiv_id(text: str) -> bool:
    """Whether it has the form of a bare arXiv id."""
    return re.fullmatch(rf"{_NEW}|{_OLD}", text, re.ASCII) is not None


def _on_arxiv(text: str) -> re.Match[str] | None:
    """An arXiv id, with its version or without, or a link to one."""
    return re.fullmatch(_ARXIV, text, re.ASCII) or re.fullmatch(_ARXIV_LINK, text, re.ASCII)


def preprint_of(doi: str) -> str:
    """The arXiv id in a DOI that arXiv gave (10.48550/arXiv.2401.01234); empty for any other DOI."""
    match = re.fullmatch(_ARXIV_DOI, doi, re.ASCII)
    return match["id"] if match else ""


def arxiv_id(text: str) -> str:
    """The bare arXiv id of an id, an id with a version or a link; text of another form comes back stripped."""
    text = text.strip()
    match = _on_arxiv(text)
    return match["id"] if match else preprint_of(doi(text)) or text


def doi(text: str) -> str:
    """The bare DOI of a DOI or a link to one; text of another form comes back stripped."""
    text = text.strip()
    match = re.fullmatch(_DOI, text, re.ASCII)
    if match is None:
        return text
    return unquote(match["doi"]) if match["link"] else match["doi"]


def named(text: str) -> Identity | None:
    """The arXiv id or DOI that the text is, or links to; None where it is neither."""
    bare = text.strip()
    if match := _on_arxiv(bare):
        return Identity("arxiv", match["id"])
    if not re.fullmatch(_DOI, bare, re.ASCII):
        return None
    preprint = re.fullmatch(_ARXIV_DOI, doi(bare), re.ASCII)
    return Identity("arxiv", preprint["id"]) if preprint else Identity("doi", doi(bare))


def meant(text: str) -> list[Identity]:
    """What a person may mean by an id on the command line, likeliest first. Never empty for non-blank text."""
    exact = storable(text)
    bare = exact.strip()
    found: list[Identity] = []
    if _on_arxiv(bare):
        found.append(Identity("arxiv", arxiv_id(bare)))
    if re.fullmatch(_DOI, bare, re.ASCII):
        name = doi(bare)
        if preprint := preprint_of(name):
            found.append(Identity("arxiv", preprint))
        found.append(Identity("doi", name))
    if re.fullmatch(_TITLE_ID, bare):
        found.append(Identity("title", bare))
    if told := re.fullmatch(_KIND, exact):
        values = dict.fromkeys((unquote(told["value"]), told["value"]))
        found += [Identity(cast("Kind", told["kind"]), storable(value)) for value in values if value]
    loose: tuple[Kind, ...] = ("id", "arxiv", "doi")
    found += [Identity(kind, value) for kind in loose for value in dict.fromkeys((exact, bare)) if value]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def normalised_title(title: str) -> str:
    """The title as two copies of one paper share it: letters and digits, case and accents folded.

    "+" and "#" stay, so that C, C++ and C# are three; a title of punctuation only stays itself. Remembered, since
    recording a paper asks four times, and half of its time went here.
    """
    kept = "".join(c for c in folded(title) if c.isalnum() or c in "+#")
    return kept or "".join(title.split())


def title_id(title: str, family: str = "") -> str:
    """The stable id of a paper that is known by its title alone: "title-" and 64 bits of SHA-256.

    `family` is the first author's, as `names.family_key` gives it: for a paper whose title another one has already.
    """
    import hashlib  # and OpenSSL with it, 3 ms

    meant = normalised_title(title) + (f"\n{family}" if family else "")
    return "title-" + hashlib.sha256(meant.encode()).hexdigest()[:16]
