"""Small libraries for tests: papers in, an index and a finder out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from paperreader.search.document import Document, Text
from paperreader.search.finding import Finder
from paperreader.search.indexing import rebuild, update

LIBRARY = "5e1f"


def paper(
    rid: int, title: str = "", text: str = "", authors: Sequence[str] = (), keywords: Sequence[str] = ()
) -> Document:
    return Document(rid, title, tuple(authors), text, tuple(keywords))


class Shelf:
    """Papers, their index, and a finder over it that reads texts from the papers."""

    def __init__(self, folder: Path, documents: Iterable[Document] = ()) -> None:
        self.folder = folder / "index"
        self.papers: dict[int, Document] = {}
        self.read = 0
        self.rebuild(documents)
        self.finder = Finder(self.folder, library=LIBRARY, texts=self.texts)

    def texts(self, rids: Sequence[int]) -> Mapping[int, Text]:
        self.read += len(rids)
        found = (self.papers[rid] for rid in rids if rid in self.papers)
        return {d.rid: Text(d.title, d.text, d.authors) for d in found}

    def rebuild(self, documents: Iterable[Document]) -> list[int]:
        self.papers = {document.rid: document for document in documents}
        return list(rebuild(self.folder, self.papers.values(), library=LIBRARY, heard=0))

    def update(self, documents: Iterable[Document] = (), gone: Iterable[int] = (), heard: int = 1) -> None:
        documents, gone = list(documents), list(gone)
        self.papers |= {document.rid: document for document in documents}
        for rid in gone:
            self.papers.pop(rid, None)
        update(self.folder, documents, gone, library=LIBRARY, heard=heard)

    def ids(self, question: str, *, finished: bool = True) -> list[int]:
        return list(self.finder.find(question, finished=finished).ids)


def rebuilt(folder: Path, documents: Sequence[Document]) -> Shelf:
    """All papers in one segment."""
    return Shelf(folder, documents)


def caught_up(folder: Path, documents: Sequence[Document]) -> Shelf:
    """The same papers in several segments, after some were something else and some others were removed."""
    shelf = Shelf(folder, [paper(document.rid, "Formerly another title") for document in documents[::2]])
    shelf.update([paper(10_000 + i, "A paper to be removed") for i in range(3)])
    third = max(1, len(documents) // 3)
    for start in range(0, len(documents), third):
        shelf.update(documents[start : start + third])
    shelf.update(gone=[10_000, 10_001, 10_002], heard=9)
    return shelf


WAYS = [rebuilt, caught_up]
