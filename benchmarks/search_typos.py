"""Is the paper that is meant on top? The first words of titles, one typo in half of them, at several sizes of library.

    python benchmarks/search_typos.py [--papers N ...] [--questions N] [--misses]

Prints how often the paper is first, and in the first five, for right and for misspelt questions, with correction and
literally, and the milliseconds a question takes. Libraries are made once (benchmarks/homes.py).
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import string
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.homes import ALL, STARTER, home_of
from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths

WORDS = 4


def misspelt(word: str, chance: random.Random) -> str:
    """One slip: a letter left out, put in, wrong, or changed places with the next. The first letter is kept in most."""
    at = chance.randrange(0 if chance.random() < 0.1 else 1, len(word))
    letter = chance.choice(string.ascii_lowercase)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2 or at + 1 >= len(word):
        return word[:at] + letter + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def questions(library: Library, number: int, seed: int) -> list[tuple[int, str, bool]]:
    """The paper that is meant, the question, and whether it has a typo."""
    chance = random.Random(seed)
    rids = list(library.listing(View.ALL))
    made: list[tuple[int, str, bool]] = []
    for rid in chance.sample(rids, min(len(rids), number)):
        paper = library.paper(rid)
        words = paper.title.split()[:WORDS] if paper else []
        if len(words) < 3:
            continue
        long = [i for i, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
        wrong = bool(long) and len(made) % 2 == 1
        if wrong:
            i = chance.choice(long)
            words[i] = misspelt(words[i], chance)
        made.append((rid, " ".join(words), wrong))
    return made


def told(name: str, places: Sequence[int | None], times: Sequence[float]) -> None:
    size = len(places) or 1
    first = sum(place == 0 for place in places) / size
    five = sum(place is not None and place < 5 for place in places) / size
    marks = statistics.quantiles(times, n=20) if len(times) > 1 else [*times, *times]
    print(
        f"{name:<34}{first:8.3f}{five:8.3f}{statistics.median(times):8.1f}{marks[-1]:8.1f}{max(times):8.1f}", flush=True
    )


def measured(papers: int, number: int, seed: int, *, misses: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(home_of(papers), home, ignore=shutil.ignore_patterns("backups"))
        library = Library.open(Paths.under(home))
        for _ in library.catch_up():
            pass
        everything = library.listing(View.ALL)
        asked = questions(library, number, seed)
        heads = "".join(f"{head:>8}" for head in ("first", "five", "p50 ms", "p95", "worst"))
        size = f"{papers:,} papers, {len(asked)} questions"
        print(f"{size:<34}{heads}")
        library.find("warm", among=everything)
        for literal in (False, True):
            places: list[int | None] = []
            times: list[float] = []
            for rid, text, wrong in asked:
                began = time.process_time()
                found = library.find(text, among=everything, limit=100, literal=literal)
                times.append((time.process_time() - began) * 1000)
                ids = list(found.ids)
                places.append(ids.index(rid) if rid in ids else None)
                if misses and not literal and rid not in ids[:5]:
                    print(f"    {'typo ' if wrong else 'right'} {text!r} {found.corrections} {places[-1]}")
            name = "literally" if literal else "corrected"
            told(f"all, {name}", places, times)
            for kind in (False, True):
                some = [i for i, (_, _, wrong) in enumerate(asked) if wrong is kind]
                shown = [places[i] for i in some]
                told(f"  {'with a typo' if kind else 'right'}, {name}", shown, [times[i] for i in some])
        library.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--papers", type=int, nargs="+", default=[STARTER, ALL])
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true", help="also print what was not found in the first five")
    given = parser.parse_args()
    for papers in given.papers:
        measured(papers, given.questions, given.seed, misses=given.misses)


if __name__ == "__main__":
    main()
