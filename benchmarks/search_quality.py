"""How good are the answers? nDCG@10 on the test collections of the shared folder, one setting for all.

    python benchmarks/search_quality.py [--model FOLDER] [COLLECTION ...]

A collection is a folder with `papers.jsonl` ({id, title, abstract}) and one or more pairs of `queries*.jsonl` ({id,
text}) and `qrels*.tsv` (query, paper, grade). The folder is `ir` in $PAPERREADER_SHARED (../shared unless set).

With a sentence model (the extra `semantic`) words alone and words with meaning stand beside each other; the vectors,
90 ms a paper, are kept in the temporary folder from run to run.
"""

from __future__ import annotations

import argparse
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
from paperreader.search.meaning import Meaning
from paperreader.search.understanding import make, stale

SHARED = Path(os.environ.get("PAPERREADER_SHARED") or Path(__file__).parents[2] / "shared")
# Words alone, with meaning.
GOALS = {
    "cranfield": (0.535, 0.575),
    "scifact-train": (0.705, 0.75),
    "scitldr author": (0.94, 0.95),
    "scitldr pr": (0.82, 0.86),
}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def open_collection(collection: Path, index: Path) -> tuple[Finder, list[str], list[Document]]:
    papers = read(collection / "papers.jsonl")
    documents = [Document(i, p["title"], (), p["abstract"] or "", ()) for i, p in enumerate(papers)]
    for _ in rebuild(index, documents, library="quality", heard=0):
        pass

    def texts(rids: Sequence[int]) -> Mapping[int, Text]:
        return {rid: Text(documents[rid].title, documents[rid].text, ()) for rid in rids}

    return Finder(index, library="quality", texts=texts), [paper["id"] for paper in papers], documents


def vectors_of(collection: Path, model: Path, documents: Sequence[Document]) -> Path:
    """Where the papers' vectors are, made now where they are not yet."""
    path = Path(tempfile.gettempdir()) / "paperreader-benchmarks" / "vectors" / collection.name / "papers"
    missing = stale(path, model, documents)
    for done in make(path, model, [documents[rid] for rid in missing]):
        print(f"  {collection.name}: {done:,} of {len(missing):,} vectors", end="\r", file=sys.stderr, flush=True)
    return path


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
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("collections", nargs="*")
    parser.add_argument("--model", type=Path, help="a folder with a sentence model")
    given = parser.parse_args()
    folder = SHARED / "ir"
    wanted = given.collections or sorted(path.parent.name for path in folder.glob("*/papers.jsonl"))
    print(f"{'nDCG@10':<20}{'questions':>10}{'words':>10}{'goal':>8}{'meaning':>10}{'goal':>8}")
    for name in wanted:
        with tempfile.TemporaryDirectory() as home:
            finder, names, documents = open_collection(folder / name, Path(home) / "index")
            alone = list(measured(folder / name, finder, names))
            both = [(title, count, math.nan) for title, count, _ in alone]
            if given.model is not None:
                finder.meaning = Meaning(given.model, vectors_of(folder / name, given.model, documents))
                both = list(measured(folder / name, finder, names))
            for (title, count, words), (_, _, meant) in zip(alone, both, strict=True):
                goals = GOALS.get(title, (math.nan, math.nan))
                print(
                    f"{title:<20}{count:>10}{words:>10.4f}{goals[0]:>8.3f}{meant:>10.4f}{goals[1]:>8.3f}",
                    flush=True,
                )
            finder.close()


if __name__ == "__main__":
    main()
