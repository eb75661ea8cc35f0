"""Writing the index: what is in, what it says of itself, and what happens when anything goes wrong."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperreader.errors import IndexBusy, IndexDamaged, SearchError
from paperreader.search import generations, indexing, segments
from paperreader.search.document import Document
from paperreader.search.finding import Finder
from paperreader.search.indexing import check, is_being_written, rebuild, update, verify, writing
from tests.search.shelf import LIBRARY, Shelf, paper

PAPERS = [paper(rid, f"Paper number{rid} on graphs", "Text " + "word " * rid, ["Ann Author"]) for rid in range(1, 40)]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path, PAPERS)
    yield shelf
    shelf.finder.close()


def generation_folders(shelf: Shelf) -> list[str]:
    return sorted(path.name for path in shelf.folder.iterdir() if path.name.startswith("g-"))


# What is in.


def test_the_stamp_says_what_is_in(shelf: Shelf) -> None:
    stamp = check(shelf.folder, library=LIBRARY)
    assert (stamp.heard, stamp.papers, stamp.segments, stamp.gone) == (0, 39, 1, 0)
    shelf.update([paper(1, "Changed"), paper(50, "New")], gone=[2, 777], heard=7)
    stamp = check(shelf.folder, library=LIBRARY)
    assert (stamp.heard, stamp.papers, stamp.segments, stamp.gone) == (7, 39, 2, 2)


def test_a_change_takes_the_place_of_what_was_there(shelf: Shelf) -> None:
    shelf.update([paper(1, "Zebra")], gone=[2])
    assert shelf.ids("zebra") == [1]
    assert shelf.ids("number1") == []
    assert shelf.ids("number2") == []


def test_the_same_change_twice_is_the_same_as_once(shelf: Shelf) -> None:
    for _ in range(2):
        shelf.update([paper(1, "Zebra"), paper(60, "Zebra too")], gone=[2], heard=3)
    assert set(shelf.ids("zebra")) == {1, 60}
    assert check(shelf.folder, library=LIBRARY).papers == 39


def test_of_one_paper_twice_in_a_change_the_last_counts(shelf: Shelf) -> None:
    update(shelf.folder, [paper(1, "Zebra"), paper(1, "Yak")], (), library=LIBRARY, heard=1)
    assert shelf.ids("zebra") == []
    assert shelf.ids("yak") == [1]


def test_a_paper_both_changed_and_gone_is_in(shelf: Shelf) -> None:
    update(shelf.folder, [paper(1, "Zebra")], [1], library=LIBRARY, heard=1)
    assert shelf.ids("zebra") == [1]


def test_nothing_changed_still_says_what_was_heard(shelf: Shelf) -> None:
    update(shelf.folder, (), (), library=LIBRARY, heard=99)
    stamp = check(shelf.folder, library=LIBRARY)
    assert (stamp.heard, stamp.segments) == (99, 1)


def test_all_papers_can_go(shelf: Shelf) -> None:
    shelf.update(gone=range(1, 40))
    assert shelf.ids("graphs") == []
    assert shelf.ids("") == []


def test_rows_may_be_as_large_as_sqlite_has_them(shelf: Shelf) -> None:
    shelf.update([paper(2**62, "Zebra")])
    assert shelf.ids("zebra") == [2**62]


def test_a_word_may_stand_very_often(shelf: Shelf) -> None:
    shelf.update([paper(70, "Zebra", "zebra " * 70_000)])
    assert shelf.ids("zebra") == [70]


def test_progress_is_told_and_the_silent_end_announced(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.rebuild(paper(rid, "x") for rid in range(600)) == [250, 500, 600, indexing.WRITING]
    assert shelf.rebuild([]) == [indexing.WRITING]


def test_a_large_library_lies_in_several_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_SEGMENT", 10)
    shelf = Shelf(tmp_path, PAPERS)
    assert check(shelf.folder, library=LIBRARY).segments == 4
    assert len(shelf.ids("graphs")) == 39
    verify(shelf.folder)


# Whose it is.


def test_an_index_is_asked_for_by_its_library(shelf: Shelf) -> None:
    with pytest.raises(IndexDamaged, match="another library"):
        check(shelf.folder, library="other")
    with pytest.raises(IndexDamaged, match="another library"):
        update(shelf.folder, (), (), library="other", heard=0)


def test_an_index_of_another_shape_is_built_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "SHAPE", "999")
    with pytest.raises(IndexDamaged, match="shape"):
        check(shelf.folder, library=LIBRARY)


def test_there_is_no_index_to_change(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="there is none yet"):
        update(tmp_path / "none", PAPERS, (), library=LIBRARY, heard=0)


def test_the_folder_is_private(shelf: Shelf) -> None:
    assert shelf.folder.stat().st_mode & 0o777 == 0o700


# Damage.

Harm = Callable[[Path], None]


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def removed(path: Path) -> None:
    path.unlink()


def filled(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


@pytest.mark.parametrize("harm", [truncated, zeroed, emptied, removed, filled])
@pytest.mark.parametrize("updated", [False, True])
def test_every_file_of_the_index_harmed_in_turn_is_noticed(tmp_path: Path, harm: Harm, updated: bool) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    if updated:
        shelf.update([paper(80, "Zebra on graphs")])
    expected = shelf.ids("graphs")
    whole = tmp_path / "whole"
    shutil.copytree(shelf.folder, whole)
    names = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
    assert len(names) >= 9
    for name in names:
        shutil.rmtree(shelf.folder)
        shutil.copytree(whole, shelf.folder)
        harm(shelf.folder / name)
        finder = Finder(shelf.folder, library=LIBRARY, texts=shelf.texts)
        if name.name == "lock":
            assert list(finder.find("graphs", finished=True).ids) == expected
        else:
            with pytest.raises(IndexDamaged):
                finder.find("graphs", finished=True)
        finder.close()


def test_one_changed_bit_anywhere_is_found_at_leisure(shelf: Shelf) -> None:
    verify(shelf.folder)
    for path in generations.current(shelf.folder).iterdir():
        if path.name == "stamp.json":
            continue
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        with pytest.raises(IndexDamaged, match="has changed"):
            verify(shelf.folder)
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    verify(shelf.folder)


def test_a_pointer_out_of_the_folder_is_not_followed(shelf: Shelf) -> None:
    (shelf.folder / "current").write_text("../elsewhere")
    with pytest.raises(IndexDamaged, match="names no generation"):
        check(shelf.folder, library=LIBRARY)


@pytest.mark.parametrize("content", [b"[]", b"{}", b"\xff", b'{"files": {"a": 1}}', b"[" * 100_000, b'{"files": []}'])
def test_a_stamp_that_is_none_is_damage(shelf: Shelf, content: bytes) -> None:
    (generations.current(shelf.folder) / "stamp.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="stamp is unreadable"):
        check(shelf.folder, library=LIBRARY)


# One writer.


def test_a_second_writer_is_told_to_wait(shelf: Shelf) -> None:
    said: list[BaseException] = []

    def other() -> None:
        try:
            update(shelf.folder, PAPERS, (), library=LIBRARY, heard=1)
        except IndexBusy as busy:
            said.append(busy)

    with writing(shelf.folder):
        assert is_being_written(shelf.folder)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        update(shelf.folder, [paper(1, "Zebra")], (), library=LIBRARY, heard=1)
    assert len(said) == 1
    assert not is_being_written(shelf.folder)
    assert shelf.ids("zebra") == [1]


def test_a_second_writer_waits_as_long_as_it_is_asked_to(shelf: Shelf) -> None:
    entered = threading.Event()

    def other() -> None:
        with writing(shelf.folder, wait=30):
            entered.set()

    with writing(shelf.folder):
        thread = threading.Thread(target=other)
        thread.start()
    thread.join()
    assert entered.is_set()


def test_who_looks_does_not_keep_writers_out(shelf: Shelf) -> None:
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            is_being_written(shelf.folder)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        for number in range(10):
            update(shelf.folder, [paper(1, f"Zebra{number}")], (), library=LIBRARY, heard=number)
    finally:
        done.set()
        thread.join()


def test_where_there_is_no_index_nobody_writes(tmp_path: Path) -> None:
    assert not is_being_written(tmp_path / "none")


# Ends that come too early.


def test_a_rebuild_that_is_given_up_changes_nothing(shelf: Shelf) -> None:
    before = generation_folders(shelf)
    building = rebuild(shelf.folder, (paper(rid, "Zebra") for rid in range(1000)), library=LIBRARY, heard=9)
    assert next(building) == 250
    assert shelf.ids("number3") == [3]
    building.close()
    assert generation_folders(shelf) == before
    assert not is_being_written(shelf.folder)
    assert check(shelf.folder, library=LIBRARY).heard == 0


def test_a_rebuild_whose_papers_fail_changes_nothing(shelf: Shelf) -> None:
    def failing() -> Iterator[Document]:
        yield paper(1, "Zebra")
        raise ValueError("the caller's own")

    before = generation_folders(shelf)
    with pytest.raises(ValueError, match="the caller's own"):
        list(rebuild(shelf.folder, failing(), library=LIBRARY, heard=9))
    assert generation_folders(shelf) == before
    assert shelf.ids("number3") == [3]


def test_an_old_generation_is_gone_after_a_rebuild_and_its_reader_goes_on(shelf: Shelf) -> None:
    old = generation_folders(shelf)
    shelf.finder.warm()
    opened = shelf.finder._opened
    shelf.rebuild([paper(1, "Zebra")])
    assert generation_folders(shelf) != old
    assert len(generation_folders(shelf)) == 1
    assert opened is not None
    assert len(opened.segments[0].postings("title", "graphs").papers) == 39
    assert shelf.ids("zebra") == [1]


def test_a_full_disk_is_told_and_the_old_index_stays(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(segments, "_make_durable", full)
    names = sorted(path.name for path in generations.current(shelf.folder).iterdir())
    with pytest.raises(SearchError, match="No room"):
        update(shelf.folder, [paper(1, "Zebra")], (), library=LIBRARY, heard=1)
    with pytest.raises(SearchError, match="No room"):
        list(rebuild(shelf.folder, [paper(1, "Zebra")], library=LIBRARY, heard=1))
    assert sorted(path.name for path in generations.current(shelf.folder).iterdir()) == names
    assert len(generation_folders(shelf)) == 1
    assert shelf.ids("number1") == [1]
    verify(shelf.folder)


def test_a_disk_that_is_full_at_the_very_end_leaves_what_was_committed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    durable = segments._make_durable

    def full(path: Path) -> None:
        if path.suffix == ".toc":
            raise OSError(errno.ENOSPC, "No space left on device")
        durable(path)

    with monkeypatch.context() as patch:
        patch.setattr(segments, "_make_durable", full)
        with pytest.raises(SearchError, match="No room"):
            update(shelf.folder, [paper(1, "Zebra")], (), library=LIBRARY, heard=1)
    assert len(shelf.ids("graphs")) in (38, 39)
    update(shelf.folder, [paper(1, "Zebra")], (), library=LIBRARY, heard=1)
    assert shelf.ids("zebra") == [1]
    verify(shelf.folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes read-only folders too")
def test_a_read_only_folder_can_be_asked_and_not_written(shelf: Shelf) -> None:
    shelf.folder.chmod(0o500)
    try:
        assert shelf.ids("number3") == [3]
        assert check(shelf.folder, library=LIBRARY).papers == 39
    finally:
        shelf.folder.chmod(0o700)


def test_what_cannot_be_a_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SearchError, match="A file stands where the folder"):
        list(rebuild(tmp_path / "file" / "index", PAPERS, library=LIBRARY, heard=0))


KILLED = """
import os, signal, sys
from pathlib import Path
from paperreader.search import generations, indexing, segments
from paperreader.search.document import Document
folder, place, work = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
module, _, name = place.rpartition(".")
owner = {"segments.Writer": segments.Writer, "segments": segments, "generations": generations}[module]
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, die)
papers = [Document(rid, "Zebra on graphs", (), "", ()) for rid in range(1, 600)]
if work == "update":
    indexing.update(folder, papers, (), library="5e1f", heard=5)
