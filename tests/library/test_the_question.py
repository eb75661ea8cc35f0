"""Each sentence that says what a question may be, asked of the starter library.

Its papers introduce no abbreviations: those are in tests/search/test_abbreviations.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path_factory.mktemp("home")))
    for _ in library.catch_up():
        pass
    yield library
    library.close()


def ids(library: Library, question: str, *, finished: bool = True) -> list[str]:
    return library.search.bare_ids(library.find(question, finished=finished).ids)


def first(library: Library, question: str) -> str:
    """The title that is on top."""
    row = next(iter(library.rows(library.find(question, finished=True).ids[:1])), None)
    return row.title if row else ""


def test_words_are_meant_and_not_required(library: Library) -> None:
    found = library.find("how are bootstrapped tracking models trained on unlabelled video", finished=True)
    assert found.complete == 0
    assert found.total > 20
    assert "BootsTAP" in first(library, "how are bootstrapped tracking models trained on unlabelled video")


@pytest.mark.parametrize("joined", ["state-of-the-art", "self-supervised", "image-text"])
def test_a_hyphen_inside_a_word_excludes_nothing(library: Library, joined: str) -> None:
    assert ids(library, joined)
    assert ids(library, f"models {joined}")


@pytest.mark.parametrize("word", ["and", "or", "not"])
def test_small_operators_are_words(library: Library, word: str) -> None:
    found = library.find(f"attention {word} memory", finished=True)
    assert list(found.ids) == list(library.find("attention memory", finished=True).ids)
    assert found.remarks == ()


def test_signs_require_and_exclude(library: Library) -> None:
    every = set(ids(library, "diffusion"))
    without = set(ids(library, "diffusion -image"))
    assert without < every
    assert without == set(ids(library, "diffusion NOT image"))
    assert set(ids(library, "+diffusion +image")) == every - without


def test_operators_and_parentheses_join(library: Library) -> None:
    both = set(ids(library, "training AND (video OR audio)"))
    assert both == (set(ids(library, "training AND video")) | set(ids(library, "training AND audio")))
    assert both


def test_phrases_stand_in_a_row(library: Library) -> None:
    rids = library.find('"language models"', finished=True).ids
    assert rids
    for paper in library.papers(rids):
        assert "language model" in f"{paper.title} {paper.whole_text}".lower().replace("-", " ").replace("\n", " ")


def test_a_star_stands_for_every_ending(library: Library) -> None:
    assert set(ids(library, "quantiz*")) >= set(ids(library, "+quantization"))


def test_an_unknown_field_is_read_as_words_and_the_nearest_is_named(library: Library) -> None:
    found = library.find("autor:zisserman", finished=True)
    assert any("author" in remark for remark in found.remarks)
    assert found.total


def test_fields_look_in_their_part_only(library: Library) -> None:
    for paper in library.papers(library.find("title:attention", finished=True).ids):
        assert "attention" in paper.title.lower()
    named = library.find('author:"Andrew Zisserman"', finished=True).ids
    assert named
    for paper in library.papers(named):
        assert any("Zisserman" in author for author in paper.authors)
    assert list(library.find("author:zisserman", finished=True).ids) == list(named)


@pytest.mark.parametrize("way", ["BootsTAP", "bootstap", "boots tap", "boots-tap", "ＢｏｏｔｓＴＡＰ"])
def test_one_name_is_found_however_it_is_written(library: Library, way: str) -> None:
    assert "BootsTAP" in first(library, way)


def test_a_bare_id_and_a_link_open_their_paper(library: Library) -> None:
    (name,) = ids(library, "BootsTAP bootstrapped training tracking any point")[:1]
    for way in (name, f"arXiv:{name}v3", f"https://arxiv.org/pdf/{name}", f"https://huggingface.co/papers/{name}"):
        found = library.find(way)
        assert found.opens is not None
        assert library.search.bare_ids(found.ids) == [name]


def test_a_date_is_a_year_a_span_or_an_age(library: Library) -> None:
    years = {paper.published[:4] for paper in library.papers(library.find("date:2024", finished=True).ids)}
    assert years == {"2024"}
    span = [p.published for p in library.papers(library.find("date:2024-03..2024-06", finished=True).ids)]
    assert span
    assert all("2024-03" <= published <= "2024-06-31" for published in span)


@pytest.mark.parametrize(
    ("typed", "meant"), [("difusion", "diffusion"), ("transfomers", "transformers"), ("atention", "attention")]
)
def test_a_misspelt_word_is_shown_as_it_is_meant_and_taken_literally_on_demand(
    library: Library, typed: str, meant: str
) -> None:
    found = library.find(typed, finished=True)
    assert [right for _, right in found.corrections] in ([meant], [meant.removesuffix("s")])
    assert found.total
    assert library.find(typed, finished=True, literal=True).total == 0


def test_every_title_typed_whole_is_on_top(library: Library) -> None:
    rows = library.rows(library.listing(View.ALL))
    missed = [row.title for row in rows if row.title and library.find(row.title, finished=True).ids[0] != row.rid]
    assert missed == []
