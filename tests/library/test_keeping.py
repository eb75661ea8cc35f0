"""Lists, tags, notes, ratings, states and saved searches: as acts that say what they did, undone and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from paperreader.errors import KeepingError
from paperreader.library import Done, Library
from paperreader.paper import IMPORT, Sighting, State, View
from paperreader.paths import Paths
from paperreader.store import pruning, recording

NOON = 1_790_000_000.0
DAY = 86_400.0


def opened(home: Path, now: float = NOON) -> Library:
    return Library.open(Paths.under(home), now=lambda: now, starter=False)


def record(library: Library, *sightings: Sighting, now: float = NOON) -> None:
    for _ in recording.record(library._database, sightings, now, revive=False):
        pass


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = opened(tmp_path)
    record(library, *(Sighting(source="feed", arxiv_id=f"2401.0000{n}", title=f"Paper {n}") for n in range(6)))
    yield library
    library.close()


@pytest.fixture
def rids(library: Library) -> list[int]:
    return [library.resolve(f"2401.0000{n}") for n in range(6)]


def names(library: Library, name: str) -> str:
    return "".join(paper.arxiv_id[-1] for paper in library.papers(library.keeping.listed(name)))


def test_a_paper_is_in_several_lists_and_each_has_its_order(library: Library, rids: list[int]) -> None:
    keeping = library.keeping
    assert [(kept.name, kept.count) for kept in keeping.lists()] == [("to read", 0)]
    assert keeping.add(rids[:1], "TO READ").sentence == "Added “Paper 0” to “to read”."
    assert keeping.add([rids[3], rids[1], rids[0]], "Agents").rids == (rids[3], rids[1], rids[0])
    assert keeping.add(rids[:2], "agents").sentence == "In “Agents” already."
    assert [(kept.name, kept.count) for kept in keeping.lists()] == [("to read", 1), ("Agents", 3)]
    (row,) = library.rows(rids[:1])
    assert row.lists == ("to read", "Agents")
    library.remove(rids[1:2])
    assert names(library, "agents") == "30"
    library.undo()
    assert names(library, "agents") == "310"
    assert keeping.take(rids[1:2], "agents").sentence == "Took “Paper 1” out of “Agents”."
    assert names(library, "agents") == "30"


@pytest.mark.parametrize(
    ("chosen", "by", "order"),
    [
        ([0], 1, "102345"),
        ([5], -1, "012354"),
        ([0], -1, "012345"),
        ([5], 9, "012345"),
        ([3], -99, "301245"),
        ([1, 2], 1, "031245"),
        ([1, 2], -1, "120345"),
        ([0, 5], 1, "123405"),
        ([2, 4], -1, "024135"),
    ],
)
def test_papers_move_up_and_down_their_list_together(
    library: Library, rids: list[int], chosen: list[int], by: int, order: str
) -> None:
    library.keeping.add(rids, "Agents")
    done = library.keeping.move("agents", [rids[n] for n in chosen], by)
    assert names(library, "agents") == order
    assert done.changed == (order != "012345")
    if done.changed:
        library.undo()
        assert names(library, "agents") == "012345"


def test_a_list_is_renamed_and_deleted_and_a_new_one_of_its_name_is_empty(library: Library, rids: list[int]) -> None:
    keeping = library.keeping
    keeping.add(rids[:2], "Agents")
    assert keeping.rename_list("agents", "LLM agents").sentence == "Renamed the list “Agents” to “LLM agents”."
    assert names(library, "llm AGENTS") == "01"
    assert keeping.delete_list("LLM agents").changed
    assert library.rows(rids[:1])[0].lists == ()
    keeping.make_list("Agents")
    assert names(library, "agents") == ""
    library.undo()
    undone = library.undo()
    assert undone is not None
    assert undone.sentence == "Undone: deleted the list “LLM agents”."
    assert names(library, "llm agents") == "01"


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda library: library.keeping.make_list(" "), "needs a name"),
        (lambda library: library.keeping.make_list("x" * 81), "at most 80"),
        (lambda library: library.keeping.make_list("To Read"), "already"),
        (lambda library: library.keeping.rename_list("nowhere", "x"), "no list 'nowhere'"),
        (lambda library: library.keeping.listed("nowhere"), "no list"),
        (lambda library: library.keeping.take([], "nowhere"), "no list"),
        (lambda library: library.keeping.tag([], "#"), "needs a name"),
        (lambda library: library.keeping.tag([], "a", "b, c"), "no comma"),
        (lambda library: library.keeping.rename_tag("none", "x"), "No paper has the tag"),
        (lambda library: library.keeping.rate([], 6), "1 to 5"),
        (lambda library: library.saved.save("", "x"), "needs a name"),
        (lambda library: library.saved.save("x", " "), "no question"),
        (lambda library: library.saved.save("x", "y", 5), "7 to 9"),
        (lambda library: library.saved.change("none", question="x"), "no longer saved"),
    ],
)
def test_what_cannot_be_is_refused_in_words(library: Library, act: Callable[[Library], object], says: str) -> None:
    with pytest.raises(KeepingError, match=says):
        act(library)
    assert library.undo() is None


def test_tags_are_one_whatever_their_case_and_merge_into_each_other(library: Library, rids: list[int]) -> None:
    keeping = library.keeping
    keeping.tag(rids[:3], "#RL")
    assert keeping.tag(rids[2:4], "rl").rids == (rids[3],)
    assert library.rows(rids[3:4])[0].tags == ("RL",)
    keeping.tag(rids[3:5], "agents")
    assert [(kept.name, kept.count) for kept in keeping.tags()] == [("RL", 4), ("agents", 2)]
    merged = keeping.rename_tag("agents", "rl")
    assert merged.sentence == "Renamed the tag “agents” to “RL” on 2 papers."
    assert [(kept.name, kept.count) for kept in keeping.tags()] == [("RL", 5)]
    library.undo()
    assert library.rows(rids[3:4])[0].tags == ("agents", "RL")
    assert set(keeping.tagged("AGENTS")) == {rids[3], rids[4]}
    keeping.rename_tag("rl", "rl")
    assert keeping.tags()[0].name == "rl"
    assert keeping.untag(rids, "rl").rids == tuple(rids[:4])


def test_a_note_is_written_changed_and_deleted_and_a_stale_editor_loses_nothing(
    library: Library, rids: list[int]
) -> None:
    keeping, rid = library.keeping, rids[0]
    assert keeping.annotate(rid, "# Idea\r\n\r\ntry it  \n\n").sentence == "Wrote a note on “Paper 0”."
    assert keeping.note(rid) == "# Idea\n\ntry it"
    assert not keeping.annotate(rid, "# Idea\n\ntry it").changed
    keeping.annotate(rid, "from another app", base="# Idea\n\ntry it")
    keeping.annotate(rid, "from this app", base="# Idea\n\ntry it")
    assert keeping.note(rid) == "from another app\n\n---\n\nfrom this app"
    library.undo()
    assert keeping.note(rid) == "from another app"
    assert keeping.annotate(rid, "").sentence == "Deleted the note on “Paper 0”."
    assert not library.rows([rid])[0].noted
    library.undo()
    paper = library.paper(rid)
    assert paper is not None
    assert paper.note == "from another app"


def test_a_dismissed_paper_leaves_the_views_of_feeds_and_unread_and_reading_does_not_bring_it_back(
    library: Library, rids: list[int]
) -> None:
    record(library, Sighting(source="huggingface", arxiv_id="2401.00000", votes=9, listed="2026-09-21"))
    assert rids[0] in library.listing(View.TRENDING)
    assert rids[0] in library.listing(View.NEW)
    library.keeping.dismiss(rids[:1])
    record(library, Sighting(source="huggingface", arxiv_id="2401.00000", votes=99, listed="2026-09-21"))
    library.mark_read(rids[:1], auto=True)
    for view in (View.TRENDING, View.NEW, View.RISING, View.UNREAD):
        assert rids[0] not in library.listing(view)
    assert rids[0] in library.listing(View.ALL)
    assert library.rows(rids[:1])[0].state is State.DISMISSED
    library.keeping.set_state(rids[:1], State.UNREAD)
    assert rids[0] in library.listing(View.TRENDING)
    library.keeping.set_state(rids[:1], State.READING)
    library.mark_read(rids[:1], auto=True)
    assert library.rows(rids[:1])[0].state is State.READING
    assert rids[0] not in library.listing(View.UNREAD)
    library.mark_read(rids[:1])
    assert library.rows(rids[:1])[0].read


def test_a_saved_search_tells_what_came_since_it_was_looked_at(library: Library) -> None:
    saved = library.saved
    saved.save("Mine", "paper", 7)
    saved.save("Other", "nothing like it", 7)
    assert [(one.name, one.digit) for one in saved.listing()] == [("Other", 7), ("Mine", None)]
    mine = saved.named("MINE")
    assert mine is not None
    assert saved.counts(mine.id) == (6, 6)
    saved.seen(mine.id)
    record(library, Sighting(source="feed", arxiv_id="2401.00009", title="Paper 9"))
    assert saved.counts(mine.id) == (7, 1)
    assert saved.change(mine.id, digit=7).sentence == "The search “Mine” is opened by 7."
    assert saved.change(mine.id, name="Ours").sentence == "Renamed the search “Mine” to “Ours”."
    assert saved.change(mine.id, question="title:paper").sentence == "Changed what the search “Ours” asks."
    assert saved.listing()[0].question == "title:paper"
    saved.delete(mine.id)
    assert [one.name for one in saved.listing()] == ["Other"]
    for _ in range(4):
        library.undo()
    assert [(one.name, one.digit) for one in saved.listing()] == [("Other", 7), ("Mine", None)]


def told(library: Library) -> tuple[object, ...]:
    keeping = library.keeping
    lists = [(kept, list(keeping.listed(kept.name))) for kept in keeping.lists()]
    every = list(library.papers(library.listing(View.ALL)))
    return every, library.counts(), lists, keeping.tags(), library.saved.listing()


def test_every_kind_of_act_is_undone_and_done_again_across_restarts(tmp_path: Path) -> None:
    library = opened(tmp_path)
    record(library, *(Sighting(source="feed", arxiv_id=f"2401.0000{n}", title=f"Paper {n}") for n in range(4)))
    rids = sorted(library.listing(View.ALL))
    acts: list[Callable[[Library], Done]] = [
        lambda library: library.keeping.make_list("Empty"),
        lambda library: library.keeping.add(rids, "Agents"),
        lambda library: library.keeping.move("Agents", rids[2:], -2),
        lambda library: library.keeping.take(rids[:1], "Agents"),
        lambda library: library.keeping.rename_list("Agents", "Others"),
        lambda library: library.keeping.delete_list("Others"),
        lambda library: library.keeping.tag(rids[:2], "a", "c"),
        lambda library: library.keeping.tag(rids[1:3], "b"),
        lambda library: library.keeping.rename_tag("a", "b"),
        lambda library: library.keeping.untag(rids[:1], "b"),
        lambda library: library.keeping.annotate(rids[0], "one"),
        lambda library: library.keeping.annotate(rids[0], "two"),
        lambda library: library.keeping.annotate(rids[0], ""),
        lambda library: library.keeping.rate(rids, 3),
        lambda library: library.keeping.rate(rids[:1], None),
        lambda library: library.mark_read(rids[:2]),
        lambda library: library.keeping.dismiss(rids),
        lambda library: library.keeping.set_state(rids[:1], State.READING),
        lambda library: library.bookmark(rids[:3]),
        lambda library: library.remove(rids[3:]),
        lambda library: library.saved.save("S", "paper", 8),
        lambda library: library.saved.change("s", name="T", question="other", digit=9),
        lambda library: library.saved.change("s", digit=0),
        lambda library: library.saved.delete("s"),
    ]
    history = [told(library)]
    for act in acts:
        assert act(library).changed
        history.append(told(library))
    assert all(before != after for before, after in pairwise(history))
    for moment in reversed(history[:-1]):
        library.close()
        library = opened(tmp_path)
        undone = library.undo()
        assert undone is not None
        assert undone.sentence.startswith("Undone: ")
        assert told(library) == moment
    assert library.undo() is None
    for moment in history[1:]:
        library.close()
        library = opened(tmp_path)
        assert library.redo() is not None
        assert told(library) == moment
    library.close()


@pytest.mark.parametrize(("acts", "times"), [(1_000, 1), (20, 3)])
def test_the_last_thousand_acts_are_undone_and_done_again_whatever_happened_by_itself(
    library: Library, acts: int, times: int
) -> None:
    record(library, *(Sighting(source="feed", arxiv_id=f"2302.{n:05}", title=f"Paper {n}") for n in range(100)))
    rids = list(library.listing(View.ALL))[:100]
    for n in range(acts):
        library.keeping.rate([rids[n % 100]], n // 100 % 5 + 1)
        library.mark_read([rids[(n + 1) % 100]], auto=True)
    for _ in range(times):
        undone = 0
        while library.undo():
            undone += 1
        assert undone == acts
        assert {row.rating for row in library.rows(rids)} == {None}
        while undone and library.redo():
            undone -= 1 if acts < 100 else 20  # of a thousand a few will do: each takes its time
        assert undone == 0


def test_prune_takes_old_papers_that_were_never_touched_and_no_others(tmp_path: Path) -> None:
    library = opened(tmp_path)
    touching: list[Callable[[int], object]] = [
        lambda rid: library.bookmark([rid]),
        lambda rid: (library.bookmark([rid]), library.bookmark([rid], on=False)),
        lambda rid: (library.keeping.tag([rid], "x"), library.undo()),
        lambda rid: library.mark_read([rid], auto=True),
        lambda rid: library.remove([rid]),
        lambda rid: library.keeping.add([rid], "to read"),
        lambda rid: library.keeping.annotate(rid, "x"),
        lambda rid: library.keeping.rate([rid], 1),
        lambda rid: library.keeping.dismiss([rid]),
    ]
    old = NOON - 400 * DAY
    feed = [Sighting(source="huggingface", arxiv_id=f"2301.000{n:02}", title=f"Old {n}") for n in range(30)]
    record(library, *feed, now=old)
    record(library, Sighting(source=IMPORT, arxiv_id="2301.00099", title="By hand"), now=old)
    record(library, Sighting(source="huggingface", arxiv_id="2301.00098", title="Still", votes=1), now=old)
    record(library, Sighting(source="huggingface", arxiv_id="2301.00098", votes=2), now=NOON - DAY)
    record(library, Sighting(source="huggingface", arxiv_id="2609.00001", title="Young"))
    touched = [library.resolve(f"2301.000{n:02}") for n in range(len(touching))]
    for act, rid in zip(touching, touched, strict=True):
        act(rid)
    others = [library.resolve(name) for name in ("2301.00099", "2301.00098", "2609.00001")]
    expected = 30 - len(touched)
    assert library.prunable(365) == expected
    assert library.prune(365) == expected
    assert library.prunable(365) == 0
    assert {paper.rid for paper in library.papers(range(1, 100))} == {*touched, *others}
    assert pruning.prune(library._database, old - 1) == 0
    library.close()
