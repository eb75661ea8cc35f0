"""Random and mutated questions, asked of a real library: does any raise, how long does the slowest take?

    python -m benchmarks.search_fuzz [--papers N] [--questions N] [--seed N]

A third are random characters of all planes, a third are pieces of the question's language in random order, a third are
titles and questions with characters exchanged, doubled, dropped. Each is read while it is typed and when it is whole.
Prints how many were asked, CPU milliseconds, and how many remarks were made; ends with the first that raises.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence

from benchmarks.homes import STARTER, home_of
from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths

_LANGUAGE = r"""cat: cs.CL org: "Meta_AI" source: is: unread read is:unread has: code stars: >500 < >=20 .. date: 2025
tag: list: 2025-03..2025-06 <30d since: last id: 2401.00001 ( ) (( )) " "" - + * : , AND OR NOT title: author: graph RL
abstract: autor: note: rating: GNN diffusion c++ 注意 é ~ https://arxiv.org/abs/2401.00001v2 10.1000/x year: votes:1..
date:9999-99 *a -* ﬃ İ ß ½ Ⅷ // \ ' ` $ % & ; | < > { } [ ] # @ ^ = ? !"""
PIECES = [*_LANGUAGE.split(), "\ud800", "\x00", "\u202e", "\u200d"]


def question(chance: random.Random, titles: Sequence[str]) -> str:
    """One of the three kinds."""
    kind = chance.randrange(3)
    if kind == 0:
        top = chance.choice((0x80, 0x3000, 0x110000))
        return "".join(chr(chance.randrange(top)) for _ in range(chance.randrange(80)))
    if kind == 1:
        return chance.choice((" ", "")).join(chance.choices(PIECES, k=chance.randrange(1, 16)))
    signs = list(chance.choice(titles))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(signs)) if signs else 0
        signs[at : at + chance.randrange(3)] = chance.choices([*'():"+-*~ ', *PIECES], k=chance.randrange(3))
    return "".join(signs)


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description="any question", allow_abbrev=False)
    parser.add_argument("--papers", type=int, default=STARTER)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    library = Library.open(Paths.under(home_of(given.papers)))
    for _ in library.catch_up():
        pass
    chance = random.Random(given.seed)
    titles = [row.title for row in library.rows(library.listing(View.ALL)[:2000])]
    times: list[float] = []
    remarked, slowest = 0, ("", 0.0)
    for number in range(given.questions):
        text = question(chance, titles)
        began = time.process_time()
        try:
            found = library.find(text, finished=number % 2 == 0, limit=200)
        except Exception:
            print(f"raised by {text!r}", file=sys.stderr)
            raise
        times.append((time.process_time() - began) * 1000)
        remarked += bool(found.remarks)
        slowest = max(slowest, (text, times[-1]), key=lambda each: each[1])
    marks = statistics.quantiles(times, n=100)
    print(f"{len(times):,} questions on {given.papers:,} papers, none raised; {remarked:,} with remarks")
    print(f"CPU ms: p50 {marks[49]:.2f}, p99 {marks[98]:.2f}, worst {slowest[1]:.0f}: {slowest[0][:100]!r}")
    library.close()


if __name__ == "__main__":
    main()
