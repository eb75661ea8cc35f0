"""What a question finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from paperreader.search.document import Document, Text
from paperreader.search.finding import Finder
from paperreader.search.indexing import rebuild, update

PAPERS = [
    Document(1, "BootsTAP: Bootstrapped Training", ("Carl Doersch",), "A tracker for points.", ()),
    Document(2, "Graph neural networks", ("Yann LeCun",), "Networks over graphs are tracked.", ("graphs",)),
]


def texts(rids: Sequence[int]) -> Mapping[int, Text]:
    return {d.rid: Text(d.title, d.text, d.authors) for d in PAPERS if d.rid in rids}


def test_what_was_put_in_is_found(tmp_path: Path) -> None:
    assert list(rebuild(tmp_path / "index", PAPERS[:1], library="one", heard=1)) == [1, -1]
    update(tmp_path / "index", PAPERS[1:], (), library="one", heard=2)
    finder = Finder(tmp_path / "index", library="one", texts=texts)
    found = finder.find("tracking graph")
    assert list(found.ids) == [2, 1] or list(found.ids) == [2]
    assert found.marker.spans("tracked graphs") == ((0, 7), (8, 14))
    assert list(finder.find("boots tap").ids) == [1]
    finder.close()
