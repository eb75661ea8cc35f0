"""The counts beside an answer, and the words that narrow a question to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from paperreader.search.counting import Column
from paperreader.store import facets, filters
from paperreader.store.database import Database

_LABELS = {"date": "year", "cat": "category", "source": "source", "org": "organisation", "has": "code"}
_LABELS |= {"tag": "tag", "list": "list"}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value, and how many papers of the answer have it."""

    value: str
    count: int
    condition: str
    """What narrows a question to it, to be added with a space: "cat:cs.CL"."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of value."""

    name: str
    """The field of its conditions: "date", "cat", "source", "org", "has", "tag", "list"."""
    label: str
    """In a word: "year"."""
    values: tuple[FacetValue, ...]
    """The commonest first; years from the latest on. Only values that the answer has."""


class Facets:
    """Counts answers. What is counted stays in memory until it changes. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._version: str | None = None
        self._columns: dict[str, Column] = {}

    def of(self, rids: Sequence[int], most: int) -> tuple[Facet, ...]:
        """The facets of these papers, at most so many values each; kinds that none of them has are left out.

        Some milliseconds; 0.4 s for 95,311 papers when anything has changed. Raises StoreError.
        """
        told: list[Facet] = []
        for name in facets.NAMES:
            counts = self._column(name).counts(rids)
            if not counts:
                continue
            order = sorted(counts, reverse=True) if name == "date" else sorted(counts, key=lambda v: (-counts[v], v))
            values = tuple(FacetValue(value, counts[value], condition(name, value)) for value in order[:most])
            told.append(Facet(name, _LABELS[name], values))
        return tuple(told)

    def values(self, name: str) -> list[str]:
        """All values of a kind, the commonest in the library first."""
        return self._column(name).commonest()

    def _column(self, name: str) -> Column:
        if name in facets.OWN:
            return Column(facets.values(self._database, name))
        version = filters.version(self._database)
        with self._lock:
            if version is None or version != self._version:
                self._columns.clear()
                self._version = version
            column = self._columns.get(name)
            if column is None:
                column = self._columns[name] = Column(facets.values(self._database, name))
            return column


def condition(name: str, value: str) -> str:
    """What asks for this value: in quotes where it is more than a word."""
    plain = value and not any(c.isspace() or c in '",()' for c in value)
    return f"{name}:{value}" if plain else f'{name}:"{value.replace(chr(34), " ").strip()}"'