else:
    list(indexing.rebuild(folder, papers, library="5e1f", heard=5))
"""
PLACES = ["segments.Writer._write_numbers", "segments._make_durable", "segments.Writer.write_contents"]
PLACES += ["generations.write_stamp", "segments.Writer.clean"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("work", ["update", "rebuild"])
def test_killed_at_any_moment_the_committed_index_stays_in_use(shelf: Shelf, place: str, work: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(shelf.folder), place, work], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    stamp = check(shelf.folder, library=LIBRARY)
    assert not is_being_written(shelf.folder)
    # Killed between Whoosh's commit and the stamp, the papers are in, and are heard again.
    committed = work == "update" and place in PLACES[3:]
    assert len(shelf.ids("graphs")) == (599 if committed else 39)
    assert stamp.heard == (5 if work == "update" and place == PLACES[-1] else 0)
    update(shelf.folder, [paper(1000, "Yak")], (), library=LIBRARY, heard=6)
    assert shelf.ids("yak") == [1000]
    assert len(generation_folders(shelf)) == 1
    stamp = check(shelf.folder, library=LIBRARY)
    stray = {path.name for path in generations.current(shelf.folder).iterdir()} - set(stamp.files)
    assert stray == {"stamp.json"}
    verify(shelf.folder)


def test_looking_at_the_index_brings_neither_whoosh_nor_numpy(shelf: Shelf) -> None:
    code = (
        "import sys; from pathlib import Path; from paperreader.search import indexing;"
        f"indexing.check(Path({str(shelf.folder)!r}), library={LIBRARY!r}); indexing.is_being_written(Path('x'));"
        "import paperreader.search.highlighting, paperreader.search.parsing;"
        "print([name for name in ('whoosh', 'numpy') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ended.stdout.strip() == "[]"
