"""How long does a big day take? 5,000 papers parsed, stored and indexed, beside the least that the libraries ask.

    python -m benchmarks.refresh [PAPERS]

The day is made of the corpus (`corpus/papers.jsonl.xz` in $PAPERREADER_SHARED, ../shared unless set) in Hugging Face's
form, in pages of 100. Bare sqlite3 puts each paper into a table, 50 in a transaction; bare Whoosh adds each document
to an index with its stemming analyser and commits; both read the same JSON. Seconds are CPU time, the best of three
rounds in which the sides take turns.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.homes import CORPUS
from paperreader.feeds import huggingface
from paperreader.library import Library
from paperreader.paper import Sighting
from paperreader.paths import Paths
from paperreader.store import recording

PAPERS = 5_000
PAGE = 100
ROUNDS = 3
TRANSACTION = 50
DAY = "2026-08-21T00:00:00.000Z"


def pages(number: int) -> list[bytes]:
    """A day of so many papers, as Hugging Face would send it."""
    with lzma.open(CORPUS, "rt", encoding="utf-8") as corpus:
        entries = [entry(f"2608.{place:05}", json.loads(line)) for place, line in enumerate(islice(corpus, number), 1)]
    return [json.dumps(entries[start : start + PAGE]).encode() for start in range(0, len(entries), PAGE)]


def entry(name: str, paper: dict[str, Any]) -> dict[str, Any]:
    """One entry of the list; the corpus has conferences' papers, which get ids of arXiv's form."""
    said = {
        "id": name,
        "title": paper["title"],
        "summary": paper["abstract"] or "",
        "authors": [{"name": name} for name in paper["authors"]],
        "publishedAt": f"{paper['published']}T00:00:00.000Z",
        "submittedOnDailyAt": DAY,
        "upvotes": len(paper["title"]) % 97,
        "ai_keywords": paper["keywords"],
    }
    return {"paper": said, "title": paper["title"], "numComments": len(paper["authors"])}


class Times:
    """CPU seconds by what they were spent on, the least of all rounds."""

    def __init__(self) -> None:
        self.best: dict[str, float] = {}

    def take(self, what: str, work: Callable[[], Any]) -> Any:
        """Do it, and note what it took."""
        began = time.process_time()
        made = work()
        taken = time.process_time() - began
        self.best[what] = min(taken, self.best.get(what, taken))
        return made


def ours(day: list[bytes], folder: Path, times: Times) -> None:
    """As a refresh does it."""
    library = Library.open(Paths.under(folder), starter=False)

    def parse() -> list[Sighting]:
        return [sighting for page in day for sighting in huggingface.parse(page, first_rank=1).sightings]

    sightings = times.take("parse", parse)
    times.take("store", lambda: list(recording.record(library._database, sightings, 1.0, revive=False)))
    times.take("index", lambda: list(library.catch_up()))
    assert library.index_lag() == 0
    library.close()


def bare_json(day: list[bytes]) -> list[dict[str, Any]]:
    """The entries, merely loaded."""
    return [item["paper"] for page in day for item in json.loads(page)]


def bare_sqlite(papers: list[dict[str, Any]], file: Path) -> None:
    """A table with the id as its key."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE paper (id TEXT PRIMARY KEY, title, authors, abstract, votes)")
    for batch in batches(papers):
        connection.execute("BEGIN IMMEDIATE")
        for paper in batch:
            row = (paper["id"], paper["title"], json.dumps(paper["authors"]), paper["summary"], paper["upvotes"])
            connection.execute("INSERT INTO paper VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")
    connection.close()


def batches(papers: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """So many papers at a time as one transaction of ours has."""
    rest = iter(papers)
    while batch := list(islice(rest, TRANSACTION)):
        yield batch


def bare_whoosh(papers: list[dict[str, Any]], folder: Path) -> None:
    """Whoosh's own writer with the same three fields."""
    from whoosh import fields, index
    from whoosh.analysis import StemmingAnalyzer

    stemming = StemmingAnalyzer()
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=stemming),
        author=fields.TEXT,
        text=fields.TEXT(analyzer=stemming),
    )
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for paper in papers:
        names = " ".join(author["name"] for author in paper["authors"])
        writer.add_document(id=paper["id"], title=paper["title"], author=names, text=paper["summary"])
    writer.commit()


def main() -> None:
    """Print papers a second for each step, and beside it what the bare libraries do."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS
    if not CORPUS.exists():
        sys.exit(f"{CORPUS} is not there: set PAPERREADER_SHARED to the folder that has corpus/papers.jsonl.xz")
    day = pages(number)
    times = Times()
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            turn(day, Path(folder), times)
    told(number, times.best)


def turn(day: list[bytes], folder: Path, times: Times) -> None:
    """One round: ours, then the bare libraries."""
    ours(day, folder / "home", times)
    papers = times.take("json", lambda: bare_json(day))
    times.take("sqlite3", lambda: bare_sqlite(papers, folder / "bare.db"))
    (folder / "whoosh").mkdir()
    times.take("whoosh", lambda: bare_whoosh(papers, folder / "whoosh"))


def told(number: int, best: dict[str, float]) -> None:
    """The table."""
    print(f"{number:,} papers, CPU time, best of {ROUNDS}")
    print(f"{'step':<22}{'ours/s':>10}{'bare/s':>10}{'times slower':>14}")
    whole, bare = sum(best[step] for step in ("parse", "store", "index")), 0.0
    for step, other, label in (
        ("parse", "json", "parse | json.loads"),
        ("store", "sqlite3", "store | sqlite3"),
        ("index", "whoosh", "index | Whoosh"),
    ):
        bare += best[other]
        print(
            f"{label:<22}{number / best[step]:>10,.0f}{number / best[other]:>10,.0f}{best[step] / best[other]:>14.2f}"
        )
    print(f"{'all of it':<22}{number / whole:>10,.0f}{number / bare:>10,.0f}{whole / bare:>14.2f}")


if __name__ == "__main__":
    main()
