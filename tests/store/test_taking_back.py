"""What one machine takes back, deletes or removes, and what another did to the same thing without knowing of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from paperreader.store import list_acts, lists, merging, paper_acts, papers, tag_acts, undoing
from tests.store.conftest import NOW
from tests.store.test_merging import KEYS, Machine

ONE, TWO, THREE = KEYS[:3]


@pytest.fixture
def machines(tmp_path: Path) -> list[Machine]:
    return [Machine(tmp_path / f"{name}.db", name, NOW + n) for n, name in enumerate(("one", "two", "three"))]


def met(machines: Sequence[Machine], tmp_path: Path) -> Machine:
    """A machine that has the events of all, whatever the order; they come to the same on each."""
    files = [machine.events() for machine in machines]
    outcomes = []
    for n, order in enumerate(itertools.permutations(range(len(files)))):
        fresh = Machine(tmp_path / f"met{n}.db", "met")
        for i in order:
            merging.merge(fresh.database, files[i], NOW)
        outcomes.append(fresh.state())
        last = fresh
    for machine in machines:
        machine.merge(*(other for other in machines if other is not machine))
        outcomes.append(machine.state())
    assert all(outcome == outcomes[0] for outcome in outcomes)
    return last


def named(machine: Machine) -> dict[str, int]:
    return {kept.name: kept.count for kept in lists.lists(machine.database)}


Doing = Callable[[Machine], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda m: paper_acts.rate(m.hand, [m.rid(ONE)], 5),
        lambda m: m.act("bookmark", ONE),
        lambda m: list_acts.add(m.hand, [m.rid(ONE)], "X"),
        lambda m: tag_acts.tag(m.hand, [m.rid(ONE)], "RL"),
        lambda m: m.act("read", ONE),
    ],
)
@pytest.mark.parametrize("first", [0, 1])
def test_an_act_that_was_undone_takes_nothing_from_who_did_the_same(
    machines: list[Machine], tmp_path: Path, act: Doing, first: int
) -> None:
    keeps, undoes = machines[first], machines[1 - first]
    act(keeps)
    before = keeps.state()["papers"], named(keeps)
    act(undoes)
    undoes.now += 100
    undoing.undo(undoes.database, undoes.name, undoes.now)
    undoes.now += 100
    there = met(machines[:2], tmp_path)
    assert (there.state()["papers"], named(there)) == before


def test_an_act_that_is_done_again_is_where_it_was(machines: list[Machine], tmp_path: Path) -> None:
    one, two, _ = machines
    paper_acts.rate(one.hand, [one.rid(ONE)], 2)
    undoing.undo(one.database, "one", one.now)
    two.now += 50
    paper_acts.rate(two.hand, [two.rid(ONE)], 4)
    one.now += 100
    undoing.redo(one.database, "one", one.now)
    (paper,) = papers.papers(met(machines, tmp_path).database, [one.rid(ONE)])
    assert paper.rating == 4, "the later rating counts, whenever the earlier one was done again"


def test_a_list_that_one_machine_deletes_keeps_what_it_did_not_see_in_it(
    machines: list[Machine], tmp_path: Path
) -> None:
    one, two, three = machines
    list_acts.add(one.hand, [one.rid(ONE), one.rid(TWO)], lists.TO_READ)
    two.now += 50
    list_acts.delete(two.hand, lists.TO_READ)
    list_acts.add(three.hand, [three.rid(THREE)], lists.TO_READ)
    three.now += 60
    list_acts.delete(three.hand, lists.TO_READ)
    assert named(two) == named(three) == {}
    there = met(machines, tmp_path)
    assert named(there) == {"to read": 2}, "those of one, of which nobody knew who deleted it"
    assert undoing.undo(three.database, "three", three.now) is not None
    assert named(three) == {"to read": 3}


def test_a_list_with_nothing_unseen_in_it_is_deleted_on_every_machine_and_both_ways_of_it_are_told(
    machines: list[Machine],
) -> None:
    one, two, _ = machines
    list_acts.add(one.hand, [one.rid(ONE)], "X")
    two.merge(one)
    deleted = list_acts.delete(two.hand, "x")
    assert len(deleted.rids) == 1
    merged = one.merge(two)
    assert (merged.changed, merged.things) == (1, 1)
    assert merged.sentence == "1 new event, 1 known; 1 paper changed; 1 list, search or feed changed."
    assert named(one) == {"to read": 0}
    undoing.undo(two.database, "two", two.now)
    one.merge(two)
    assert named(one) == {"to read": 0, "X": 1}


def test_a_list_that_one_renames_and_another_deletes_is_there_by_its_new_name(
    machines: list[Machine], tmp_path: Path
) -> None:
    one, two, three = machines
    list_acts.add(one.hand, [one.rid(ONE)], lists.TO_READ)
    two.now += 10
    list_acts.rename(two.hand, lists.TO_READ, "later")
    three.now += 20
    list_acts.delete(three.hand, lists.TO_READ)
    there = met(machines, tmp_path)
    assert named(there) == {"later": 1}
    list_acts.take(there.hand, [there.rid(ONE)], "later")
    assert named(there) == {}, "nobody wants it empty"
    undoing.undo(there.database, "met", NOW + 500)
    list_acts.add(there.hand, [there.rid(TWO)], "Later")
    list_acts.take(there.hand, [there.rid(ONE), there.rid(TWO)], "later")
    assert named(there) == {"later": 0}, "who puts a paper in wants the list"


def test_who_keeps_a_paper_after_it_was_removed_elsewhere_has_it(machines: list[Machine], tmp_path: Path) -> None:
    one, two, _ = machines
    paper_acts.annotate(one.hand, one.rid(ONE), "precious", "")
    paper_acts.rate(one.hand, [one.rid(TWO)], 5)
    two.now += 50
    two.act("remove", ONE, TWO, THREE)
    one.now += 100
    one.act("bookmark", ONE)
    one.act("read", THREE)  # no sign that it is wanted
    merged = one.merge(two)
    there = met(machines, tmp_path)
    gone = {paper.arxiv_id for paper in papers.papers(there.database, papers.all_rids(there.database)) if paper.removed}
    assert gone == {TWO, THREE}
    assert "1 paper of yours was removed there" in merged.sentence


def test_keeping_a_removed_paper_brings_it_back_and_undo_removes_it_again(machines: list[Machine]) -> None:
    one = machines[0]
    one.act("remove", ONE)
    tag_acts.tag(one.hand, [one.rid(ONE)], "RL")
    assert papers.counts(one.database).keys()
    (paper,) = papers.papers(one.database, [one.rid(ONE)])
    assert not paper.removed
    undoing.undo(one.database, "one", one.now)
    (paper,) = papers.papers(one.database, [one.rid(ONE)])
    assert paper.removed
