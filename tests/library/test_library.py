"""A library from its first start on: the starter papers, acts in sentences, the index that follows, two at once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from paperreader.errors import LibraryReadOnly, StoreError, UnknownPaper
from paperreader.library import Library, backups, restore_backup
from paperreader.library.untold import FROM_TITLES
from paperreader.paper import View
from paperreader.paths import Paths

STARTER = 247


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path / "home")


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    library = Library.open(paths)
    yield library
    library.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the starter library, indexed: copied, it is there in a moment."""
    home = tmp_path_factory.mktemp("template") / "home"
    library = Library.open(Paths.under(home))
    exhaust(library.catch_up())
    library.close()
    return home


@pytest.fixture
def indexed(template: Path, paths: Paths) -> Iterator[Library]:
    assert paths.home is not None
    shutil.copytree(template, paths.home)
    library = Library.open(paths)
    yield library
    library.close()


def exhaust(news: Iterator[object]) -> None:
    for _ in news:
        pass


def jsonl(path: Path, *papers: Mapping[str, object]) -> Path:
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
    return path


def test_a_new_library_has_the_starter_papers_all_unread(library: Library) -> None:
    counts = library.counts()
    assert counts[View.ALL] == counts[View.UNREAD] == STARTER
    assert counts[View.TRENDING] == counts[View.NEW] == counts[View.BOOKMARKS] == 0
    paper = library.paper(library.resolve("2402.00847"))
    assert paper is not None
    assert paper.sources == ("starter",)
    assert paper.text_is_summary


def test_a_start_that_was_killed_before_the_starter_papers_brings_them_the_next_time(paths: Paths) -> None:
    Library.open(paths, starter=False).close()
    library = Library.open(paths)
    assert library.counts()[View.ALL] == STARTER
    library.close()


def test_a_library_begun_by_an_import_has_what_was_imported_only(paths: Paths, tmp_path: Path) -> None:
    first = Library.open(paths, starter=False)
    exhaust(first.import_files([jsonl(tmp_path / "x.jsonl", {"id": "a", "title": "A"})]))
    first.close()
    again = Library.open(paths)
    assert again.counts()[View.ALL] == 1
    again.close()


def test_an_import_that_is_refused_leaves_a_new_library_to_its_starter_papers(paths: Paths, tmp_path: Path) -> None:
    first = Library.open(paths, starter=False)
    with pytest.raises(Exception, match="line 1"):
        exhaust(first.import_files([jsonl(tmp_path / "x.jsonl", {"title": "no name"}, {"title": "no other"})]))
    assert first.counts()[View.ALL] == 0
    first.close()
    again = Library.open(paths)
    assert again.counts()[View.ALL] == STARTER
    again.close()


def test_opening_what_is_not_there_without_making_it_says_so(paths: Paths) -> None:
    with pytest.raises(StoreError, match="There is no library"):
        Library.open(paths, create=False)
    assert not paths.data.exists()


def test_a_place_that_cannot_be_made_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="--home"):
        Library.open(Paths.under(tmp_path / "file" / "home"))


def test_the_page_of_trending_papers_over_the_starter_library_is_247_papers_with_abstracts(
    library: Library, shared: Callable[[str], Path]
) -> None:
    exhaust(library.import_files([shared("seed/trending-page.txt")]))
    assert library.counts()[View.ALL] == STARTER
    papers = list(library.papers(library.listing(View.ALL)))
    assert all(paper.abstract and not paper.text_is_summary for paper in papers)
    assert all(paper.arxiv_id and paper.sources == ("starter", "import") for paper in papers)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("2402.00847", "2402.00847"),
        (" arXiv:2402.00847v3 ", "2402.00847"),
        ("https://arxiv.org/pdf/2402.00847v1.pdf", "2402.00847"),
        ("https://huggingface.co/papers/2402.00847", "2402.00847"),
    ],
)
def test_a_paper_is_meant_by_its_id_and_by_links_to_it(library: Library, text: str, bare: str) -> None:
    paper = library.paper(library.resolve(text))
    assert paper is not None
    assert paper.id == bare


def test_an_unknown_id_is_said_without_its_control_characters(library: Library) -> None:
    with pytest.raises(UnknownPaper, match="no-such") as caught:
        library.resolve("no-such\x1b[31m")
    assert "\x1b" not in str(caught.value)


def test_acts_are_told_in_sentences(library: Library) -> None:
    one, two, *_ = library.listing(View.ALL)
    assert library.bookmark([one]).sentence.startswith("Bookmarked “")
    assert library.bookmark([one]).sentence == "Bookmarked already."
    assert library.mark_read([one, two]).sentence == "Marked 2 papers read."
    undone = library.undo()
    assert undone is not None
    assert undone.sentence == "Undone: marked 2 papers read."
    redone = library.redo()
    assert redone is not None
    assert redone.sentence == "Redone: marked 2 papers read."
    assert library.remove([one]).what == "remove"
    assert library.counts()[View.BOOKMARKS] == 0
    library.restore([one])
    assert library.counts()[View.BOOKMARKS] == 1


