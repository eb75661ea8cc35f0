"""What bibliographies of every format say in their own ways: dates, ids, links, lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from paperreader.identity import Identity, named
from paperreader.plain import one_line

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY: Final = re.compile(r"([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?(?:[T/ ~?%].*)?", re.DOTALL)
_ARXIV_WITHIN: Final = re.compile(
    r"\barxiv(?:\s+preprint)?(?:\s+arxiv)?\s*:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?\b",
    re.IGNORECASE | re.ASCII,
)
_NO_JOURNAL: Final = re.compile(r"(?:arxiv\b.*|corr|corr,? abs/.*)", re.IGNORECASE | re.DOTALL)
_ARXIV_CLASS: Final = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")


def day(year: str, month: str = "", day_of_month: str = "") -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD of parts as people write them; empty where the year is none, or a day is no day."""
    year, month, of_month = year.strip(), month.strip().lower().rstrip("."), day_of_month.strip()
    if not re.fullmatch("[0-9]{4}", year):
        return ""
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdecimal() else 0
    if not 1 <= number <= 12:
        return year
    days = int(of_month) if of_month.isdecimal() else 0
    try:
        return f"{date(int(year), number, days):%Y-%m-%d}" if days else f"{year}-{number:02}"
    except ValueError:
        return f"{year}-{number:02}"


def day_of(text: str) -> str:
    """The same of one text: "2024-02-01", "2024/02/01/", "2024-02"; of a span, its beginning."""
    match = _DAY.fullmatch(text.strip())
    return day(match[1], match[2] or "", match[3] or "") if match else ""


def arxiv_within(*texts: str) -> str:
    """The arXiv id that one of these texts has within it: "arXiv preprint arXiv:2401.01234", a journal for some."""
    found = (_ARXIV_WITHIN.search(text) for text in texts)
    return next((match[1] for match in found if match), "")


def arxiv_of(*links: str) -> str:
    """The arXiv id that one of these links or DOIs leads to."""
    return next((name.value for name in map(named, links) if name and name.kind == "arxiv"), "")


def is_journal(text: str) -> bool:
    """Whether papers appear there: arXiv, as some write it, is none."""
    return bool(text) and not _NO_JOURNAL.fullmatch(text)


def is_arxiv_class(text: str) -> bool:
    """Whether it is formed as arXiv's categories are."""
    return bool(_ARXIV_CLASS.fullmatch(text))


def own_link(url: str, arxiv_id: str, doi: str) -> str:
    """The link, unless it only says what an id says already."""
    meant = named(url)
    known = {Identity("arxiv", arxiv_id).key, Identity("doi", doi).key}
    return "" if meant and meant.key in known else one_line(url)


def pages(text: str) -> str:
    """A range of pages with the dash that belongs there."""
    return re.sub(r"(?<=\w)\s*(?:-+|–)\s*(?=\w)", "–", one_line(text))


def words(parts: Iterable[str]) -> tuple[str, ...]:
    """Each once, those that are blank left out."""
    return tuple(dict.fromkeys(word for part in parts if (word := one_line(part))))
