"""What is exported: papers in sections under a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperreader.paper import Paper


@dataclass(frozen=True, slots=True)
class Section:
    """Some papers under one heading."""

    title: str
    """The heading, a list's name for instance; empty where there is none."""
    papers: Iterable[Paper]
    """Read once, one at a time."""


@dataclass(frozen=True, slots=True)
class Document:
    """One export. A format without headings takes `papers`; it can be read once."""

    sections: Iterable[Section]
    title: str = "Papers"
    """What it is, for a heading: "Bookmarks", a list's name, a question."""
    made: float = 0.0
    """When it is exported, in seconds since 1970."""

    @classmethod
    def of(cls, papers: Iterable[Paper], title: str = "Papers", made: float = 0.0) -> Document:
        """These papers without headings."""
        return cls((Section("", papers),), title, made)

    @property
    def papers(self) -> Iterator[Paper]:
        """All papers, as they come."""
        for section in self.sections:
            yield from section.papers