def test_the_starter_library_is_switched_off_and_on_and_removed(library: Library) -> None:
    kept = library.listing(View.ALL)[:1]
    library.bookmark(kept)
    assert library.starter(False) == STARTER - 1
    assert list(library.listing(View.ALL)) == list(kept)
    assert library.starter(True) == STARTER - 1
    assert library.starter(False, remove=True) == STARTER - 1
    assert library.starter(True) == STARTER - 1
    assert library.counts()[View.ALL] == STARTER


def test_the_starter_papers_stay_off_at_the_next_start(library: Library, paths: Paths) -> None:
    library.starter(False, remove=True)
    library.close()
    again = Library.open(paths)
    assert again.counts()[View.ALL] == 0
    again.close()


def test_without_an_index_titles_are_found_and_the_answer_says_so(library: Library) -> None:
    found = library.find("bootstrap diffusion")
    assert found.total > 0
    assert found.remarks == (FROM_TITLES,)
    assert found.marker.spans(library.rows(found.ids)[0].title)


def test_an_empty_question_is_everything_in_the_views_order(indexed: Library) -> None:
    everything = indexed.listing(View.ALL)
    assert indexed.find("  ").ids == everything
    assert indexed.find("  ", among=everything[:5]).total == 5


def test_the_index_follows_every_change(indexed: Library, tmp_path: Path) -> None:
    assert indexed.index_state().lag == 0
    exhaust(indexed.import_files([jsonl(tmp_path / "x.jsonl", {"id": "a", "title": "Zyzzyva weevils"})]))
    assert indexed.index_lag() == 1
    assert indexed.find("zyzzyva").total == 0
    exhaust(indexed.catch_up())
    assert indexed.index_lag() == 0
    assert list(indexed.find("zyzzyva").ids) == [indexed.resolve("a")]
    exhaust(indexed.import_files([jsonl(tmp_path / "x.jsonl", {"id": "a", "title": "Aardvarks"})]))
    exhaust(indexed.catch_up())
    assert indexed.find("zyzzyva").total == 0
    assert indexed.find("aardvark").total == 1


def test_a_removed_paper_is_not_found_and_found_again_when_it_is_brought_back(indexed: Library) -> None:
    rid = indexed.resolve("2402.00847")
    indexed.remove([rid])
    assert rid not in indexed.find("bootstap tracking any point").ids
    indexed.restore([rid])
    assert indexed.find("bootstap tracking any point").ids[0] == rid


def test_a_deleted_index_loses_nothing_and_is_built_anew(indexed: Library, paths: Paths) -> None:
    rids = indexed.listing(View.ALL)[:3]
    indexed.bookmark(rids)
    before = indexed.find("bootstrap").ids
    shutil.rmtree(paths.index)
    assert indexed.index_state().lag == STARTER
    assert indexed.find("bootstrap").remarks == (FROM_TITLES,)
    exhaust(indexed.catch_up())
    assert indexed.find("bootstrap").ids == before
    assert set(indexed.listing(View.BOOKMARKS)) == set(rids)


def test_an_index_of_another_library_is_not_believed(indexed: Library, tmp_path: Path) -> None:
    other = Library.open(Paths.under(tmp_path / "other"))
    shutil.copytree(indexed.paths.index, other.paths.index)
    assert not other.index_state().usable
    assert other.find("bootstrap").remarks == (FROM_TITLES,)
    other.close()


def test_an_index_newer_than_a_backup_that_was_brought_back_is_not_believed(indexed: Library, tmp_path: Path) -> None:
    copy = indexed.back_up_daily()
    assert copy is not None
    exhaust(indexed.import_files([jsonl(tmp_path / "x.jsonl", {"id": "a", "title": "Zyzzyva"})]))
    exhaust(indexed.catch_up())
    indexed.close()
    paths = indexed.paths
    assert backups(paths) == [copy]
    assert restore_backup(paths, copy).aside is not None
    again = Library.open(paths)
    assert not again.index_state().usable
    exhaust(again.catch_up())
    assert again.find("zyzzyva").total == 0
    assert again.index_lag() == 0
    again.close()


