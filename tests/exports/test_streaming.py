"""A whole library is written without ever being held: 1,000 papers of 3 kB in less than 1 MB."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from paperreader.exports import FORMATS, Document, write
from paperreader.paper import Paper

MANY = 1000
WORDS = " ".join(["A long abstract."] * 190)
MOST = 1_000_000
"""Bytes; the texts alone are 3 million."""


def papers() -> Iterator[Paper]:
    for n in range(MANY):
        yield Paper(rid=n, title=f"Paper {n}", other_id=f"p{n}", abstract=f"{n} {WORDS}", citation_key=f"key{n}")


@pytest.mark.parametrize("form", FORMATS)
def test_papers_are_written_as_they_come(form: str) -> None:
    sum(map(len, write(form, Document.of([Paper(rid=0, title="A first one, for what is loaded once")]))))
    tracemalloc.start()
    try:
        written = sum(map(len, write(form, Document.of(papers()))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert written > MANY * len(WORDS)
    assert peak < MOST
