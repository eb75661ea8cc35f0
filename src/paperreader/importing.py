"""Files become rows: all of them or, where one cannot be read, none. Single entries are refused alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperreader.plain import printable
from paperreader.stop import Stop, never
from paperreader.store.database import Database
from paperreader.store.recording import Recorded, record

if TYPE_CHECKING:
    from paperreader.imports.opening import InputFile


_KINDS = {"arxiv": "arXiv id", "doi": "DOI", "id": "id", "title": "title"}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought."""

    recorded: Recorded
    """New, changed, same, brought back."""
    ignored: dict[str, int]
    """How many papers carried each field that we do not keep."""
    remarks: tuple[str, ...]
    """What was odd, a part of a sentence each."""

    bare: int = 0
    """Papers that the files name by an id only: a feed may know more of them."""

    refused: int = 0
    """Entries of the files that are no papers, or cannot be understood."""
    refusals: tuple[str, ...] = ()
    """Which and why, a sentence each: the first twenty."""

    @property
    def sentence(self) -> str:
        """ "23 new, 4 changed, 220 as they were; known by arXiv id 210, DOI 14; fields left out: venue (12)."."""
        sums = self.recorded
        parts = [f"{sums.new:,} new", f"{sums.changed:,} changed", f"{sums.same:,} as they were"]
        if sums.revived:
            parts.append(f"{sums.revived:,} brought back")
        if self.refused:
            parts.append(f"{self.refused:,} refused")
        told = [", ".join(parts)]
        if sums.known_by:
            told.append("known by " + ", ".join(f"{_KINDS[kind]} {n:,}" for kind, n in sums.known_by.most_common()))
        if sums.owned:
            told.append(f"your bookmarks, lists, tags, notes, ratings or states of {len(sums.owned):,}")
        if self.ignored:
            told.append("fields left out: " + ", ".join(f"{name} ({n:,})" for name, n in self.ignored.items()))
        return "; ".join([*told, *self.remarks]) + "."

    @property
    def by_title(self) -> list[str]:
        """A sentence on each paper that was recognised by its title and got something new: the first twenty."""
        return [f"Known by its title: {printable(title)} ({printable(key)})." for key, title in self.recorded.by_title]


@dataclass(frozen=True, slots=True)
class Imported:
    """How far an import is."""

    done: int
    """Papers read through in the first pass, or recorded in the second."""
    total: int | None
    """How many there are; None during the first pass, which counts them."""
    report: ImportReport | None = None
    """With the last news: what it brought."""


def import_files(database: Database, files: Sequence[InputFile], now: float, stop: Stop = never) -> Iterator[Imported]:
    """Record the papers of these files; nothing is recorded unless every file can be read.

    Entries that cannot be understood are left out and told in the report.

    Raises UnreadableInput, StoreError. Stopped or killed in the second pass, what was recorded stays, and importing
    the same files again completes it.
    """
    from paperreader.imports.intake import Intake

    with Intake(files) as intake:
        total = 0
        for total in intake.check():
            yield Imported(total, None)
            if stop():
                return
        sums = Recorded()
        for sums in record(database, intake.sightings(), now, revive=True):
            yield Imported(sums.total, total)
            if stop():
                return
        gleaned = intake.gleaned
        report = ImportReport(
            sums,
            dict(gleaned.ignored.most_common()),
            gleaned.remarks,
            gleaned.bare,
            gleaned.refused,
            tuple(map(str, gleaned.refusals)),
        )
        yield Imported(total, total, report)
