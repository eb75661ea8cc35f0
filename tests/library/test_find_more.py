"""Completion, facets and similar papers, over the real rows of the starter library and over some of our own."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.library.facets import Facet
from paperreader.paper import IMPORT, Sighting, View
from paperreader.paths import Paths
from paperreader.search.words import terms
from paperreader.store import recording


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("starter") / "home"
    library = Library.open(Paths.under(home))
    for _ in library.catch_up():
        pass
    library.close()
    return home


@pytest.fixture
def starter(template: Path, tmp_path: Path) -> Iterator[Library]:
    shutil.copytree(template, tmp_path / "home")
    library = Library.open(Paths.under(tmp_path / "home"))
    yield library
    library.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path / "own"), starter=False)
    sightings = [
        Sighting(source="huggingface", id="a", title="Graph neural networks", authors=("Yann LeCun",), published="2024",
                 categories=("cs.LG", "cs.AI"), organisation="Meta AI", code="https://x.org"),
        Sighting(source=IMPORT, id="b", title="Graph kernels", published="2025-02", categories=("cs.LG",)),
        Sighting(source=IMPORT, id="c", title="Attention is all you need", published="2017", organisation="Google"),
        Sighting(source=IMPORT, id="d", title="Neural machine translation", abstract="Networks that translate."),
    ]  # fmt: skip
    for _ in recording.record(library._database, sightings, 1_790_000_000.0, revive=False):
        pass
    for _ in library.catch_up():
        pass
    yield library
    library.close()


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("graph neu", "graph neural"),
        ("Graph NEU", "Graph NEUral"),
        ("attention is all you n", ""),
        ("attention is all you ne", "attention is all you need"),
        ("author:lec", "author:lecun"),
        ('"graph ker', '"graph kernels'),
        ("+ker", "+kernels"),
        ("titl", "title:"),
        ("autho", "author:"),
        ("is:un", "is:unread"),
        ("graph has:c", "graph has:code"),
        ("cat:cs.A", "cat:cs.AI"),
        ("cat:cs.LG,cs.", "cat:cs.LG,cs.AI"),
        ('org:"Met', 'org:"Meta AI"'),
        ("source:hug", "source:huggingface"),
        ("since:", "since:last"),
        ("graph ", ""),
        ("", ""),
        ("zzz", ""),
        ("stars:>", ""),
    ],
)
def test_the_last_word_is_completed(library: Library, question: str, first: str) -> None:
    found = library.search.complete(question)
    assert (found[0] if found else "") == first
    assert all(full.startswith(question) for full in found)


def test_words_that_stand_beside_the_others_come_first(library: Library) -> None:
    assert library.search.complete("neural net")[0] == "neural networks"
    assert library.search.complete("translation ne")[0] in ("translation neural", "translation need")
    assert library.search.complete("machine translation neu")[0] == "machine translation neural"


def test_without_an_index_fields_are_completed_still(library: Library) -> None:
    (library.paths.index / "current").unlink()
    assert library.search.complete("autho") == ["author:"]


def shown(facets: tuple[Facet, ...]) -> dict[str, dict[str, int]]:
    return {facet.name: {value.value: value.count for value in facet.values} for facet in facets}


def test_facets_count_the_whole_answer(library: Library) -> None:
    found = library.find("graph OR attention", finished=True, limit=1)
    assert shown(library.search.facets(found)) == {
        "date": {"2025": 1, "2024": 1, "2017": 1},
        "cat": {"cs.LG": 2, "cs.AI": 1},
        "source": {"import": 2, "huggingface": 1},
        "org": {"Google": 1, "Meta AI": 1},
        "has": {"code": 1},
    }
    assert shown(library.search.facets(library.find("zzz", finished=True))) == {}


def test_a_facet_narrows_the_question_to_its_count(starter: Library) -> None:
    found = starter.find("video", finished=True)
    checked = 0
    for facet in starter.search.facets(found, most=3):
        for value in facet.values:
            narrowed = starter.find(f"video {value.condition}", finished=True)
            assert narrowed.total == value.count, value
            checked += 1
    assert checked > 3


def test_facets_of_a_view_are_those_of_its_papers(starter: Library) -> None:
    rids = starter.listing(View.ALL)
    years = Counter(paper.published[:4] for paper in starter.papers(rids) if paper.published)
    [facet] = [facet for facet in starter.search.facets(rids, most=100) if facet.name == "date"]
    assert {value.value: value.count for value in facet.values} == years
    assert [value.value for value in facet.values] == sorted(years, reverse=True)


def test_facets_follow_what_changes(library: Library) -> None:
    rids = library.listing(View.ALL)
    assert shown(library.search.facets(rids))["has"] == {"code": 1}
    more = Sighting(source=IMPORT, id="b", title="Graph kernels", code="https://y.org")
    for _ in recording.record(library._database, [more], 1_790_000_001.0, revive=False):
        pass
    assert shown(library.search.facets(rids))["has"] == {"code": 2}


def test_similar_papers_share_the_terms_that_are_told(starter: Library) -> None:
    rid = starter.find("point tracking", finished=True).ids[0]
    found = starter.search.similar([rid])
    assert rid not in found.ids
    assert "track" in {term.word[:5] for term in found.terms}
    assert [term.weight for term in found.terms] == sorted((t.weight for t in found.terms), reverse=True)
    best = starter.paper(found.ids[0])
    assert best is not None
    assert {term.word for term in found.terms} & set(terms(f"{best.title} {best.text}"))
    assert found.marker.spans(best.title) or found.marker.spans(best.text)


def test_terms_can_be_struck_out_and_weighted(starter: Library) -> None:
    rid = starter.find("point tracking", finished=True).ids[0]
    first = starter.search.similar([rid])
    top = first.terms[0].word
    without = starter.search.similar([rid], without=[top])
    assert top not in {term.word for term in without.terms}
    assert without.ids != first.ids
    only = starter.search.similar([rid], without=[t.word for t in first.terms], weights={"diffusion": 2.0})
    assert [term.word for term in only.terms] == ["diffusion"]
    assert list(only.ids) == list(starter.find("diffusion", finished=True, limit=100).ids)[: len(only.ids)]


def test_several_papers_and_less_like_another(starter: Library) -> None:
    one = starter.find("point tracking", finished=True).ids[0]
    other = starter.find("language model", finished=True).ids[0]
    both = starter.search.similar([one, other])
    assert not {one, other} & set(both.ids)
    less = starter.search.similar([one, other], unlike=[other])
    assert [t.word for t in less.terms] != [t.word for t in both.terms]


def test_similar_leaves_hidden_papers_out_and_asks_nothing_of_nobody(starter: Library) -> None:
    rid = starter.find("point tracking", finished=True).ids[0]
    best = starter.search.similar([rid]).ids[0]
    starter.remove([best])
    assert best not in starter.search.similar([rid]).ids
    assert len(starter.search.similar([10**9]).ids) == 0
    (starter.paths.index / "current").unlink()
    assert starter.search.similar([rid]).terms == ()
