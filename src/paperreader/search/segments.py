"""Writing segments the fast way: postings are collected in flat arrays and handed to Whoosh's codec as whole blocks.

Whoosh's own writer sorts a tuple a posting in a pool on disk (269 s and 549 MB for 95,311 papers). Here a paper's
words are three array extensions, one stable sort brings them in order, and each word is written at once.

With `postings`, the only file that touches Whoosh's inside: its codec's writers are private by habit, and frozen.
"""

from __future__ import annotations

import contextlib
import os
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files

from paperreader.search import abbreviations, fields, lexicon
from paperreader.search.document import Document

NAME = "MAIN"
LEXICON = ".words"
"""How a lexicon's file ends: named like a segment's own files, Whoosh removes it with them."""

ABBREVIATIONS = ".short"
"""How the file of a segment's abbreviations ends, likewise."""

# Larger blocks are decoded faster a posting; no block is ever skipped, so their number is all that counts.
_BLOCK = 4096
# Under this many postings compressing costs more than it saves.
_COMPRESSED_FROM = 64
_MOST = 0xFFFF


class Batch:
    """The papers of one segment in the making. About 15 bytes a posting."""

    def __init__(self) -> None:
        self.rids = array("q")
        self.lengths = array("I")
        self.abbreviations: abbreviations.Introduced = Counter()
        self._bags = {name: _Bag() for name in fields.BAGS}

    def __len__(self) -> int:
        return len(self.rids)

    def add(self, document: Document) -> None:
        """Take a paper in."""
        bags = fields.bags(document)
        for name, bag in self._bags.items():
            bag.add(bags[name])
        if "(" in document.text or "(" in document.title:
            self.abbreviations.update(set(abbreviations.introduced(f"{document.title}\n{document.text}")))
        self.rids.append(document.rid)
        self.lengths.append(min(bags[fields.ALL].total(), 0xFFFFFFFF))

    def bags(self) -> Iterator[tuple[str, _Bag]]:
        """The fields in Whoosh's order; each is handed over, to be let go as soon as it is written."""
        while self._bags:
            name = next(iter(self._bags))
            yield name, self._bags.pop(name)


class _Bag:
    """The words of one field: which word, how often, paper after paper."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._terms = array("I")
        self._weights = array("H")
        self._sizes = array("I")

    def add(self, counts: dict[str, int]) -> None:
        self._terms.extend(map(self._numbers.__getitem__, counts))
        try:
            self._weights.extend(array("H", counts.values()))
        except OverflowError:
            self._weights.extend(min(n, _MOST) for n in counts.values())
        self._sizes.append(len(counts))

    def postings(self) -> Iterator[tuple[str, NDArray[np.uint32], NDArray[np.uint16]]]:
        """Each word by the alphabet, with its papers (ascending) and its counts there. Empties the bag."""
        terms = np.frombuffer(self._terms, np.uint32) if self._terms else np.zeros(0, np.uint32)
        papers = np.repeat(np.arange(len(self._sizes), dtype=np.uint32), self._sizes)
        order = np.argsort(terms, kind="stable")
        ends = np.cumsum(np.bincount(terms, minlength=len(self._numbers)))
        papers = papers[order]
        weights = np.array(self._weights, np.uint16)[order] if self._weights else np.zeros(0, np.uint16)
        del order, terms
        self._terms = self._weights = self._sizes = array("H")
        for word, number in sorted(self._numbers.items()):
            low, high = int(ends[number - 1]) if number else 0, int(ends[number])
            yield word, papers[low:high], weights[low:high]


class _Blocks(whoosh3.W3PostingsWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer of posting lists, given whole blocks instead of one posting after another."""

    def add_list(self, papers: NDArray[np.uint32], weights: NDArray[np.uint16]) -> None:
        last = len(papers) - 1
        for low in range(0, len(papers), _BLOCK):
            self._ids = papers[low : low + _BLOCK].tolist()
            self._weights = weights[low : low + _BLOCK].tolist()
            self._maxweight = max(self._weights)
            self._minlength = self._maxlength = 1
            self._compression = 3 if len(self._ids) >= _COMPRESSED_FROM else 0
            self._write_block(last=low + _BLOCK > last)

    def _mini_weights(self) -> tuple[int, ...] | float | None:
        weights = self._weights
        if self._maxweight == 1:
            return None
        return float(self._maxweight) if min(weights) == self._maxweight else tuple(weights)


