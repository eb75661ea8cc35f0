"""The pipeline: from files to rows, from rows to the index.

Generators that yield news, ask `stop()` and are given `now`. A front end prints the news, posts them or counts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.errors import IndexDamaged
from paperreader.store import changes, meta, papers
from paperreader.store.database import Database
from paperreader.store.recording import Recorded, record

if TYPE_CHECKING:
    from paperreader.imports.opening import InputFile
    from paperreader.search.document import Document

Stop = Callable[[], bool]
"""Asked between steps; True ends the work where nothing is half done."""

COMMIT = 250
"""Papers in one commit of the index: some 0.4 s."""

REBUILD_SHARE = 0.1
"""Above this share of the library a new index is sooner made than many commits, and it is in one piece."""

SEGMENTS = 12
"""Commits never merge, so each leaves a segment; above this many the index is made anew (365 make 245 MB)."""


def never() -> bool:
    """The `stop` of work that nobody ends."""
    return False


@dataclass(frozen=True, slots=True)
class Indexed:
    """How far the index is."""

    done: int
    """Papers that are in."""
    total: int
    """Papers that there are to put in."""
    writing: bool = False
    """Whether the last, silent step is on: the commit of a whole index."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the index knows of the library, found out without opening it."""

    heard: int
    """The number of the last change that is in it."""
    lag: int
    """Papers that it has not heard of; all of them where it wants building anew."""
    usable: bool
    """Whether it is an index of this library, of this shape."""
    segments: int = 0
    """Pieces that it is in."""

    @property
    def scattered(self) -> bool:
        """Whether it is in so many pieces that it is worth building anew."""
        return self.segments > SEGMENTS


def index_state(database: Database, folder: Path) -> IndexState:
    """Compare the index's stamp with the library's change log; opens no index and loads neither Whoosh nor numpy."""
    from paperreader.search.generations import check

    try:
        stamp = check(folder, library=meta.library_id(database))
    except IndexDamaged:
        return IndexState(heard=0, lag=papers.total(database), usable=False)
    forgotten, made = changes.span(database)
    if not forgotten <= stamp.heard <= made:
        return IndexState(heard=0, lag=papers.total(database), usable=False)
    return IndexState(stamp.heard, changes.lag(database, stamp.heard), usable=True, segments=stamp.segments)


def catch_up(database: Database, folder: Path, stop: Stop = never) -> Iterator[Indexed]:
    """Tell the index what changed: in small commits, or by building it anew where that is quicker or needed.

    Yields how far it is. Raises IndexBusy while another process writes, SearchError, StoreError.
    """
    state = index_state(database, folder)
    if not state.usable or state.scattered or state.lag > max(COMMIT, REBUILD_SHARE * papers.total(database)):
        yield from reindex(database, folder, stop)
        return
    yield from commit_changes(database, folder, stop)


def commit_changes(database: Database, folder: Path, stop: Stop = never) -> Iterator[Indexed]:
    """Tell a usable index what changed, in commits of at most half a second each; never builds anew."""
    from paperreader.search.indexing import update

    library = meta.library_id(database)
    state = index_state(database, folder)
    if not state.usable:
        raise IndexDamaged("The search index is missing or of another library.", "It is built anew by itself.")
    heard, done = state.heard, 0
    while (batch := changes.pending(database, heard, COMMIT)).papers and not stop():
        there = list(_documents(database, batch.papers))
        gone = set(batch.papers) - {document.rid for document in there}
        update(folder, there, sorted(gone), library=library, heard=batch.through)
        changes.forget(database, batch.through)
        heard, done = batch.through, done + len(batch.papers)
        yield Indexed(done, max(done, state.lag))


def reindex(database: Database, folder: Path, stop: Stop = never) -> Iterator[Indexed]:
    """Build the index anew beside the old one, which serves until the new one is whole; then tell it what came since.

    Ending early (`stop`, closing the generator) leaves the old one in use.
    """
    from paperreader.search.indexing import rebuild

    _, through = changes.span(database)  # before the rows are read: what changes meanwhile is told again below
    rids = papers.all_rids(database)
    total = len(rids)
    building = rebuild(folder, _documents(database, rids), library=meta.library_id(database), heard=through)
    with closing(building):
        for done in building:
            yield Indexed(total if done < 0 else done, total, writing=done < 0)
            if stop():
                return
    changes.forget(database, through)
    yield Indexed(total, total)
    yield from commit_changes(database, folder, stop)


def _documents(database: Database, rids: Iterable[int]) -> Iterator[Document]:
    from paperreader.search.document import Document

    for paper in papers.papers(database, rids):
        text = "\n".join(part for part in (paper.abstract, paper.summary) if part)
        yield Document(paper.rid, paper.title, paper.authors, text, paper.keywords)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought."""

    recorded: Recorded
    """New, changed, same, brought back."""
    ignored: dict[str, int]
    """How many papers carried each field that we do not keep."""
    remarks: tuple[str, ...]
    """What was odd, a part of a sentence each."""

    @property
    def sentence(self) -> str:
        """ "23 new, 4 changed, 220 as they were; fields left out: venue (12)."."""
        sums = self.recorded
        parts = [f"{sums.new:,} new", f"{sums.changed:,} changed", f"{sums.same:,} as they were"]
        if sums.revived:
            parts.append(f"{sums.revived:,} brought back")
        told = [", ".join(parts)]
        if self.ignored:
            told.append("fields left out: " + ", ".join(f"{name} ({n:,})" for name, n in self.ignored.items()))
        return "; ".join([*told, *self.remarks]) + "."


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
    """Record the papers of these files; nothing is recorded unless every line of every file can be read.

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
        yield Imported(total, total, ImportReport(sums, dict(gleaned.ignored.most_common()), gleaned.remarks))
