"""Holding j through 1,000 rows: how long each key waits for the frame that shows it.

    python -m benchmarks.scroll [--rounds N] [--rates 30 60] [PAPERS ...]     (247 and 95,311 where none is named)

From outside: the program runs in a real pseudo-terminal of 140x40 and gets one j every 1/30 or 1/60 of a second, each
at its time whether the one before was answered or not, as a keyboard does. What it writes is kept with the time at
which it came. The status line tells the cursor's place (`1,234/95,311`) and is drawn with the list or after it, so the
wait of a key is the time from its sending to the first bytes that tell its place *or a later one*: a place that no
frame showed is late by as much as the next frame. The gap is the longest time between two frames that moved the
cursor. Nothing in the program is touched, and the delays of this reader are counted against it. Work is the time for
which the program had the processor, a key: a busy machine changes the waits, this hardly.

Beside it, taking turns: a bare Textual app of as many rows, a ScrollView that draws one Strip a row, with a Static
that tells the place in the same words. (An OptionList cannot be compared: it lays out all 95,311 before it shows one.)

From inside: the same app and keys once more, with clocks in it (see scroll_probe). List: from the moment when Textual
made the key event to the end of the frame in which the list drew the cursor there. Text: likewise for the text beside
it. Step: the longest time for which one callback kept the event loop from everything else.

Best of so many rounds, five where not said: the round whose slowest key waited least. Goal: no key over 50 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import select
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.homes import ALL, STARTER, home_of
from tests.terminal.pty import Terminal

ROWS = 1000
ROUNDS = 5
GOAL = 50.0
"""Milliseconds that a key may wait for its frame."""
COLUMNS = 140
QUIET = 1.5
"""Seconds without output after which a program that has started counts as settled."""
_REST = 2.0
"""Seconds after the last key that are only read."""
_PATIENCE = 30.0
"""Seconds that the last frame may take to come."""

BARE = """
import sys
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static
SIZE = int(sys.argv[1])
class Rows(ScrollView, can_focus=True):
    BINDINGS = [("j", "down", "Down")]
    at = 0
    def on_mount(self):
        self.virtual_size = Size(0, SIZE)
    def render_line(self, y):
        row = y + round(self.scroll_y)
        return Strip([Segment(f"row {row}".ljust(self.size.width), Style(reverse=row == self.at))])
    def action_down(self):
        old, self.at = self.at, self.at + 1
        self.scroll_to(y=max(self.scroll_y, self.at - self.size.height + 1), animate=False, immediate=True)
        self.refresh_lines(old)
        self.refresh_lines(self.at)
        self.app.query_one(Static).update(f"{self.at + 1:,}/{SIZE:,}")
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static(f"1/{SIZE:,}")
        yield Rows()
Bare().run()
"""

Told = Sequence[tuple[float, int]]
"""When the program told which place, in the order in which it did."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long keys waited, in milliseconds."""

    each: list[float]
    """In the order of the keys."""
    gap: float = 0.0
    """The longest time between two frames that moved the cursor."""
    work: float = 0.0
    """Processor time of the program for one key, drawing included."""

    def part(self, share: float) -> float:
        """What this share of the keys waited at most."""
        return sorted(self.each)[min(len(self.each) - 1, int(len(self.each) * share))]

    @property
    def late(self) -> int:
        """Keys that waited longer than the goal."""
        return sum(wait > GOAL for wait in self.each)


class Recorder:
    """Reads what a program writes, each piece with the time at which it came."""

    def __init__(self, file: int, size: int) -> None:
        self._file = file
        self._place = re.compile(rf"([\d,]+)/{size:,}".encode())
        self._pieces: list[tuple[float, bytes]] = []

    def until(self, end: float) -> None:
        """Read until then, in the seconds of perf_counter."""
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._file], [], [], left)[0]:
                data = os.read(self._file, 65536)
                self._pieces.append((time.perf_counter(), data))

    def told(self) -> Told:
        """Which places were told when; a number that was cut in two came with its second half."""
        found, piece, end = [], -1, 0
        for match in self._place.finditer(b"".join(data for _, data in self._pieces)):
            while end < match.end():
                piece += 1
                end += len(self._pieces[piece][1])
            found.append((self._pieces[piece][0], int(match[1].replace(b",", b""))))
        return found


