from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Program
from tests.cli.online import MakeWorld, make_world, settled
from tests.feeds.preprints import Preprint, serve

__all__ = ["make_world"]

KNOWN = Preprint("2401.01234", "A title from afar")


def test_ids_are_completed_by_arxiv_at_once(paperreader: Program, make_world: MakeWorld) -> None:
    settled(paperreader, serve(make_world(), [KNOWN]))
    answer = paperreader("import", "-", stdin=b"# to read\nhttps://arxiv.org/abs/2401.01234v2 # good\n")
    assert answer.code == 0 and "1 new" in answer.err and "arXiv told of 1" in answer.err
    assert [paper["title"] for paper in paperreader("find", "--json").objects] == ["A title from afar"]


def test_ids_without_a_network_are_kept_and_completed_at_a_later_refresh(
    paperreader: Program, make_world: MakeWorld, tmp_path: Path
) -> None:
    settled(paperreader, "http://127.0.0.1:9")
    answer = paperreader("import", "-", stdin=b"2401.01234\n")
    assert answer.code == 0 and "the next refresh asks arXiv" in answer.err
    assert paperreader("find", "--json").objects == [{"arxiv_id": "2401.01234"}]
    settled(paperreader, serve(make_world(), [KNOWN]))
    paperreader("refresh")
    assert paperreader("show", "--json", "2401.01234").objects[0]["title"] == "A title from afar"
    file = tmp_path / "bad"
    file.write_text("2401.01234\nsome words\n")
    assert "line 2: neither an arXiv id" in paperreader("import", file).err
