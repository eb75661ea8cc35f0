from __future__ import annotations

import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from paperreader.errors import ExportError
from paperreader.library import Library
from paperreader.paper import IMPORT, Sighting, View
from paperreader.paths import Paths
from paperreader.store.recording import record


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(Paths.under(tmp_path / "home"), starter=False)


def told(library: Library, *titles: str, key: str = "") -> list[int]:
    before = set(library.listing(View.ALL))
    for title in titles:
        sighting = Sighting(
            source=IMPORT, id=title, title=title, authors=("Ann Lee",), published="2024", citation_key=key
        )
        list(record(library._database, [sighting], 1.0, revive=False))
    return sorted(set(library.listing(View.ALL)) - before)


def key(library: Library, rid: int) -> str:
    return library.cite(rid, "key")


def test_a_paper_keeps_its_key_whatever_it_is_exported_with(library: Library) -> None:
    first, second, third = told(library, "Deep things", "Deep thoughts", "Deep ends")
    assert key(library, second) == "lee2024deep"
    text = "".join(library.export([third, first, second], "bibtex"))
    assert [text.count(f"{{lee2024deep{suffix},") for suffix in ("", "b", "c")] == [1, 1, 1]
    given = [key(library, rid) for rid in (first, second, third)]
    assert len(set(given)) == 3 and given[1] == "lee2024deep"
    list(record(library._database, [Sighting(source=IMPORT, id="Deep things", title="Shallow")], 2.0, revive=False))
    told(library, *(f"Deep {number}" for number in range(40)))
    keys = [key(library, rid) for rid in library.listing(View.ALL)]
    assert len({known.lower() for known in keys}) == len(keys) == 43
    assert [key(library, rid) for rid in (first, second, third)] == given
    library.close()


def test_the_persons_own_keys_stay_where_they_are_free(library: Library) -> None:
    (mine,) = told(library, "Mine", key="MyOwn:2024")
    (other,) = told(library, "Other", key="myown:2024")
    assert key(library, mine) == "MyOwn:2024"
    assert key(library, other) == "lee2024other"
    library.close()


def test_a_library_that_cannot_be_written_exports_all_the_same(library: Library) -> None:
    rids = told(library, "Deep things", "Deep thoughts")
    library.writable = False
    text = "".join(library.export(rids, "bibtex"))
    assert "{lee2024deep," in text and "{lee2024deepb," in text
    library.close()


def test_lists_become_headings_in_their_own_order(library: Library) -> None:
    first, second, third = told(library, "One", "Two", "Three")
    library.keeping.add([second, first], "Thesis")
    library.keeping.tag([first], "rl")
    text = "".join(library.export([first, second, third], "markdown", title="All", by_list=True))
    places = [text.index(part) for part in ("# All", "## Thesis", "### Two", "### One", "## In no list", "### Three")]
    assert places == sorted(places) and "Tags: rl" in text
    assert "".join(library.export([first, second, third], "bibtex", by_list=True)).count("@misc") == 3
    library.close()


def test_one_paper_is_cited_in_every_style(library: Library) -> None:
    (rid,) = told(library, "On [things]")
    assert library.cite(rid).startswith("@misc{lee2024things,")
    assert library.cite(rid, "text") == "Lee, A. (2024). On [things]."
    for style in library.citation_styles():
        assert library.cite(rid, style).strip()
    with pytest.raises(ExportError, match="no citation style"):
        library.cite(rid, "vancouver")
    assert library.cite(10_000) == ""
    library.close()


@pytest.mark.parametrize("form", ["ris", "jsonl"])
def test_a_library_is_exported_in_bounded_memory(library: Library, form: str) -> None:
    many, words = 3000, "A long abstract. " * 190
    coming = [Sighting(source=IMPORT, id=f"p{n}", title=f"Paper{n}", abstract=f"{n} {words}") for n in range(many)]
    list(record(library._database, coming, 1.0, revive=False))
    del coming
    "".join(library.export(list(library.listing(View.ALL))[:300], form))  # what is loaded once
    tracemalloc.start()
    try:
        length = sum(map(len, library.export(library.in_lasting_order(library.listing(View.ALL)), form, by_list=True)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length > many * len(words) > 9_000_000
    assert peak < 6_000_000
    library.close()


_EXPORT = """
import sys
from pathlib import Path
from paperreader.exports.whole_file import put_in_place
def text():
    yield "half "
    print("writing", flush=True)
    sys.stdin.read()
put_in_place(Path(sys.argv[1]), text(), replace=True)
"""


@pytest.mark.parametrize("old", [None, "as it was"])
def test_a_killed_export_leaves_the_file_as_it_was(tmp_path: Path, old: str | None) -> None:
    target = tmp_path / "out.bib"
    if old is not None:
        target.write_text(old)
    process = subprocess.Popen(
        [sys.executable, "-c", _EXPORT, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None and process.stdout.readline() == b"writing\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (target.read_text() if target.exists() else None) == old
    if sys.platform == "linux":
        assert [path.name for path in tmp_path.iterdir()] == ([target.name] if old is not None else [])
