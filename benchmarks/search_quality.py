"""How good are the answers? nDCG@10 on the test collections of the shared folder, one setting for all.

    python benchmarks/search_quality.py [COLLECTION ...]

A collection is a folder with `papers.jsonl` ({id, title, abstract}) and one or more pairs of `queries*.jsonl` ({id,
text}) and `qrels*.tsv` (query, paper, grade). The folder is `ir` in $PAPERREADER_SHARED (../shared unless set).
"""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from paperreader.search.document import Document, Text
from paperreader.search.finding import Finder
from paperreader.search.indexing import rebuild

SHARED = Path(os.environ.get("PAPERREADER_SHARED") or Path(__file__).parents[2] / "shared")
# What was reached before, words alone: SQLite FTS5 and bm25s for comparison where known.
FLOOR = {"cranfield": 0.532, "scifact-train": 0.700, "scitldr author": 0.934, "scitldr pr": 0.819}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def open_collection(collection: Path, index: Path) -> tuple[Finder, list[str]]:
    papers = read(collection / "papers.jsonl")
    documents = [Document(i, p["title"], (), p["abstract"] or "", ()) for i, p in enumerate(papers)]
    for _ in rebuild(index, documents, library="quality", heard=0):
        pass

    def texts(rids: Sequence[int]) -> Mapping[int, Text]:
        return {rid: Text(documents[rid].title, documents[rid].text, ()) for rid in rids}

    return Finder(index, library="quality", texts=texts), [paper["id"] for paper in papers]


def gain(keys: Sequence[str], relevant: Mapping[str, float]) -> float:
    """nDCG@10 of one answer, as trec_eval computes it."""
    best = sorted(relevant.values(), reverse=True)[:10]
    found = [relevant.get(key, 0.0) for key in keys[:10]]
    return discounted(found) / discounted(best)


def discounted(grades: Sequence[float]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def measured(collection: Path, finder: Finder, names: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    for judged in sorted(collection.glob("qrels*.tsv")):
        suffix = judged.stem.removeprefix("qrels")
        relevant: dict[str, dict[str, float]] = {}
        for line in judged.read_text("utf-8").splitlines():
            query, paper, grade = line.split("\t")
            if float(grade) > 0:
                relevant.setdefault(query, {})[paper] = float(grade)
        total = 0.0
        for query in read(collection / f"queries{suffix}.jsonl"):
            if query["id"] not in relevant:
                continue
            found = finder.find(query["text"], finished=True, limit=100)
            left_out = set(query.get("exclude", ()))
            keys = [names[rid] for rid in found.ids if names[rid] not in left_out]
            total += gain(keys, relevant[query["id"]])
        yield f"{collection.name} {suffix.removeprefix('-')}".strip(), len(relevant), total / len(relevant)


def main() -> None:
    folder = SHARED / "ir"
    wanted = sys.argv[1:] or sorted(path.parent.name for path in folder.glob("*/papers.jsonl"))
    print(f"{'collection':<20}{'questions':>10}{'nDCG@10':>10}{'floor':>8}")
    for name in wanted:
        with tempfile.TemporaryDirectory() as home:
            finder, names = open_collection(folder / name, Path(home) / "index")
            for title, questions, value in measured(folder / name, finder, names):
                print(f"{title:<20}{questions:>10}{value:>10.4f}{FLOOR.get(title, math.nan):>8.3f}", flush=True)
            finder.close()


if __name__ == "__main__":
    main()
