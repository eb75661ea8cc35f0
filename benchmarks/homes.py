"""Libraries of several sizes to measure on, made once from the corpus and kept in the temporary folder."""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

CORPUS = Path(os.environ.get("PAPERREADER_SHARED") or Path(__file__).parents[2] / "shared") / "corpus/papers.jsonl.xz"
_KEPT = Path(tempfile.gettempdir()) / "paperreader-benchmarks"
STARTER = 247
ALL = 95_311


def home_of(papers: int) -> Path:
    """A home with so many papers, indexed: the starter library for 247, else the first ones of the corpus."""
    home = _KEPT / str(papers)
    if (home / "ready").exists():
        return home
    home.mkdir(parents=True, exist_ok=True)
    print(f"making a library of {papers:,} papers in {home} …", file=sys.stderr)
    if papers == STARTER:
        _run(home, "find", "paper")
    else:
        _import(home, papers)
    (home / "ready").touch()
    return home


def _import(home: Path, papers: int) -> None:
    if not CORPUS.exists():
        sys.exit(f"{CORPUS} is not there: set PAPERREADER_SHARED to the folder that has corpus/papers.jsonl.xz")
    part = home / "part.jsonl"
    with lzma.open(CORPUS, "rt", encoding="utf-8") as corpus, part.open("w", encoding="utf-8") as file:
        file.writelines(islice(corpus, papers))
    _run(home, "import", str(part))
    part.unlink()


def _run(home: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "paperreader", "--home", str(home), *arguments], check=True, stdout=subprocess.DEVNULL
    )
