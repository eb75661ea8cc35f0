"""How fast is a keystroke? Titles and claims typed letter by letter, beside SQLite FTS5 in the same run.

    python benchmarks/search_speed.py [--papers N] [--titles N] [--stock]

Prints p50, p95 and worst in milliseconds of CPU time and their ratios, then how long building takes (`--stock`: also
Whoosh's own writer with the same schema, on 10,000 papers). The corpus is `corpus/papers.jsonl.xz` in
$PAPERREADER_SHARED (../shared unless set). Both sides give the 200 best ids and the total.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from paperreader.search import fields, words
from paperreader.search.document import Document, Text
from paperreader.search.finding import Finder
from paperreader.search.indexing import check, rebuild, update

SHARED = Path(os.environ.get("PAPERREADER_SHARED") or Path(__file__).parents[2] / "shared")
LIMIT = 200


def corpus(most: int) -> list[Document]:
    documents = []
    with lzma.open(SHARED / "corpus" / "papers.jsonl.xz", "rt", encoding="utf-8") as lines:
        for rid, line in enumerate(lines, 1):
            if rid > most:
                break
            p = json.loads(line)
            documents.append(Document(rid, p["title"], tuple(p["authors"]), p["abstract"] or "", tuple(p["keywords"])))
    return documents


def keystrokes(documents: Sequence[Document], titles: int) -> list[list[str]]:
    """The first four words of titles, and the first eight of abstracts' sentences, as they are typed."""
    chosen = random.Random(5).sample(documents, titles)
    typed = [" ".join(document.title.split()[:4]) for document in chosen]
    typed += [" ".join(document.text.split(". ")[-1].split()[:8]) for document in chosen[: titles // 4]]
    return [[text[:end] for end in range(2, len(text) + 1)] for text in typed]


def timed(ask: Callable[[str], object], sessions: Sequence[Sequence[str]]) -> list[float]:
    times = []
    for session in sessions:
        for text in session:
            began = time.process_time()
            ask(text)
            times.append((time.process_time() - began) * 1000)
    return times


def told(name: str, times: Sequence[float], base: Sequence[float] | None = None) -> None:
    marks = statistics.quantiles(times, n=20)
    shown = [statistics.median(times), marks[-1], max(times)]
    ratios = ""
    if base is not None:
        others = [statistics.median(base), statistics.quantiles(base, n=20)[-1], max(base)]
        ratios = "   times faster: " + " ".join(f"{b / a:6.1f}" for a, b in zip(shown, others, strict=True))
    print(f"{name:<34}{shown[0]:8.1f}{shown[1]:8.1f}{shown[2]:8.1f}{ratios}", flush=True)


def full_text(documents: Sequence[Document]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "create virtual table f using fts5(title, text, authors, content='', tokenize='porter', prefix='2 3')"
    )
    rows = ((d.rid, d.title, d.text, " ".join(d.authors)) for d in documents)
    connection.executemany("insert into f(rowid, title, text, authors) values (?, ?, ?, ?)", rows)
    return connection


def fts(connection: sqlite3.Connection, joined: str) -> Callable[[str], object]:
    def ask(text: str) -> object:
        found = words.asked(text)
        if not found:
            return None
        query = joined.join(f'"{word}"' for word in found) + ("" if text.endswith(" ") else "*")
        best = connection.execute(
            "select rowid from f where f match ? order by bm25(f, 2.0, 1.0, 1.0) limit ?", (query, LIMIT)
        ).fetchall()
        return best, connection.execute("select count(*) from f where f match ?", (query,)).fetchone()

    return ask


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def build(index: Path, documents: Sequence[Document]) -> float:
    began = time.process_time()
    for _ in rebuild(index, documents, library="speed", heard=0):
        pass
    return time.process_time() - began


def stock(folder: Path, documents: Sequence[Document]) -> float:
    """The same bags by Whoosh's own writer. It is given the words, so both sides cut the same."""
    from whoosh import fields as whoosh_fields
    from whoosh.filedb.filestore import FileStorage

    class Bag(whoosh_fields.ID):  # type: ignore[misc]  # Whoosh has no types
        def index(self, value: Counter[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
            for word, count in value.items():
                yield word.encode(), count, float(count), b""

        def __reduce__(self) -> tuple[object, ...]:
            return whoosh_fields.ID, ()

    schema = whoosh_fields.Schema(**{name: Bag() for name in fields.BAGS}, rid=whoosh_fields.COLUMN(fields.RID_COLUMN))
    index = FileStorage(str(folder)).create().create_index(schema)
    began = time.process_time()
    writer = index.writer()
    writer.schema = schema
    for document in documents:
        writer.add_document(**fields.bags(document), rid=document.rid)
    writer.commit()
    return time.process_time() - began


def asked(index: Path, documents: Sequence[Document], titles: int) -> None:
    by_rid = {d.rid: Text(d.title, d.text, d.authors) for d in documents}

    def texts(rids: Sequence[int]) -> Mapping[int, Text]:
        return {rid: by_rid[rid] for rid in rids}

    sessions = keystrokes(documents, titles)
    before = resident()
    finder = Finder(index, library="speed", texts=texts)
    began = time.perf_counter()
    finder.warm()
    print(f"{'opening':<34}{(time.perf_counter() - began) * 1000:8.1f}")
    print(f"{'':<34}{'p50':>8}{'p95':>8}{'worst':>8}")
    ours = []
    for session in sessions:
        finder.close()
        finder.warm()
        ours += timed(lambda text: finder.find(text, limit=LIMIT), [session])
    told("paperreader, sessions cold", ours)
    told("paperreader, library warm", timed(lambda text: finder.find(text, limit=LIMIT), sessions))
    told("paperreader, all warm", timed(lambda text: finder.find(text, limit=LIMIT), sessions))
    print(f"{'memory of the open index, MB':<34}{resident() - before:8.0f}")
    connection = full_text(documents)
    some = sessions[:: max(1, len(sessions) // 30)]
    mine = []
    for session in some:
        finder.close()
        finder.warm()
        mine += timed(lambda text: finder.find(text, limit=LIMIT), [session])
    told("the same sessions, cold", mine)
    for joined in (" AND ", " OR "):
        theirs = timed(fts(connection, joined), some)
        told(f"FTS5,{joined}beside it", theirs)
        told("paperreader, cold, to that", mine, theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--papers", type=int, default=95_311)
    parser.add_argument("--titles", type=int, default=200)
    parser.add_argument("--stock", action="store_true")
    given = parser.parse_args()
    documents = corpus(given.papers)
    with tempfile.TemporaryDirectory() as home:
        before = peak()
        seconds = build(Path(home) / "index", documents)
        print(f"{'building, CPU seconds':<34}{seconds:8.1f}   {len(documents)} papers, {peak() - before:.0f} MB more")
        began = time.perf_counter()
        update(Path(home) / "index", documents[:100], (), library="speed", heard=1)
        print(f"{'a day of 100 papers, ms':<34}{(time.perf_counter() - began) * 1000:8.0f}")
        print(f"{'segments':<34}{check(Path(home) / 'index', library='speed').segments:8}")
        asked(Path(home) / "index", documents, given.titles)
        if given.stock:
            few = documents[:10_000]
            ours, theirs = build(Path(home) / "few", few), stock(Path(home) / "stock", few)
            print(f"{'10,000 papers, CPU seconds':<34}{ours:8.1f}   stock {theirs:.1f}: {theirs / ours:.1f} times")


if __name__ == "__main__":
    main()
