"""What search asks of whoever has the papers: their texts, their titles, and who meets a condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from paperreader.search.document import Text
from paperreader.search.question import Filter

Texts = Callable[[Sequence[int]], Mapping[int, Text]]
Titles = Callable[[Sequence[int]], Mapping[int, str]]
Conditions = Callable[[Filter], Sequence[int]]
"""Which papers (rows) meet a condition."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The three together. Papers that are gone are left out of what is answered."""

    texts: Texts
    titles: Titles
    conditions: Conditions
