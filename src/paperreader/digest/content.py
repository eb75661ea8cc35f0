"""What a digest holds, apart from how it is written and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from paperreader.paper import Paper

TRENDING: Final = "trending"
SAVED: Final = "saved"
REVISED: Final = "revised"
SECTIONS: Final = (TRENDING, SAVED, REVISED)
"""The kinds of sections, in their usual order."""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper of a digest."""

    paper: Paper
    why: str
    """Why it is here, in a line: "3rd of 17 that day: +41 votes in 24 h, was 18th"."""


@dataclass(frozen=True, slots=True)
class Section:
    """Papers under one heading."""

    kind: str
    """One of SECTIONS."""
    title: str
    """The heading."""
    items: tuple[Item, ...]
    left: int = 0
    """How many more there were for which there was no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest. Without sections it says that there is nothing new."""

    at: datetime
    """When it was composed, with the time zone of the reader."""
    sections: tuple[Section, ...] = ()
    first: date | None = None
    """The first day whose list it covers; None where no list is new."""
    last: date | None = None
    """The last such day."""
    days: int = 1
    """How many days' lists it covers: more than one where days were missed."""
    before: tuple[Digest, ...] = ()
    """The ones before it, the last first: a feed has them too, for who looks at it every other day."""
    remarks: tuple[str, ...] = ()
    """What else the reader should know: a refresh that failed, an earlier digest whose fate is unclear."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Its papers, in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def rids(self) -> tuple[int, ...]:
        """The rows of its papers, in order."""
        return tuple(item.paper.rid for item in self.items)
