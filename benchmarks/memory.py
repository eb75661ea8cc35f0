"""The memory of the app, above that of a bare Textual app: before the first search, and after a hundred.

    python -m benchmarks.memory [--rounds N] [PAPERS ...]     (95,311 where none is named)

Both run in a real pseudo-terminal of 140x40, taking turns, best of so many rounds, five where not said. Each is looked
at when it has settled: it has written nothing and its memory has not moved by 0.2 MB for three seconds; by then the
app has loaded what it will search with. A search is typed into the field, its answer is waited for, and it is cleared;
the hundred are of two words each, both from the title of one paper, and papers from all over the library are asked for.

RSS counts every page that is mapped and in memory, of files that are read through a map as well. PSS shares out what
several processes have mapped, such as the interpreter itself. Own is what nobody else can have: the anonymous pages.
All three include the children of the process. Linux tells them (/proc/PID/smaps_rollup).
Goal: at most 150 MB above the bare app before the first search, in RSS.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.homes import ALL, home_of
from benchmarks.scroll import COLUMNS, copy_of
from benchmarks.start import BARE
from tests.terminal.pty import Terminal

ROUNDS = 5
SEARCHES = 100
GOAL = 150.0
_FIELD = 20
"""Cells of the field, which shows the end of what is longer."""
_STEADY = 0.2
_ANSWERED = re.compile(r"\d found +in [\d.]+ m?s")
_PATIENCE = 60.0
"""Seconds after which memory that still moves is taken as it is."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Of a process with its children, in MB of a million bytes."""

    rss: float
    pss: float
    own: float

    def above(self, other: Memory) -> Memory:
        """How much more this is."""
        return Memory(self.rss - other.rss, self.pss - other.pss, self.own - other.own)


def of_process(process: int) -> Memory:
    """What it takes at this moment."""
    sums = dict.fromkeys(("Rss", "Pss", "Anonymous"), 0)
    for each in (process, *_children(process)):
        try:
            text = Path(f"/proc/{each}/smaps_rollup").read_text()
        except ProcessLookupError:  # it has just ended
            continue
        for name in sums:
            found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
            sums[name] += int(found[1]) if found else 0
    return Memory(*(kilobytes * 1024 / 1e6 for kilobytes in sums.values()))


def _children(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _children(child)


def settled(terminal: Terminal) -> Memory:
    """What it takes once nothing moves any more."""
    end = time.monotonic() + _PATIENCE
    before = Memory(0, 0, 0)
    while time.monotonic() < end:
        terminal.settle(3.0)
        now = of_process(terminal.process.pid)
        if abs(now.rss - before.rss) < _STEADY:
            break
        before = now
    return now


def questions(home: Path) -> list[str]:
    """Two words each, from the titles of papers that are spread over the library."""
    command = [sys.executable, "-m", "paperreader", "--home", str(home), "find", "--json", "-n", str(ALL)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    titles = [str(json.loads(line)["title"]) for line in lines[:: max(1, len(lines) // (4 * SEARCHES))]]
    words = (re.findall(r"[A-Za-z]{5,}", title) for title in titles)
    pairs = (f"{found[0]} {found[-1]}" for found in words if len(found) > 1)
    return [pair for pair in pairs if len(pair) < _FIELD][:SEARCHES]


def search(terminal: Terminal, question: str) -> None:
    """Type a question, wait until its answer is told, clear the field."""
    terminal.type("/" + question)
    terminal.until(lambda screen: f"› {question}" in screen and _ANSWERED.search(screen) is not None)
    terminal.type("\x1b")
    terminal.until(lambda screen: _ANSWERED.search(screen) is None)


def bare() -> Memory:
    """The least that Textual can show."""
    with Terminal([sys.executable, "-c", BARE], columns=COLUMNS) as terminal:
        terminal.until("bare-and-painted")
        return settled(terminal)


def ours(home: Path, size: int, asked: Sequence[str]) -> tuple[Memory, Memory]:
    """Before the first search and after the last."""
    with Terminal.of_paperreader(home, columns=COLUMNS) as terminal:
        terminal.until(f"/{size:,}")
        before = settled(terminal)
        for question in asked:
            search(terminal, question)
        after = settled(terminal)
        terminal.type("q")
        terminal.wait()
    return before, after


def best(rounds: Sequence[Memory]) -> Memory:
    """The least of each."""
    return Memory(*(min(getattr(each, part.name) for each in rounds) for part in fields(Memory)))


def row(name: str, memory: Memory, base: Memory) -> None:
    """Print one line: what it takes, and how much that is above the bare app."""
    above = memory.above(base)
    print(
        f"{name:<32}{memory.rss:>8.1f}{memory.pss:>8.1f}{memory.own:>8.1f}"
        f"   {above.rss:>8.1f}{above.pss:>8.1f}{above.own:>8.1f}   {memory.rss / base.rss:>6.2f}"
    )


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description="memory", allow_abbrev=False)
    parser.add_argument("papers", nargs="*", type=int, default=[ALL])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    if not Path("/proc/self/smaps_rollup").exists():
        sys.exit("Only Linux tells what a process takes.")
    for size in given.papers:
        with copy_of(home_of(size)) as home:
            asked = questions(home)
            bares, befores, afters = [], [], []
            for _ in range(given.rounds):
                bares.append(bare())
                before, after = ours(home, size, asked)
                befores.append(before)
                afters.append(after)
        heading = f"{'RSS':>8}{'PSS':>8}{'own':>8}"
        print(f"{f'MB at {size:,} papers':<32}{heading}    above:{heading[7:]}   {'ratio':>6}")
        row("bare Textual app", best(bares), best(bares))
        row(f"before the first search (≤ {GOAL:.0f})", best(befores), best(bares))
        row(f"after {len(asked)} searches", best(afters), best(bares))


if __name__ == "__main__":
    main()
