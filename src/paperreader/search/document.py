"""One paper as the index hears it, and as phrases and passages are read in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as the index hears it."""

    rid: int
    """The paper's row: what the index answers with (0 to 2^63 - 1)."""
    title: str
    authors: tuple[str, ...]
    text: str
    """The abstract, or the summary that stands in for it."""
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What phrases and words of `abstract:` are verified in."""

    title: str
    text: str
    authors: tuple[str, ...]
