"""The index catches up with the library: from rows to postings, by small commits or by building anew.

Generators that yield how far they are and ask `stop()`. A front end prints that, posts it or counts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.errors import IndexDamaged
from paperreader.stop import Stop, never
from paperreader.store import changes, meta, papers
from paperreader.store.database import Database

if TYPE_CHECKING:
    from paperreader.search.document import Document

COMMIT = 250
"""Papers in one commit of the index: some 0.4 s."""

REBUILD_SHARE = 0.1
"""Above this share of the library a new index is sooner made than many commits, and it is in one piece."""

SEGMENTS = 12
"""Commits never merge, so each leaves a segment; above this many the small ones become one (365 make 245 MB)."""

GATHERED = 6
"""Segments that are left then: each costs a question some 0.3 ms."""

GONE_SHARE = 0.3
"""Above this share of replaced and removed papers in it the index is made anew: they take room, and time to skip."""


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
    worn: bool = False
    """Whether so much of it is replaced and removed papers that it is worth building anew."""

    @property
    def scattered(self) -> bool:
        """Whether it is in so many pieces that the small ones are worth becoming one: for a process of its own."""
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
    worn = stamp.gone > COMMIT and stamp.gone > GONE_SHARE * (stamp.papers + stamp.gone)
    return IndexState(stamp.heard, changes.lag(database, stamp.heard), usable=True, segments=stamp.segments, worn=worn)


def catch_up(database: Database, folder: Path, stop: Stop = never) -> Iterator[Indexed]:
    """Tell the index what changed: in small commits, or by building it anew where that is quicker or needed.

    Where many commits have left it in many pieces, the small ones become one.

    Yields how far it is. Raises IndexBusy while another process writes, SearchError, StoreError.
    """
    state = index_state(database, folder)
    if not state.usable or state.worn or state.lag > max(COMMIT, REBUILD_SHARE * papers.total(database)):
        yield from reindex(database, folder, stop)
        return
    yield from commit_changes(database, folder, stop)
    if not stop() and index_state(database, folder).scattered:
        yield from gather(database, folder, stop)


def gather(database: Database, folder: Path, stop: Stop = never) -> Iterator[Indexed]:
    """Write the papers of the index's small pieces again as one; ending early leaves it as it was.

    For a child process: half a millisecond a paper. Raises IndexDamaged, IndexBusy, SearchError, StoreError.
    """
    from paperreader.search import indexing

    total = 0

    def read(rids: Sequence[int]) -> Iterator[Document]:
        nonlocal total
        total = len(rids)
        return documents(database, rids)

    library = meta.library_id(database)
    gathering = indexing.gather(folder, read, library=library, segments=GATHERED)
    with closing(gathering):
        for done in gathering:
            yield Indexed(total if done < 0 else done, total, writing=done < 0)
            if stop():
                return


def commit_changes(database: Database, folder: Path, stop: Stop = never) -> Iterator[Indexed]:
    """Tell a usable index what changed, in commits of at most half a second each; never builds anew."""
    from paperreader.search.indexing import update

    library = meta.library_id(database)
    state = index_state(database, folder)
    if not state.usable:
        raise IndexDamaged("The search index is missing or of another library.", "It is built anew by itself.")
    heard, done = state.heard, 0
    while (batch := changes.pending(database, heard, COMMIT)).papers and not stop():
        there = list(documents(database, batch.papers))
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
    building = rebuild(folder, documents(database, rids), library=meta.library_id(database), heard=through)
    with closing(building):
        for done in building:
            yield Indexed(total if done < 0 else done, total, writing=done < 0)
            if stop():
                return
    changes.forget(database, through)
    yield Indexed(total, total)
    yield from commit_changes(database, folder, stop)


def documents(database: Database, rids: Iterable[int]) -> Iterator[Document]:
    """These papers as the index hears them, in bounded memory."""
    from paperreader.search.document import Document

    for paper in papers.papers(database, rids):
        yield Document(paper.rid, paper.title, paper.authors, paper.whole_text, paper.keywords)


def verify(folder: Path) -> bool:
    """Read the whole index against its checksums (0.2 s for 100,000 papers); put it out of use where it is damaged.

    Sizes are compared at each opening, but a flipped bit shows only here. Returns whether it is sound; none at all is.
    """
    from paperreader.search import generations

    try:
        generations.current(folder)
    except IndexDamaged:
        return True
    try:
        generations.verify(folder)
    except IndexDamaged:
        generations.put_out_of_use(folder)
        return False
    return True
