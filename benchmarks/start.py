"""Start to first painted list, against a bare Textual app on the same machine in the same run.

    python -m benchmarks.start [PAPERS ...]        (247 and 95,311 where none is named)

Each is the time from the start of the process until its text has been written to a real pseudo-terminal, best of five,
the two taking turns. Goal: at most 1.5 times.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from benchmarks.homes import ALL, STARTER, home_of
from tests.terminal.pty import Terminal

ROUNDS = 5
GOAL = 1.5

LIST = ("’", 30)
"""What thirty lines of papers have written: each carries its year, as ’24."""

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare-and-painted")
Bare().run()
"""


def seconds_until(start: Callable[[], Terminal], mark: str, times: int, leave: str) -> float:
    """Start a program, wait until it has written a mark so many times, end it; the seconds until then."""
    begin = time.perf_counter()
    with start() as terminal:
        terminal.until_written(mark.encode(), times)
        taken = time.perf_counter() - begin
        terminal.type(leave)
        terminal.wait()
    return taken


def bare() -> Terminal:
    """The least that Textual can show."""
    return Terminal([sys.executable, "-c", BARE], columns=140)


def main() -> None:
    """Print the two times and their ratio for each size."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # pip compiles what it installs, as it did Textual
    sizes = [int(size) for size in sys.argv[1:]] or [STARTER, ALL]
    print(f"{'papers':>8} {'bare s':>8} {'ours s':>8} {'ratio':>6}   goal {GOAL}")
    for size in sizes:
        home = home_of(size)

        def ours(home: object = home) -> Terminal:
            return Terminal([sys.executable, "-m", "paperreader", "--home", str(home)], columns=140)

        seconds_until(ours, *LIST, "q")  # once before: the byte code is compiled, the disk is warm
        bares, others = [], []
        for _ in range(ROUNDS):
            bares.append(seconds_until(bare, "bare-and-painted", 1, "\x11"))
            others.append(seconds_until(ours, *LIST, "q"))
        print(f"{size:>8,} {min(bares):>8.3f} {min(others):>8.3f} {min(others) / min(bares):>6.2f}")


if __name__ == "__main__":
    main()
