"""From the key to the painted answer: titles and questions typed letter by letter into the real app.

    python -m benchmarks.keystrokes [--rounds N] [--texts N] [--questions FILE] [PAPERS ...]     (95,311 if none)

The program runs in a real pseudo-terminal of 140x40 with clocks in it (see typing_probe). The first four words of so
many titles of the library, 200 where not said, and the first eight words of as many questions are typed; each letter
comes when the answer to the one before is on the screen. Questions are the `text` of a JSON Lines file: claims and
summaries of $PAPERREADER_SHARED/ir where no file is named. The library is warm: it has answered one question before.

Best of so many rounds, five where not said. Goal: p50 30, p95 50, worst 250 milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.homes import ALL, home_of
from benchmarks.scroll import COLUMNS, QUIET, copy_of
from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from tests.terminal.pty import Terminal

ROUNDS = 5
TEXTS = 200
_PATIENCE = 30.0
"""Seconds that an answer may take; one that does not come ends the measurement."""
_ESCAPE = 0.2
"""Seconds after which Esc is no longer the beginning of another key."""
_IR = Path(os.environ.get("PAPERREADER_SHARED") or Path(__file__).parents[2] / "shared") / "ir"
_QUESTIONS = ("scifact-train/queries.jsonl", "scitldr/queries-author.jsonl")


def texts(home: Path, number: int, file: Path | None) -> list[str]:
    """The beginnings of titles, then those of questions."""
    chance = random.Random(11)
    library = Library.open(Paths.under(home))
    rids = chance.sample(list(library.listing(View.ALL)), number)
    titles = [row.title for row in library.rows(rids)]
    library.close()
    lines = [line for each in ([file] if file else map(_IR.joinpath, _QUESTIONS)) for line in each.open("rb")]
    questions = [str(json.loads(line)["text"]) for line in chance.sample(lines, min(number, len(lines)))]
    typed = [" ".join(title.split()[:4]) for title in titles] + [" ".join(each.split()[:8]) for each in questions]
    return ["".join(sign for sign in text if sign.isascii() and sign.isprintable()).strip() for text in typed]


def awaited(pipe: int, terminal: Terminal, text: str) -> None:
    """Wait until the answer to this question is on the screen, reading what is written there."""
    screen = terminal.process.fileno()
    end = time.monotonic() + _PATIENCE
    while (left := end - time.monotonic()) > 0:
        ready = select.select([pipe, screen], [], [], left)[0]
        if screen in ready:
            os.read(screen, 65536)
        told = os.read(pipe, 4096).split() if pipe in ready else []
        if told and int(told[-1]) >= len(text):
            return
    sys.exit(f"the answer to {text!r} did not come within {_PATIENCE:g} s")


def passed_over(terminal: Terminal, seconds: float) -> None:
    """Read what is written until nothing came for so long, without looking at it: that would take the app's time."""
    screen = terminal.process.fileno()
    while select.select([screen], [], [], seconds)[0]:
        os.read(screen, 65536)


def typed(home: Path, size: int, asked: Sequence[str]) -> list[float]:
    """The milliseconds that each letter waited."""
    with tempfile.TemporaryDirectory() as folder:
        result, fifo = Path(folder) / "waits.json", Path(folder) / "pipe"
        os.mkfifo(fifo)
        pipe = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
        command = [sys.executable, "-m", "benchmarks.typing_probe", str(home), str(result), str(fifo)]
        with Terminal(command, columns=COLUMNS) as terminal:
            terminal.until(f"/{size:,}")
            terminal.settle(QUIET)
            for text in ("warm", *asked):
                terminal.type("/")
                passed_over(terminal, 0.05)
                for length in range(1, len(text) + 1):
                    terminal.type(text[length - 1])
                    if not text[:length].endswith(" "):
                        awaited(pipe, terminal, text[:length])
                terminal.type("\x1b")
                passed_over(terminal, _ESCAPE)
                while select.select([pipe], [], [], 0)[0]:
                    os.read(pipe, 4096)
            terminal.type("q")
            terminal.wait()
        os.close(pipe)
        waits: list[float] = json.loads(result.read_text())
    return waits[len("warm") :]


def part(waits: Sequence[float], share: float) -> float:
    """What this share of the letters waited at most."""
    return sorted(waits)[min(len(waits) - 1, int(len(waits) * share))]


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description="type questions", allow_abbrev=False)
    parser.add_argument("papers", nargs="*", type=int, default=[ALL])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument("--questions", type=Path)
    given = parser.parse_args()
    print(f"{'milliseconds from key to frame':<34}{'letters':>9}{'p50':>8}{'p95':>8}{'worst':>8}")
    for size in given.papers:
        with copy_of(home_of(size)) as home:
            (home / "settings.toml").write_text("[refresh]\non_start_hours = 0\n", "utf-8")
            asked = texts(home, given.texts, given.questions)
            rounds = []
            for number in range(1, given.rounds + 1):
                waits = typed(home, size, asked)
                rounds.append(waits)
                shown = "".join(f"{part(waits, share):>8.1f}" for share in (0.5, 0.95, 1))
                print(f"{f'{size:,} papers, round {number}':<34}{len(waits):>9,}{shown}", flush=True)
            best = [min(part(waits, share) for waits in rounds) for share in (0.5, 0.95, 1)]
            print(f"{f'{size:,} papers, best (30, 50, 250)':<34}{'':>9}" + "".join(f"{each:>8.1f}" for each in best))


if __name__ == "__main__":
    main()