class Writer:
    """One commit to the Whoosh index in a folder. Segments are never merged.

    Only one may exist at a time: hold `locking.writing`. Raises OSError; what is committed stays as it was.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._storage = FileStorage(str(folder))
        self._schema = fields.schema()
        self._codec = whoosh3.W3Codec(blocklimit=_BLOCK)
        self.commit_number = TOC._latest_generation(self._storage, NAME)
        self.segments: list[Any] = []
        if self.commit_number >= 0:
            self.segments = TOC.read(self._storage, NAME, schema=self._schema).segments
        self._new: list[Any] = []

    def add(self, batch: Batch) -> None:
        """Write a segment of these papers; it counts from `commit` on. The batch is used up."""
        segment = self._codec.new_segment(self._storage, NAME)
        self._new.append(segment)
        segment.set_doc_count(len(batch))
        self._write_numbers(segment, batch)
        abbreviations.write(self._folder / segment.make_filename(ABBREVIATIONS), batch.abbreviations)
        lexicon.write(self._folder / segment.make_filename(LEXICON), self._write_bags(segment, batch))

    def remove(self, segment: Any, papers: Iterable[int]) -> None:
        """Mark papers of a committed segment as gone, by their place in it."""
        for paper in papers:
            segment.delete_document(int(paper))

    def drop(self, segments: Sequence[Any]) -> None:
        """Leave these committed segments out, from `commit` on: their papers are written again in another."""
        self.segments = [segment for segment in self.segments if segment not in segments]

    def write_contents(self) -> None:
        """Make all durable and put Whoosh's table of contents in place: from here on it is committed."""
        together = [*self.segments, *self._new]
        for segment in self._new:
            for name in segment.list_files(self._storage):
                _make_durable(self._folder / name)
        TOC(self._schema, together, self.commit_number + 1).write(self._storage, NAME)
        self.commit_number += 1
        self.segments, self._new = together, []
        _make_durable(self._folder / self.contents_name)

    def clean(self) -> None:
        """Remove former tables of contents, and what killed writers left."""
        clean_files(self._storage, NAME, self.commit_number, self.segments)
        self._remove(lambda name: name.startswith(f"_{NAME}_") and name != self.contents_name)

    @property
    def contents_name(self) -> str:
        """The file name of the table of contents."""
        return str(TOC._filename(NAME, self.commit_number))

    def files(self) -> list[str]:
        """The names of all files of what is committed."""
        return [*(name for segment in self.segments for name in segment.list_files(self._storage)), self.contents_name]

    def cancel(self) -> None:
        """Remove what was written and not committed."""
        for segment in self._new:
            for name in segment.list_files(self._storage):
                (self._folder / name).unlink(missing_ok=True)
        self._remove(lambda name: ".toc." in name)

    def _remove(self, unwanted: Callable[[str], bool]) -> None:
        for name in filter(unwanted, self._storage.list()):
            (self._folder / name).unlink(missing_ok=True)

    def _write_numbers(self, segment: Any, batch: Batch) -> None:
        """The two columns, as Whoosh's `NumericColumn` packs them: one number after another, big end first."""
        columns = (fields.RID, np.array(batch.rids, ">i8")), (fields.LENGTH, np.array(batch.lengths, ">u4"))
        for name, numbers in columns:
            (self._folder / self._codec.column_filename(segment, name)).write_bytes(numbers.tobytes())

    def _write_bags(self, segment: Any, batch: Batch) -> list[dict[str, int]]:
        """Write terms and postings; the frequencies of each field's words come out."""
        frequencies: list[dict[str, int]] = []
        writer = self._codec.field_writer(self._storage, segment)
        with contextlib.closing(writer):
            for name, bag in batch.bags():
                writer.start_field(name, self._schema[name])
                writer._postwriter = blocks = _Blocks(writer._postfile, blocklimit=_BLOCK)
                counts: dict[str, int] = {}
                for word, papers, weights in bag.postings():
                    writer.start_term(word.encode())
                    blocks.add_list(papers, weights)
                    writer.finish_term()
                    counts[word] = len(papers)
                writer.finish_field()
                frequencies.append(counts)
        return frequencies


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
