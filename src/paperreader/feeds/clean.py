"""Values from outside, made fit for a sighting: of the right kind, on one line, in paragraphs, of a bounded size. Pure.

What does not fit becomes empty: a source that changes a field that we can do without is no error.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from paperreader.identity import meant
from paperreader.plain import one_line, storable

LONGEST_TITLE: Final = 1_000
LONGEST_TEXT: Final = 50_000
_LONGEST_NAME: Final = 300
_LONGEST_LINK: Final = 2_000
_MOST_NAMES: Final = 10_000
"""Authors of one paper; the longest list in four years of Hugging Face has 664, physics reaches some 5,000."""
_MOST_COUNT: Final = 2**31

_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n\s*")
_LINK_BREAKS: Final = str.maketrans("", "", "\t\r\n")
_DATE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_VERSION: Final = re.compile(r"(?<=\d)v(\d{1,4})$", re.ASCII)


def line(value: Any, longest: int = LONGEST_TITLE) -> str:
    """A text on one line, every run of white space one space."""
    return one_line(value[: 2 * longest])[:longest].rstrip() if isinstance(value, str) else ""


def paragraphs(value: Any) -> str:
    """A text whose single line breaks are wrapping and go, and whose empty lines part paragraphs."""
    if not isinstance(value, str):
        return ""
    text = storable(value[:LONGEST_TEXT]).replace("\r\n", "\n").replace("\r", "\n")
    parts = (" ".join(part.split()) for part in _PARAGRAPH.split(text))
    return "\n\n".join(part for part in parts if part)


def names(values: Any) -> tuple[str, ...]:
    """The names of a list, in their order; what is no text is left out. Two authors of one name are two."""
    if not isinstance(values, list | tuple):
        return ()
    found = (line(value, _LONGEST_NAME) for value in values[:_MOST_NAMES])
    return tuple(name for name in found if name)


def words(values: Any) -> tuple[str, ...]:
    """The same for keywords and categories, each once."""
    return tuple(dict.fromkeys(names(values)))


def count(value: Any) -> int | None:
    """A number of things, None where it is none."""
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_COUNT
    return value if fits else None


def link(value: Any) -> str:
    """A web address without the line breaks that people paste into it; empty where it is none."""
    if not isinstance(value, str):
        return ""
    url = value[: 2 * _LONGEST_LINK].strip().translate(_LINK_BREAKS)
    try:
        parts = urlsplit(url)
        sound = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return url if sound and url.isprintable() and " " not in url and len(url) <= _LONGEST_LINK else ""


def day(value: Any) -> str:
    """The date, YYYY-MM-DD, at the beginning of a date or a time; empty where that is none."""
    match = _DATE.fullmatch(value.strip()[:40]) if isinstance(value, str) else None
    if match is None:
        return ""
    try:
        return date.fromisoformat(match[1]).isoformat()
    except ValueError:
        return ""


def arxiv_name(value: Any) -> tuple[str, int | None]:
    """The bare arXiv id and the version of an id or a link to one; ("", None) where it is none."""
    text = value.strip() if isinstance(value, str) else ""
    text = text.removeprefix("oai:arXiv.org:")
    if not text or len(text) > _LONGEST_LINK:
        return "", None
    strongest = meant(text)[0]
    if strongest.kind != "arxiv":
        return "", None
    version = _VERSION.search(text.removesuffix(".pdf"))
    return strongest.value, int(version[1]) if version else None


def doi_name(value: Any) -> str:
    """The bare DOI of a DOI or a link to one; empty where it is none, and for the DOIs that are arXiv ids."""
    text = line(value, _LONGEST_NAME)
    if not text:
        return ""
    strongest = meant(text)[0]
    return strongest.value if strongest.kind == "doi" else ""