def worked(process: int) -> float:
    """Milliseconds for which a program has had the processor, all its threads together; 0 where /proc is not there."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def waits(sent: Sequence[float], told: Told, work: float) -> Waits:
    """Key 1 moves to place 2, and so on; each waits for the first frame that tells its place or a later one."""
    each: list[float] = []
    frames: list[float] = []
    for when, place in told:
        shown = min(place - 1, len(sent))
        if shown > len(each):
            frames.append(when)
            each += [(when - moment) * 1000 for moment in sent[len(each) : shown]]
    if len(each) < len(sent):
        sys.exit(f"only {len(each)} of {len(sent)} keys were ever shown")
    gap = max((after - before) * 1000 for before, after in pairwise(frames))
    return Waits(each, gap, work / len(sent))


def hold(terminal: Terminal, keys: int, rate: float, size: int) -> Waits:
    """Hold j for so many keys, so many a second, in a list of `size` rows with the cursor on its first one."""
    file = terminal.process.fileno()
    recorder = Recorder(file, size)
    before = worked(terminal.process.pid)
    sent: list[float] = []
    begin = time.perf_counter()
    for number in range(keys):
        recorder.until(begin + number / rate)
        sent.append(time.perf_counter())
        os.write(file, b"j")
    # Looking through megabytes takes longer than a frame: nothing is looked at before all has come.
    recorder.until(time.perf_counter() + _REST)
    work = worked(terminal.process.pid) - before
    end = time.perf_counter() + _PATIENCE
    while max((place for _, place in recorder.told()), default=0) <= keys and time.perf_counter() < end:
        recorder.until(time.perf_counter() + _REST)
    return waits(sent, recorder.told(), work)


def measured(start: Callable[[], Terminal], rate: float, size: int) -> Waits:
    """Start a program, let it settle, hold j from the first row on, end it."""
    with start() as terminal:
        terminal.until(f"/{size:,}")
        terminal.settle(QUIET)
        terminal.type("g")
        terminal.until(lambda screen: re.search(rf"(?<![\d,])1/{size:,}", screen) is not None)
        terminal.settle()
        held = hold(terminal, min(ROWS, size - 1), rate, size)
        terminal.type("q")
        terminal.wait()
    return held


@contextmanager
def copy_of(home: Path) -> Iterator[Path]:
    """A library in which papers get read and the place moves, and the next measurement sees nothing of it."""
    with tempfile.TemporaryDirectory(prefix="paperreader-benchmark-") as folder:
        copy = shutil.copytree(home, Path(folder) / "home", ignore=shutil.ignore_patterns("library*.db*"))
        # SQLite copies it whole even while another measurement has it open.
        with (
            closing(sqlite3.connect(home / "data/library.db")) as old,
            closing(sqlite3.connect(copy / "data/library.db")) as new,
        ):
            old.backup(new)
        yield copy


def best(rounds: Sequence[Waits]) -> Waits:
    """The round that was disturbed least."""
    return min(rounds, key=lambda held: max(held.each))


def outside(home: Path, size: int, rate: float, rounds: int) -> None:
    """Print how both fare, and the ratio."""
    bares, others = [], []
    command = [sys.executable, "-c", BARE, str(size)]
    for _ in range(rounds):
        bares.append(measured(lambda: Terminal(command, columns=COLUMNS), rate, size))
        others.append(measured(lambda: Terminal.of_paperreader(home, columns=COLUMNS), rate, size))
    row(size, rate, "bare", bares)
    row(size, rate, "ours", others)
    ratios = [best(others).part(share) / best(bares).part(share) for share in (0.5, 0.95, 1)]
    work = min(each.work for each in others) / (min(each.work for each in bares) or 1)
    print(f"{'':>14} {'ratio':<6}" + "".join(f"{ratio:>8.2f}" for ratio in ratios) + f"{'':>14}{work:>8.2f}")


def inside(home: Path, size: int, rate: float, rounds: int) -> None:
    """Print what the clocks in the app say."""
    lists, texts, steps = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "seen.json"
        command = [sys.executable, "-m", "benchmarks.scroll_probe", str(home), str(file)]
        for _ in range(rounds):
            measured(lambda: Terminal(command, columns=COLUMNS), rate, size)
            seen = json.loads(file.read_text())
            lists.append(Waits(seen["list"]))
            texts.append(Waits(seen["text"]))
            steps.append((seen["step"], seen["worked"], seen["whose"]))
    row(size, rate, "list", lists)
    row(size, rate, "text", texts)
    step, worked, whose = min(steps)
    print(f"{'':>13} {'step':<6}{'':>16}{step:>8.1f}   {worked:.1f} of it on the processor: {whose}", flush=True)


def row(size: int, rate: float, name: str, rounds: Sequence[Waits]) -> None:
    """Print one line: the best round, and how many rounds had no late key at all."""
    held = best(rounds)
    numbers = "".join(f"{number:>8.1f}" for number in (held.part(0.5), held.part(0.95), held.part(1)))
    more = f"{held.gap:>8.1f}{min(each.work for each in rounds):>8.1f}" if held.gap else f"{'':>16}"
    clean = sum(not each.late for each in rounds)
    print(f"{size:>8,} {rate:>3.0f}/s {name:<6}{numbers}{held.late:>6}{more}   {clean} of {len(rounds)}", flush=True)


def main() -> None:
    """Print a table for each size and rate."""
    parser = argparse.ArgumentParser(description="hold j", allow_abbrev=False)
    parser.add_argument("papers", nargs="*", type=int, default=[STARTER, ALL])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--rates", nargs="+", type=int, default=[30, 60], metavar="PER_SECOND")
    given = parser.parse_args()
    print(f"milliseconds from key to frame; late: keys over {GOAL:.0f}; gap: the longest between two frames;")
    print("work: processor time for a key; none late: in how many rounds")
    print(
        f"{'papers':>8} {'keys':>5}{'':>6}{'p50':>8}{'p95':>8}{'worst':>8}{'late':>6}{'gap':>8}{'work':>8}   none late"
    )
    for size in given.papers:
        with copy_of(home_of(size)) as home:
            for rate in given.rates:
                outside(home, size, rate, given.rounds)
                inside(home, size, rate, given.rounds)


if __name__ == "__main__":
    main()
