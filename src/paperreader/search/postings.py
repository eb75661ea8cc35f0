"""Reading an index: the numbers of its papers, and the whole list of papers that have a word.

With `segments`, the only file that touches Whoosh's inside: whole blocks of postings are decoded at once (0.1 µs a
posting instead of 2.7 by its public matcher), by names that are private there. A test compares the two.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC
from whoosh.reading import SegmentReader, TermNotFound

from paperreader.errors import PaperReaderError
from paperreader.search import abbreviations, fields, generations
from paperreader.search.lexicon import Lexicon
from paperreader.search.scoring import NONE, Counts, Mask, Papers, Postings
from paperreader.search.segments import ABBREVIATIONS, LEXICON, NAME

P = ParamSpec("P")
T = TypeVar("T")


class Segment:
    """One segment, open. Its files stay readable when another process removes them."""

    def __init__(self, folder: Path, segment: Any, base: int) -> None:
        storage = _Mapped(str(folder))
        self.base = base
        """The place of its first paper in the whole index."""
        self.rids = _numbers(folder, segment, fields.RID, ">i8").astype(np.int64)
        self.lengths = _numbers(folder, segment, fields.LENGTH, ">u4").astype(np.float32)
        self.gone = np.fromiter(segment.deleted_docs(), np.int64)
        self.lexicon = Lexicon(folder / segment.make_filename(LEXICON), fields.BAGS)
        self.abbreviations = abbreviations.read(folder / segment.make_filename(ABBREVIATIONS))
        self._reader = SegmentReader(storage, fields.schema(), segment)

    def postings(self, field: str, word: str) -> Postings:
        """The papers of this segment that have the word in the field (removed ones too), by place in the index."""
        try:
            matcher = self._reader.postings(field, word)
        except TermNotFound:
            return NONE
        return _decoded(getattr(matcher, "child", matcher), self.base)

    def close(self) -> None:
        """Let the files go."""
        self._reader.close()


class Opened:
    """A whole index as it was committed, open: never changed by later commits."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        self.identity = generations.identity(generation)
        self.stamp = generations.stamp_of(generation)
        self.segments: list[Segment] = []
        self.among: tuple[array[int], int, Mask] | None = None
        """The rows that the last question was asked among, how many, and which papers they are: of the 9 ms that an
        answer takes, 1 to 3 went into finding that out at each letter."""
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        self.rids: NDArray[np.int64] = np.concatenate([s.rids for s in self.segments] or [np.zeros(0, np.int64)])
        lengths = np.concatenate([s.lengths for s in self.segments] or [np.zeros(0, np.float32)])
        self.lengths: NDArray[np.float32] = lengths
        self.alive = np.ones(len(self.rids), np.bool_)
        for segment in self.segments:
            self.alive[segment.base + segment.gone] = False
        self.papers = int(self.alive.sum())
        self.abbreviations = abbreviations.Abbreviations([s.abbreviations for s in self.segments], self.papers)
        # Whole numbers, so that the mean is the same however the papers lie in segments.
        total = float(lengths[self.alive].astype(np.int64).sum())
        self.mean_length = total / self.papers if total else 1.0

    def _open(self) -> None:
        for name in self.stamp.files:
            if not name.endswith((".pst", ".trm", LEXICON)):
                _check(self.generation, name, self.stamp.files[name])
        contents = TOC.read(FileStorage(str(self.generation)), NAME, schema=fields.schema())
        base = 0
        for segment in contents.segments:
            opened = Segment(self.generation, segment, base)
            self.segments.append(opened)
            if not len(opened.rids) == len(opened.lengths) == segment.doc_count_all():
                raise ValueError("the numbers of a segment do not fit its papers")
            base += len(opened.rids)

    def close(self) -> None:
        """Let the files go."""
        for segment in self.segments:
            segment.close()
        self.segments = []


def guarded(folder: Path, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call what reads the index: whatever a damaged index raises becomes IndexDamaged.

    Whoosh and pickle raise nearly anything over damaged files; what cannot come from them passes.
    """
    try:
        return read(*args, **kwargs)
    except (PaperReaderError, MemoryError):
        raise
    except Exception as error:
        raise generations.damaged(folder, f"reading it failed ({type(error).__name__})") from error


class _Mapped(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Files mapped into memory; Whoosh's own storage copies what it maps, or reads with two calls a number."""

    def open_file(self, name: str, **_: object) -> StructFile:
        path = Path(self.folder) / name
        if not path.stat().st_size:
            raise EOFError(f"{name} is empty")
        with path.open("rb") as file:
            return _MappedFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)


class _MappedFile(StructFile):  # type: ignore[misc]  # Whoosh has no types
    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        self.file = mapped
        self._name = name
        self.onclose = None
        self.is_closed = False
        self.is_real = False

    def get(self, position: int, length: int) -> bytes:
        return self.file[position : position + length]


def rids_of(generation: Path, segment: Any) -> NDArray[np.int64]:
    """The rows of the papers of a committed segment, by place in it."""
    return _numbers(generation, segment, fields.RID, ">i8").astype(np.int64)


def _numbers(folder: Path, segment: Any, field: str, kind: str) -> NDArray[Any]:
    return np.frombuffer((folder / segment.codec().column_filename(segment, field)).read_bytes(), kind)


def _check(generation: Path, name: str, want: tuple[int, int]) -> None:
    if generations.checksum(generation / name) != want:
        raise ValueError(f"{name} has changed")


def _decoded(matcher: Any, base: int) -> Postings:
    """All blocks of a posting list. Raises nearly anything where the index is damaged."""
    ids: list[Papers] = []
    weights: list[Counts] = []
    while True:
        matcher._read_data()
        deltas, counts, _ = matcher._data
        papers = np.cumsum(np.fromiter(deltas, np.int32, len(deltas)), dtype=np.int32)
        ids.append(papers)
        if counts is None or isinstance(counts, float):
            weights.append(np.full(len(papers), counts or 1.0, np.float32))
        else:
            weights.append(np.fromiter(counts, np.float32, len(papers)))
        if matcher._lastblock:
            break
        matcher._next_block()
    papers = ids[0] if len(ids) == 1 else np.concatenate(ids)
    return Postings(papers + np.int32(base), weights[0] if len(weights) == 1 else np.concatenate(weights))
