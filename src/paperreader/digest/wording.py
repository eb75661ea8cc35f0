"""The words of a digest that every form of it shares."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from paperreader.digest.content import Digest, Item
from paperreader.paper import Paper
from paperreader.plain import printable, storable

AUTHORS_SHOWN: Final = 3
EXCERPT: Final = 200
"""Characters of a paper's text: three lines of 72 columns, less the indentation and what breaks at words."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9\"'(\[])")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:e\.g|i\.e|et al|cf|vs|Fig|Eq|Sec|Tab|resp|approx)|\b[A-Z])\.$")
_SHORTEST: Final = 80
"""Characters that an excerpt of whole sentences has at least: below, a cut sentence says more."""


def subject(digest: Digest) -> str:
    """The subject of the mail, with the date."""
    number = len(digest.items)
    if not number:
        return f"paperreader: nothing new, {day(digest.at.date())}"
    papers = f"{number:,} {'paper' if number == 1 else 'papers'}"
    over = f" of {digest.days} days" if digest.days > 1 else ""
    return f"paperreader: {papers}{over}, {day(digest.at.date())}"


def heading(digest: Digest) -> str:
    """What stands at the top."""
    return f"paperreader, {day(digest.at.date())}"


def summary(digest: Digest) -> str:
    """How much there is, and of how many days."""
    number = len(digest.items)
    if not number:
        return "Nothing new since the last digest."
    parts = [f"{number:,} {'paper' if number == 1 else 'papers'}"]
    if digest.days > 1 and digest.first and digest.last:
        parts.append(f"{digest.days} days, {short_day(digest.first)} to {short_day(digest.last)}")
    return "; ".join(parts) + "."


def notes(digest: Digest) -> list[str]:
    """The remarks, safe to show."""
    return [plain(remark) for remark in digest.remarks]


def day(value: date) -> str:
    """ "Friday, 21 August 2026"."""
    return f"{value:%A}, {value.day} {value:%B} {value.year}"


def short_day(value: date) -> str:
    """ "21 August"."""
    return f"{value.day} {value:%B}"


def title(paper: Paper) -> str:
    """Its title on one line."""
    return plain(paper.shown_title)


def byline(paper: Paper) -> str:
    """Authors in short, and whose work it is."""
    names = paper.authors
    more = len(names) - AUTHORS_SHOWN
    shown = ", ".join(names) if more <= 1 else f"{', '.join(names[:AUTHORS_SHOWN])} and {more:,} more"
    return plain(" · ".join(part for part in (shown, paper.organisation) if part.strip()))


def standing(item: Item) -> str:
    """What was counted, and why the paper is here."""
    paper = item.paper
    counted = ((paper.votes, "vote"), (paper.comments, "comment"), (paper.stars, "star"))
    counts = [f"{number:,} {name}{'' if number == 1 else 's'}" for number, name in counted if number]
    return plain(" · ".join([*([", ".join(counts)] if counts else []), item.why]))


def excerpt(paper: Paper) -> str:
    """Two or three lines: the summary where there is one, else the abstract's first sentences."""
    text = plain(paper.summary or paper.tldr or paper.abstract)
    if len(text) <= EXCERPT:
        return text
    whole = ""
    for sentence in _sentences(text):
        longer = f"{whole} {sentence}".strip()
        if len(longer) > EXCERPT:
            break
        whole = longer
    if len(whole) >= _SHORTEST:
        return whole
    return text[:EXCERPT].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def plain(text: str) -> str:
    """Text from outside on one line, without anything that steers a terminal or turns the reading direction."""
    return " ".join(printable(storable(text)).split())


def _sentences(text: str) -> list[str]:
    """The text cut where sentences end; "et al. 2024" and "e.g. This" end none."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found
