"""Changes in, segments out; building anew and swapping in.

`update` adds one small segment in one commit and never merges, so that no commit is ever long; when there are many
segments (`Stamp.segments`), `gather` writes the papers of the small ones again as one. `rebuild` makes the index anew,
in a folder of its own, while the old one goes on answering. What is written counts from the moment that Whoosh's table
of contents is in place; the stamp follows, so a crash between the two repeats work and loses none.

Whoosh and numpy are imported when something is written: `check` and the lock do without.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperreader.errors import IndexDamaged
from paperreader.search import generations
from paperreader.search.document import Document
from paperreader.search.generations import Stamp, check, verify
from paperreader.search.locking import is_being_written, unwritable, writing

if TYPE_CHECKING:
    from paperreader.search.segments import Writer

__all__ = ["Document", "Stamp", "check", "gather", "is_being_written", "rebuild", "update", "verify", "writing"]

# A rebuild says how far it is as often as this.
_NEWS = 250
# Papers of one segment: 95,311 take 300 MB of memory while they are collected.
_SEGMENT = 100_000
_TIMES_LARGER = 2
WRITING = -1
"""What `rebuild` yields before the silent end of its work."""


def update(folder: Path, documents: Iterable[Document], gone: Iterable[int], *, library: str, heard: int) -> None:
    """Put documents in, in the place of those with the same rid, and take `gone` out, in one commit.

    A day's 100 papers take about 0.2 s. Of documents with one rid the last counts. Raises IndexDamaged where there is
    no sound index of this library (build it anew), IndexBusy, and SearchError where the folder cannot be written.
    """
    from paperreader.search.postings import guarded
    from paperreader.search.segments import Batch, Writer

    with writing(folder), _writable(folder):
        check(folder, library=library)
        generations.sweep(folder)
        newest = {document.rid: document for document in documents}
        generation = generations.current(folder)
        writer = guarded(folder, Writer, generation)
        guarded(folder, _remove, generation, writer, {*newest, *gone})
        batch = Batch()
        for document in newest.values():
            batch.add(document)
        with _cancelled_unless_finished(writer):
            if len(batch):
                writer.add(batch)
            _commit(generation, writer, library, heard)


def rebuild(folder: Path, documents: Iterable[Document], *, library: str, heard: int) -> Generator[int]:
    """Build the index anew in a folder of its own and put it in use when it is whole.

    Yields how many documents are in, every 250 and at the end, then WRITING (-1) before the last, silent part (a
    quarter of the time). Closing the generator early, or any error, leaves the old index in use and nothing half-made.
    95,311 papers need about 300 MB of memory. Raises IndexBusy and SearchError.
    """
    from paperreader.search.segments import Batch, Writer

    with writing(folder), _writable(folder):
        generations.sweep(folder)
        generation = generations.begin(folder)
        with generations.unless_finished(generation):
            writer = Writer(generation)
            batch, number = Batch(), 0
            for number, document in enumerate(documents, 1):
                batch.add(document)
                if len(batch) >= _SEGMENT:
                    writer.add(batch)
                    batch = Batch()
                if number % _NEWS == 0:
                    yield number
            if number % _NEWS:
                yield number
            yield WRITING
            if len(batch):
                writer.add(batch)
            _commit(generation, writer, library, heard)
            generations.use(generation)
        generations.sweep(folder)


def gather(
    folder: Path, read: Callable[[Sequence[int]], Iterable[Document]], *, library: str, segments: int
) -> Generator[int]:
    """Write the papers of the smallest segments again as one, so that at most so many segments are left.

    A segment joins them while it is at most twice as large as they are together, so that over the years a paper is
    written again some ten times, not every time. `read` gives the papers with these rids as they are now. Yields how
    many are in, every 250 and at the end, then WRITING; half a millisecond a paper. Closing the generator early, or
    any error, leaves the index as it was. Raises as `update` does, and what `read` raises.
    """
    from paperreader.search.postings import guarded
    from paperreader.search.segments import Batch, Writer

    with writing(folder), _writable(folder):
        stamp = check(folder, library=library)
        generations.sweep(folder)
        generation = generations.current(folder)
        writer = guarded(folder, Writer, generation)
        chosen = _smallest(writer.segments, segments)
        if len(chosen) < 2:
            return
        rids = guarded(folder, _papers_of, generation, chosen)
        batch = Batch()
        with _cancelled_unless_finished(writer):
            for document in read(rids):
                batch.add(document)
                if len(batch) % _NEWS == 0:
                    yield len(batch)
            if len(batch) % _NEWS:
                yield len(batch)
            yield WRITING
            writer.drop(chosen)
            if len(batch):
                writer.add(batch)
            _commit(generation, writer, library, stamp.heard)


def _smallest(segments: Sequence[Any], most: int) -> list[Any]:
    """The segments that are to become one."""
    ascending = sorted(segments, key=lambda segment: int(segment.doc_count()))
    chosen: list[Any] = []
    together = 0
    for segment in ascending:
        size = segment.doc_count()
        if len(ascending) - len(chosen) + 1 <= most and size > _TIMES_LARGER * together:
            break
        chosen.append(segment)
        together += size
    return chosen


def _papers_of(generation: Path, segments: Sequence[Any]) -> list[int]:
    """The rids of the papers in these segments, without those that are gone."""
    from paperreader.search.postings import rids_of

    found: list[int] = []
    for segment in segments:
        gone = set(segment.deleted_docs())
        found += [rid for place, rid in enumerate(rids_of(generation, segment).tolist()) if place not in gone]
    return sorted(found)


def _remove(generation: Path, writer: Writer, rids: set[int]) -> None:
    """Mark the papers with these rids as gone, in every committed segment."""
    import numpy as np

    from paperreader.search.postings import rids_of

    sought = np.fromiter(rids, np.int64, len(rids))
    for segment in writer.segments:
        writer.remove(segment, np.flatnonzero(np.isin(rids_of(generation, segment), sought)))


def _commit(generation: Path, writer: Writer, library: str, heard: int) -> None:
    writer.write_contents()
    papers = sum(segment.doc_count() for segment in writer.segments)
    stamp = Stamp(
        library=library,
        heard=heard,
        papers=papers,
        segments=len(writer.segments),
        gone=sum(segment.doc_count_all() for segment in writer.segments) - papers,
        commit=writer.commit_number,
        files=_checksums(generation, writer),
    )
    generations.write_stamp(generation, stamp)
    writer.clean()


def _checksums(generation: Path, writer: Writer) -> dict[str, tuple[int, int]]:
    """The checksums of all files; of those that an earlier stamp has, its own."""
    known: dict[str, tuple[int, int]] = {}
    with contextlib.suppress(IndexDamaged):
        known = generations.stamp_of(generation).files
    return {name: known.get(name) or generations.checksum(generation / name) for name in writer.files()}


@contextlib.contextmanager
def _cancelled_unless_finished(writer: Writer) -> Iterator[None]:
    try:
        yield
    except BaseException:
        writer.cancel()
        raise


@contextlib.contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """What the system says against writing becomes a SearchError."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error) from error