def test_a_flipped_bit_in_the_index_is_found_at_leisure_and_the_index_built_anew(indexed: Library) -> None:
    assert indexed.verify_index()
    postings = max(indexed.paths.index.glob("g-*/*"), key=lambda file: file.stat().st_size)
    content = bytearray(postings.read_bytes())
    content[len(content) // 2] ^= 1
    postings.write_bytes(content)
    assert not indexed.verify_index()
    assert not indexed.index_state().usable
    exhaust(indexed.catch_up())
    assert indexed.verify_index()
    assert indexed.find("bootstrap").total


def test_a_word_of_the_note_is_found_and_shown_when_the_abstract_has_come(indexed: Library, tmp_path: Path) -> None:
    paper = {"arxiv_id": "2402.00847", "title": "BootsTAP", "abstract": "The abstract.", "summary": "A zyzzyva note."}
    exhaust(indexed.import_files([jsonl(tmp_path / "x.jsonl", paper)]))
    exhaust(indexed.catch_up())
    found = indexed.find('"zyzzyva note"')
    assert list(found.ids) == [indexed.resolve("2402.00847")]
    (passage,) = indexed.passages(found, found.ids, 60).values()
    assert [passage.text[a:b] for a, b in passage.spans] == ["zyzzyva note"]


def test_stopping_a_rebuild_leaves_the_old_index_in_use(indexed: Library) -> None:
    before = indexed.find("bootstrap").ids
    exhaust(indexed.reindex(stop=lambda: True))
    assert indexed.index_lag() == 0
    assert indexed.find("bootstrap").ids == before


def test_two_libraries_on_one_file_see_each_other(library: Library, paths: Paths) -> None:
    other = Library.open(paths)
    assert not library.changed_elsewhere()
    assert not library.changed_elsewhere()
    rid = other.listing(View.ALL)[0]
    other.bookmark([rid])
    assert library.changed_elsewhere()
    assert not library.changed_elsewhere()
    assert list(library.listing(View.BOOKMARKS)) == [rid]
    library.bookmark([rid], on=False)
    assert library.counts()[View.BOOKMARKS] == 0
    undone = other.undo()  # undo is the machine's, whichever of its programs did it
    assert undone is not None
    assert undone.what == "unbookmark"
    other.close()


def test_what_the_app_remembers_is_there_at_the_next_start(library: Library, paths: Paths) -> None:
    library.remember("theme", "nord")
    library.remember("view", "unread")
    library.remember("view", None)
    library.close()
    again = Library.open(paths)
    assert again.recall("theme") == "nord"
    assert again.recall("view") is None
    again.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to become a person who may not write")
def test_a_library_that_cannot_be_written_is_read(indexed: Library, tmp_path: Path) -> None:
    indexed.close()
    paths = indexed.paths
    for folder in [paths.home, *paths.home.rglob("*")] if paths.home else []:
        folder.chmod(0o555 if folder.is_dir() else 0o444)
    for parent in tmp_path.parents:
        if parent.name.startswith(("pytest", "popen")):
            parent.chmod(0o755)
    tmp_path.chmod(0o755)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # as nobody: root may write everywhere
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            told = _as_a_reader(paths)
        except BaseException as error:
            told = repr(error)
        os.write(writing, told.encode())
        os._exit(0)
    os.close(writing)
    told = os.read(reading, 65536).decode()
    os.close(reading)
    os.waitpid(child, 0)
    for folder in [paths.home, *paths.home.rglob("*")] if paths.home else []:
        folder.chmod(0o755 if folder.is_dir() else 0o644)
    assert told == "read, refused, found"


def _as_a_reader(paths: Paths) -> str:
    library = Library.open(paths)
    assert not library.writable
    assert library.notices
    assert library.counts()[View.ALL] == STARTER
    try:
        library.bookmark(library.listing(View.ALL)[:1])
    except LibraryReadOnly:
        pass
    else:
        return "a bookmark was taken that cannot be kept"
    library.remember("theme", "nord")
    assert library.back_up_daily() is None
    found = library.find("bootstrap")
    library.close()
    return "read, refused, found" if found.total and not found.remarks else f"found nothing: {found}"


_ON_A_FULL_DISK = """
import subprocess, sys
from pathlib import Path
from paperreader.errors import LibraryReadOnly
from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths

disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], check=True)
Library.open(Paths.under(disk / "home")).close()
fill = (disk / "fill").open("wb", buffering=0)
try:
    while fill.write(b"x" * 512):
        pass
except OSError:
    pass
library = Library.open(Paths.under(disk / "home"))
shown = library.listing(View.ALL)
assert len(shown) == 247 and len(library.rows(shown[:5])) == 5 and library.notices
try:
    library.bookmark(shown[:1])
except LibraryReadOnly as error:
    assert "room on its disk" in str(error)
else:
    raise AssertionError("a bookmark was kept where there is no room")
library.close()
"""


def test_a_full_disk_keeps_nobody_from_reading(tmp_path: Path) -> None:
    private = ["unshare", "--map-root-user", "--mount"]
    try:
        allowed = subprocess.run([*private, "mount", "-t", "tmpfs", "none", tmp_path], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no program unshare to make small disks with")
    if allowed.returncode:
        pytest.skip("this machine lets nobody make small disks")
    done = subprocess.run(
        [*private, sys.executable, "-c", _ON_A_FULL_DISK, tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
