"""Making the papers' vectors: finding those that are missing or of an older text, and making them, most wanted first.

A long work (11 papers a second on one core): it may end at any moment, and what was made stays made.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import numpy as np

from paperreader.errors import SearchError
from paperreader.search.document import Document
from paperreader.search.locking import writing
from paperreader.search.masks import rows_of
from paperreader.search.sentence_model import SentenceModel, fingerprint
from paperreader.search.vectors import Appending, Stored, digest, meant, rewrite

# Papers that are put in the file together, some six seconds' work; sorted by length, they are filled up less.
_TOGETHER = 64
_AT_ONCE = 16
# Above this share of records that count no more the file is written anew.
_SUPERSEDED = 0.3


def stale(path: Path, model: Path, documents: Iterable[Document]) -> list[int]:
    """Of these papers those whose vector is missing or of another text, in this order.

    Reads them all: some 4 s for 95,311 papers. Raises ModelUnusable, and what `documents` raises.
    """
    stored = Stored(path, fingerprint(model))
    stored.refresh()
    known = stored.texts()
    return [document.rid for document in documents if known.get(document.rid) != digest(document)]


def make(path: Path, model: Path, documents: Iterable[Document], keep: Sequence[int] | None = None) -> Generator[int]:
    """Make a vector for each document; yields how many are made, every few seconds, first 0.

    `keep` are the papers that there are (None: all that have a vector); others' vectors go. Closing the generator early
    keeps what was made. Raises ModelUnusable, IndexBusy while another process is at it, SearchError where the file
    cannot be written.
    """
    opened = SentenceModel(model)
    name = fingerprint(model)
    with writing(path.parent), _writable(path):
        _tidy(path, name, opened.size, keep)
        yield 0
        made = 0
        rest = iter(documents)
        with closing(Appending(path, name, opened.size)) as file:
            while batch := list(islice(rest, _TOGETHER)):
                batch.sort(key=lambda document: len(document.text))
                for low in range(0, len(batch), _AT_ONCE):
                    part = batch[low : low + _AT_ONCE]
                    file.add(
                        [document.rid for document in part], map(digest, part), opened.encode(list(map(meant, part)))
                    )
                made += len(batch)
                yield made


def _tidy(path: Path, model: str, size: int, keep: Sequence[int] | None) -> None:
    """Write the file anew where too much of it is of no use."""
    stored = Stored(path, model)
    stored.refresh()
    kept = np.isin(stored.rids, stored.rids if keep is None else rows_of(keep))
    useless = stored.superseded + int((~kept).sum())
    if useless > _SUPERSEDED * max(1, len(stored.rids)):
        rewrite(path, model, size, stored.kept()[kept])


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise SearchError(f"{path} cannot be written: {reason}.", "Words find as before.") from error
