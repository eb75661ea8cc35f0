"""Lists, tags, notes, ratings, states, saved searches, dumps and merges, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.paper import Sighting
from paperreader.paths import Paths
from paperreader.store import recording
from tests.cli.conftest import Program
from tests.terminal.pty import Terminal

BOOTS, PROP = "2402.00847", "2104.09791"


def test_papers_are_put_in_lists_moved_and_taken_out_and_lists_come_and_go(paperreader: Program) -> None:
    assert paperreader("list").out == "to read\t0\n"
    answer = paperreader("list", "LLM agents", BOOTS, PROP)
    assert (answer.code, answer.out, answer.err) == (0, "", "Added 2 papers to “LLM agents”.\n")
    assert paperreader("list", "llm AGENTS", PROP, "--move", "-1").code == 0
    assert [line.split("\t")[0] for line in paperreader("list", "llm agents").lines] == [PROP, BOOTS]
    assert "no paper" in paperreader("list", "llm agents", "nowhere").err.lower()
    paperreader("list", "llm agents", PROP, "--remove")
    assert paperreader("list", "llm agents", "--rename", "Agents").code == 0
    assert paperreader("list").lines == ["to read\t0", "Agents\t1"]
    gone = paperreader("list", "llm agents")
    assert (gone.code, "no list 'llm agents'" in gone.err) == (1, True)
    paperreader("list", "agents", "--delete")
    assert paperreader("undo").err == "Undone: deleted the list “Agents”.\n"
    assert paperreader("find", "list:agents").out.startswith(BOOTS)
    assert paperreader("undo", "--redo").code == 0
    assert paperreader("list").lines == ["to read\t0"]


@pytest.mark.parametrize(
    "words",
    [
        ["list", "x", "--remove"],
        ["list", "--delete"],
        ["list", "x", BOOTS, "--rename", "y"],
        ["tag", "--rename", "y"],
        ["rate", "6", BOOTS],
        ["mark", "asleep", BOOTS],
        ["note", BOOTS, "--append"],
        ["saved", "x", "y", "--delete"],
        ["saved", "x", "--delete", "--digit", "7"],
        ["prune", "--days", "0"],
        ["merge", "-", "-"],
    ],
)
def test_what_makes_no_sense_is_misuse(paperreader: Program, words: list[str]) -> None:
    assert paperreader(*words).code == 2


def test_tags_notes_ratings_and_states_are_kept_found_and_shown(paperreader: Program) -> None:
    paperreader("tag", "#RL", BOOTS, PROP)
    assert paperreader("tag", "nlp, rl", PROP).err.endswith(" with “nlp, RL”.\n")
    assert paperreader("tag", "nlp,rl", PROP, "--remove").err.startswith("Took the tags “nlp, RL” off ")
    assert paperreader("tag").out == "RL\t1\n"
    assert paperreader("tag", "rl").out.startswith(BOOTS)
    assert paperreader("tag", "rl", "--rename", "tracking").err == "Renamed the tag “RL” to “tracking” on one paper.\n"
    assert paperreader("note", BOOTS, "-", stdin="# Idée\n\n  code\n".encode()).code == 0
    paperreader("note", BOOTS, "more", "--append")
    assert paperreader("note", BOOTS).out == "# Idée\n\n  code\n\nmore\n"
    assert paperreader("note", PROP).code == 1
    refused = paperreader("note", BOOTS, "-", stdin=b"\xff\xfe")
    assert (refused.code, "UTF-8" in refused.err) == (1, True)
    assert paperreader("rate", "4", BOOTS).err.endswith("4 of 5.\n")
    paperreader("mark", "reading", BOOTS)
    shown = paperreader("show", BOOTS).out
    for told in ("state      reading", "rating     4 of 5", "tags       tracking", "Your note:\n# Idée\n\n  code"):
        assert told in shown
    assert paperreader("find", "tag:tracking", "rating:>3", "note:idee", "is:reading").out.startswith(BOOTS)
    paperreader("rate", "0", BOOTS)
    paperreader("note", BOOTS, "")
    assert paperreader("find", "has:rating").code == paperreader("find", "has:note").code == 1


def test_a_search_is_saved_asked_and_let_go(paperreader: Program) -> None:
    paperreader("reindex")
    saved = paperreader("saved", "Tracking", "tracking any point", "--digit", "7")
    assert saved.err == "Saved the search “Tracking”.\n"
    name, count, unseen, digit, question = paperreader("saved").out.rstrip("\n").split("\t")
    assert (name, count, digit, question) == ("Tracking", unseen, "7", "tracking any point")
    assert int(count) > 0
    assert paperreader("saved", "tracking").out == "tracking any point\n"
    changed = paperreader("saved", "tracking", "--rename", "Points", "--digit", "0")
    assert changed.err == "Changed the saved search “Points”.\n"
    assert paperreader("saved").out.startswith("Points\t")
    paperreader("undo")
    assert paperreader("saved").out.split("\t")[::3] == ["Tracking", "7"], "one command is one act"
    paperreader("undo", "--redo")
    paperreader("saved", "points", "--delete")
    assert paperreader("saved").out == ""
    assert paperreader("saved", "points").code == 1


def test_what_two_machines_did_is_merged_from_their_dumps(paperreader: Program, tmp_path: Path) -> None:
    other = Program(tmp_path / "other")
    paperreader("list", "Agents", BOOTS)
    paperreader("note", BOOTS, "from here")
    paperreader("feeds", "add", "--no-check", "cs.CL")
    other("note", BOOTS, "from there")
    other("rate", "5", PROP)
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    assert paperreader("dump", "-o", here).code == other("dump", "-o", there).code == 0
    before = here.read_text(encoding="utf-8")
    paperreader("bookmark", PROP)
    assert paperreader("dump", "-o", here).code == 0
    assert here.read_text(encoding="utf-8").startswith(before)
    assert all(json.loads(line)["machine"] for line in paperreader("dump").lines)
    assert other("merge", here).code == paperreader("merge", there).code == 0
    assert paperreader("note", BOOTS).out == other("note", BOOTS).out == "from here\n\n---\n\nfrom there\n"
    assert sorted(paperreader("dump").lines) == sorted(other("dump").lines)
    assert paperreader("dump", "-o", here).err == f"Wrote {len(paperreader('dump').lines)} events to {here}.\n"
    assert here.read_text(encoding="utf-8").startswith(before), "what was merged stands behind it, though it is older"
    assert "arxiv cs.CL" in other("feeds").out
    again = other("merge", here, there, "-", stdin=here.read_bytes())
    assert again.err.startswith("0 new events")
    assert paperreader("dump", "-o", there).code == 1  # another library's dump is not written over
    assert "no earlier dump" in paperreader("dump", "-o", there).err
    assert paperreader("dump", "--force", "-o", there).code == 0


def test_a_file_with_a_line_that_is_no_event_is_named_and_nothing_is_merged(
    paperreader: Program, tmp_path: Path
) -> None:
    paperreader("bookmark", BOOTS)
    dump = paperreader("dump").out
    other = Program(tmp_path / "other")
    file = tmp_path / "broken.jsonl"
    file.write_text(dump + '{"machine": "m"}\n', encoding="utf-8")
    answer = other("merge", file)
    assert (answer.code, f"{file}, line 2 is no event" in answer.err) == (1, True)
    assert other("dump").out == ""
    file.write_text(f"<<<<<<< HEAD\n{dump}=======\n>>>>>>> theirs\n", encoding="utf-8")  # as git leaves it
    assert other("merge", file).err.startswith("1 new event, ")
    assert other("merge", tmp_path / "absent.jsonl").code == 1


def test_a_backup_is_made_beside_a_running_program_and_brought_back(paperreader: Program, tmp_path: Path) -> None:
    paperreader("bookmark", BOOTS)
    running = Library.open(Paths.under(paperreader.home))
    copy = tmp_path / "copy.db"
    try:
        assert paperreader("backup", copy).code == 0
        refused = paperreader("backup", copy)
        assert (refused.code, "--force" in refused.err) == (1, True)
        assert paperreader("backup", "--force", copy).code == 0
        assert paperreader("backup", "--force", running.paths.database).code == 1
        assert paperreader("backup", tmp_path / "no" / "such.db").code == 1
    finally:
        running.close()
    paperreader("bookmark", "--remove", BOOTS)
    assert paperreader("restore", copy).code == 0
    assert paperreader("find", "is:bookmarked").out.startswith(BOOTS)


def test_prune_says_how_many_and_asks_before_anything_goes(paperreader: Program) -> None:
    library = Library.open(Paths.under(paperreader.home), starter=False)
    old = [Sighting(source="huggingface", arxiv_id=f"2001.0000{n}", title=f"Old {n}") for n in range(3)]
    for _ in recording.record(library._database, old, 1.0, revive=False):
        pass
    library.bookmark([library.resolve("2001.00000")])
    library.close()
    script = paperreader("prune")
    assert (script.code, "2 papers" in script.err, "--yes" in script.err) == (1, True, True)
    with Terminal.of_paperreader(paperreader.home, "prune") as terminal:
        terminal.until("Remove them for good? [y/N]")
        terminal.type("n\r")
        terminal.until("Nothing was removed.")
    assert "Removed 2 papers" in paperreader("prune", "--yes").err
    assert [line.split("\t")[0] for line in paperreader("find", "old").lines if "2001" in line] == ["2001.00000"]
    assert "No paper" in paperreader("prune").err
