"""TeX in titles and abstracts, made readable in Unicode where that is certain; else left as it is."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """A piece of the text and what stands for it."""

    start: int
    end: int
    new: str


def edits(text: str) -> list[Edit]:
    """What to replace, in order, never overlapping."""
    return []
