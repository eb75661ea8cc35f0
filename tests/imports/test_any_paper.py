"""Papers worse than any that were seen: what goes out of them comes back and goes out again as the same text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.bibliography import ordered
from paperreader.exports import write
from paperreader.paper import Owned, Paper, State
from tests.exports.papers import as_recorded
from tests.imports.reading import read

PIECES = st.sampled_from(
    [
        *("$", "\\", "{", "}", "''", "`", "--", "\\'e", "$x_1$", "\\\\{k}", "é", "ß", "’", "“", "²", "α", "李", "ﬁ"),
        *("%", "&", "#", "_", "^", "~", " ", ";", ",", "<b>", "&amp;", "AB  - x", "@misc{", "BERT", "Markov", "word"),
    ]
)
LINE = st.lists(PIECES, min_size=1, max_size=6).map(lambda parts: " ".join("".join(parts).split()))
WORDS = st.lists(st.sampled_from(["rl", "graphs", "später", "to read", "a&b"]), max_size=3, unique=True).map(tuple)


def _paper(values: dict[str, Any]) -> Paper:
    return Paper(**values)


PAPERS = st.fixed_dictionaries(
    {
        "rid": st.just(1),
        "title": LINE.map(lambda text: " ".join(f"On {text} words".split())),
        "arxiv_id": st.sampled_from(["", "2401.01234"]),
        "doi": st.sampled_from(["", "10.1000/182"]),
        "other_id": st.just("conf.7"),
        "authors": st.lists(
            st.sampled_from(["Ana Lopez", "Luc Van Gool", "OpenAI", "李 雷", "et al."]), max_size=3
        ).map(tuple),
        "published": st.sampled_from(["", "2024", "2024-02", "2024-02-03"]),
        "abstract": LINE,
        "keywords": WORDS,
        "tags": WORDS,
        "lists": WORDS,
        "rating": st.sampled_from([None, 1, 5]),
        "state": st.sampled_from(list(State)),
        "note": st.lists(LINE, max_size=3).map("\n".join),
        "journal": st.sampled_from(["", "J. Foo & Bar"]),
        "citation_key": st.just("key1"),
        "bibliography": st.fixed_dictionaries(
            {},
            optional={"type": st.sampled_from(["book", "phdthesis"]), "volume": st.just("3"), "pages": st.just("1–9")},
        ).map(ordered),
    }
).map(_paper)


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
@settings(max_examples=60, deadline=None)
@given(paper=PAPERS)
def test_any_paper_comes_back_and_goes_out_as_it_did(form: str, paper: Paper) -> None:
    text = "".join(write(form, [paper]))
    (sighting,), gleaned = read(text)
    assert not gleaned.ignored and not gleaned.refused and not gleaned.misread
    owned = sighting.owned or Owned()
    again = as_recorded(sighting)._replace(
        tags=owned.tags,
        lists=owned.lists,
        rating=owned.rating,
        state=owned.state or State.UNREAD,
        note=owned.note,
        journal=sighting.journal,
        bibliography=sighting.bibliography,
        citation_key=sighting.citation_key,
    )
    assert "".join(write(form, [again])) == text
    assert (again.tags, again.lists, again.rating, again.state) == (paper.tags, paper.lists, paper.rating, paper.state)
