"""Events of several machines, in whatever order they come, make one state; twice is once."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.paper import Sighting, State
from paperreader.store import (
    event_lines,
    events,
    identities,
    list_acts,
    marks,
    merging,
    paper_acts,
    papers,
    saved_acts,
    saved_searches,
    tag_acts,
    undoing,
)
from paperreader.store.database import Database
from paperreader.store.events import Event
from paperreader.store.marks import Hand
from paperreader.store.refolding import refold
from tests.store.conftest import NOW, opened, record

KEYS = [f"2401.0000{n}" for n in range(4)]


class Machine:
    """A library with a hand of its own; its clock is its own too."""

    def __init__(self, path: Path, name: str, now: float = NOW, papers_of: Sequence[str] = KEYS) -> None:
        self.database = opened(path)
        self.now = now
        self.name = name
        self.hand = Hand(self.database, name, lambda: self.now)
        record(self.database, *(Sighting(source="feed", arxiv_id=key, title=f"Paper {key}") for key in papers_of))

    def rid(self, key: str) -> int:
        rid = identities.find(self.database, key)
        assert rid is not None
        return rid

    def act(self, what: str, *keys: str) -> None:
        marks.act(self.database, self.name, what, [self.rid(key) for key in keys], self.now)

    def events(self) -> list[Event]:
        with self.database.read() as connection:
            return list(events.every(connection))

    def merge(self, *others: Machine) -> merging.Merged:
        coming = [event for other in others for event in other.events()]
        return merging.merge(self.database, coming, self.now)

    def state(self) -> dict[str, Any]:
        """All that the person keeps, told without row numbers."""
        return state(self.database)


def state(database: Database) -> dict[str, Any]:
    with database.read() as connection:
        known = {
            paper.key: (
                *(paper.bookmarked, paper.read, None if paper.state is State.UNREAD else paper.state, paper.rating),
                *(paper.note, paper.tags, paper.lists),
                connection.execute("SELECT at FROM removed WHERE paper = ?", (paper.rid,)).fetchone(),
                connection.execute("SELECT parts FROM note WHERE paper = ?", (paper.rid,)).fetchone(),
            )
            for paper in papers.papers(database, papers.all_rids(database))
        }
        rows = connection.execute(
            "SELECT list, key, place FROM enlisted JOIN paper ON rid = paper ORDER BY list, place, key"
        ).fetchall()
        told = [event_lines.line(event) for event in events.every(connection, by_clock=True)]
        named = connection.execute("SELECT id, name FROM list WHERE name IS NOT NULL ORDER BY id").fetchall()
        followed = connection.execute("SELECT name, title FROM subscription ORDER BY name").fetchall()
        saved = saved_searches.saved(connection)
    return {
        "papers": {key: value for key, value in known.items() if any(part for part in value)},
        "lists": (rows, named),
        "saved": saved,
        "feeds": followed,
        "events": told,
    }


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Machine]]:
    machines = [Machine(tmp_path / f"{name}.db", name, NOW + n) for n, name in enumerate(("one", "two", "three"))]
    yield machines
    for machine in machines:
        machine.database.close()


def busy(three: Sequence[Machine]) -> None:
    """What three machines did without knowing of each other, some of it to the same things."""
    one, two, three_ = three
    for n, machine in enumerate(three):
        hand = machine.hand
        list_acts.add(hand, [machine.rid(key) for key in KEYS[: n + 2]], "LLM agents")
        tag_acts.tag(hand, [machine.rid(KEYS[n])], "RL")
        paper_acts.annotate(hand, machine.rid(KEYS[0]), f"written on {machine.name}", "")
        paper_acts.rate(hand, [machine.rid(KEYS[1])], n + 1)
        saved_acts.save(hand, "Mine", f"question {n}", 7)
    list_acts.rename(one.hand, "llm agents", "Agents")
    list_acts.move(two.hand, "llm agents", [two.rid(KEYS[1])], -1)
    list_acts.delete(three_.hand, "to read")
    tag_acts.rename(two.hand, "RL", "reinforcement learning")
    one.act("bookmark", KEYS[0], KEYS[1])
    undoing.undo(one.database, "one", one.now)
    two.act("remove", KEYS[3])
    paper_acts.set_state(three_.hand, [three_.rid(KEYS[2])], State.DISMISSED)
    marks.act(one.database, "one", "read", [one.rid(KEYS[2])], NOW + 60, auto=True)


def test_the_events_of_three_machines_in_every_order_make_one_state(three: list[Machine], tmp_path: Path) -> None:
    busy(three)
    files = [machine.events() for machine in three]
    outcomes = []
    for n, order in enumerate(itertools.permutations(range(3))):
        fresh = Machine(tmp_path / f"fresh{n}.db", "fresh")
        for i in order:
            merging.merge(fresh.database, files[i], NOW)
        outcomes.append(fresh.state())
        fresh.database.close()
    for machine in three:
        machine.merge(*(other for other in three if other is not machine))
        outcomes.append(machine.state())
    first, *rest = outcomes
    assert all(outcome == first for outcome in rest)
    note = next(part[4] for key, part in first["papers"].items() if key.endswith(KEYS[0]))
    assert all(f"written on {machine.name}" in note for machine in three)
    assert first["papers"][f"arxiv:{KEYS[2]}"][2] is State.DISMISSED  # what was read by itself later does not undo it


def test_events_one_by_one_in_any_order_make_the_same_state(three: list[Machine], tmp_path: Path) -> None:
    busy(three)
    every = [event for machine in three for event in machine.events()]
    whole = Machine(tmp_path / "whole.db", "whole")
    merging.merge(whole.database, every, NOW)
    for seed in range(3):
        shuffled = random.Random(seed).sample(every, len(every))
        piecemeal = Machine(tmp_path / f"piecemeal{seed}.db", "piecemeal")
        for event in shuffled:
            merging.merge(piecemeal.database, [event], NOW)
        assert piecemeal.state() == whole.state()
        piecemeal.database.close()
    whole.database.close()


def test_merging_twice_changes_nothing(three: list[Machine]) -> None:
    busy(three)
    one, two, _ = three
    assert one.merge(two).events == len(two.events())
    before = one.state()
    again = one.merge(two, two)
    assert (again.events, again.changed, again.known) == (0, 0, 2 * len(two.events()))
    assert one.merge(one).events == 0
    assert one.state() == before


Doing = tuple[int, int, int, int]
_ACTS: list[Callable[[Machine, int, int], object]] = [
    lambda m, key, n: m.act("bookmark", KEYS[key]),
    lambda m, key, n: m.act("unbookmark", KEYS[key]),
    lambda m, key, n: m.act("read", KEYS[key], KEYS[n]),
    lambda m, key, n: m.act("unread", KEYS[key]),
    lambda m, key, n: marks.act(m.database, m.name, "read", [m.rid(KEYS[key])], m.now, auto=True),
    lambda m, key, n: m.act("remove", KEYS[key]),
    lambda m, key, n: m.act("restore", KEYS[key]),
    lambda m, key, n: tag_acts.tag(m.hand, [m.rid(KEYS[key])], f"tag {n % 2}"),
    lambda m, key, n: tag_acts.untag(m.hand, [m.rid(KEYS[key])], f"tag {n % 2}"),
    lambda m, key, n: _lenient(lambda: tag_acts.rename(m.hand, f"tag {n % 2}", f"TAG {key % 2}")),
    lambda m, key, n: paper_acts.rate(m.hand, [m.rid(KEYS[key])], (n % 3) + 1),
    lambda m, key, n: paper_acts.set_state(m.hand, [m.rid(KEYS[key])], list(State)[n]),
    lambda m, key, n: paper_acts.annotate(m.hand, m.rid(KEYS[key]), f"text {n}", None if n else ""),
    lambda m, key, n: list_acts.add(m.hand, [m.rid(KEYS[key]), m.rid(KEYS[n])], f"list {n % 2}"),
    lambda m, key, n: _lenient(lambda: list_acts.take(m.hand, [m.rid(KEYS[key])], f"list {n % 2}")),
    lambda m, key, n: _lenient(lambda: list_acts.move(m.hand, f"list {n % 2}", [m.rid(KEYS[key])], n - 1)),
    lambda m, key, n: _lenient(lambda: list_acts.rename(m.hand, f"list {n % 2}", f"list {key % 3}")),
    lambda m, key, n: _lenient(lambda: list_acts.delete(m.hand, f"list {n % 2}")),
    lambda m, key, n: _lenient(lambda: saved_acts.save(m.hand, f"search {n % 2}", f"question {key}", 7 + n % 3)),
    lambda m, key, n: _lenient(lambda: saved_acts.delete(m.hand, f"search {n % 2}")),
    lambda m, key, n: undoing.undo(m.database, m.name, m.now),
    lambda m, key, n: undoing.undo(m.database, m.name, m.now),
    lambda m, key, n: undoing.redo(m.database, m.name, m.now),
]


def _lenient(act: Callable[[], object]) -> None:
    """A list that is not there yet is no failure of this test."""
    from paperreader.errors import KeepingError

    try:
        act()
    except KeepingError:
        return


doings = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, len(_ACTS) + 1), st.integers(0, 3), st.integers(0, 3)), max_size=40
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(doings, st.randoms(use_true_random=False))
def test_whatever_three_machines_do_and_merge_they_end_alike(story: list[Doing], rng: random.Random) -> None:
    with TemporaryDirectory() as folder:
        machines = [Machine(Path(folder) / f"{n}.db", f"m{n}", NOW + n) for n in range(3)]
        try:
            for who, act, key, n in story:
                machine = machines[who]
                machine.now += rng.choice((0.0, 1.0, -5.0, 100.0))
                if act < len(_ACTS):
                    _ACTS[act](machine, key, n)
                else:
                    machine.merge(machines[n % 3])
                    _is_what_its_events_say(machine)
            for _ in range(2):
                for machine in rng.sample(machines, 3):
                    machine.merge(*rng.sample(machines, 3))
            outcomes = [machine.state() for machine in machines]
            assert outcomes[1] == outcomes[0]
            assert outcomes[2] == outcomes[0]
            _is_what_its_events_say(machines[0])
        finally:
            for machine in machines:
                machine.database.close()


def _is_what_its_events_say(machine: Machine) -> None:
    """What acts wrote one by one is what comes of all events together."""
    before = machine.state()
    with machine.database.write() as connection:
        things = {
            (sets.field, sets.of) for event in events.every(connection) for sets in event.sets if sets.papers == ("",)
        }
        refold(connection, papers.all_rids(machine.database), things)
    assert machine.state() == before
