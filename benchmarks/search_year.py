"""A year of daily papers: how long is each commit, how long each gathering, and do questions slow down?

    python benchmarks/search_year.py [--papers N] [--days N] [--daily N]

The last papers of the corpus come day by day, as feeds bring them; when there are more than twelve segments the small
ones become one, as the app's child process does it. Prints every month; the index is made beside a library of its own.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.search_speed import corpus
from paperreader.catching_up import GATHERED, SEGMENTS
from paperreader.search.document import Document, Text
from paperreader.search.finding import Finder
from paperreader.search.indexing import check, gather, rebuild, update


def size_of(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--papers", type=int, default=95_311)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--daily", type=int, default=75)
    given = parser.parse_args()
    documents = corpus(given.papers)
    by_rid = {document.rid: document for document in documents}
    first = len(documents) - given.days * given.daily
    chance = random.Random(3)
    questions = [" ".join(chance.choice(documents).title.split()[:4]) for _ in range(60)]

    def texts(rids: Sequence[int]) -> dict[int, Text]:
        return {rid: Text(by_rid[rid].title, by_rid[rid].text, by_rid[rid].authors) for rid in rids}

    def read(rids: Sequence[int]) -> Iterable[Document]:
        return (by_rid[rid] for rid in rids)

    with tempfile.TemporaryDirectory() as home:
        index = Path(home) / "index"
        for _ in rebuild(index, documents[:first], library="year", heard=0):
            pass
        finder = Finder(index, library="year", texts=texts)
        heads = ("segments", "MB", "commit p50", "worst ms", "gathered s", "question p50")
        print(f"{'day':>4}" + "".join(f"{head:>13}" for head in heads))
        commits: list[float] = []
        gatherings: list[float] = [0.0]
        for day in range(1, given.days + 1):
            start = first + (day - 1) * given.daily
            began = time.perf_counter()
            update(index, documents[start : start + given.daily], (), library="year", heard=day)
            commits.append((time.perf_counter() - began) * 1000)
            if check(index, library="year").segments > SEGMENTS:
                began = time.perf_counter()
                for _ in gather(index, read, library="year", segments=GATHERED):
                    pass
                gatherings.append(time.perf_counter() - began)
            if day % 30 == 0 or day == given.days:
                finder.close()
                finder.warm()
                times = []
                for question in questions:
                    began = time.process_time()
                    finder.find(question, limit=200, finished=True)
                    times.append((time.process_time() - began) * 1000)
                segments = check(index, library="year").segments
                shown = (segments, size_of(index), statistics.median(commits), max(commits), max(gatherings))
                line = "".join(f"{value:>13.1f}" for value in (*shown, statistics.median(times)))
                print(f"{day:>4}{line}", flush=True)
        print(f"{len(gatherings) - 1} gatherings, {sum(gatherings):.0f} s in all")


if __name__ == "__main__":
    main()
