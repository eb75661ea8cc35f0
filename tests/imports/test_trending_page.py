from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.errors import UnreadableInput
from paperreader.imports import recognised
from tests.imports.reading import read

TOP = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
LONG = "An abstract is long. " * 30


def page(*papers: tuple[str, str]) -> str:
    return TOP + "\n".join(f"{title}\n{abstract}" for title, abstract in papers)


def pairs(raw: str | bytes) -> list[tuple[str, str]]:
    return [(paper.title, paper.abstract) for paper in read(raw)[0]]


def test_the_real_page_has_247_papers_each_with_its_own_abstract(shared: Callable[[str], Path]) -> None:
    raw = shared("seed/trending-page.txt").read_bytes()
    lines = raw.decode().split("\n")
    lines[2] = lines[2].removeprefix("Subscribe")
    expected = list(zip(lines[2::2], lines[3::2], strict=True))
    assert len(expected) == 247
    assert pairs(raw) == [(" ".join(title.split()), abstract.strip()) for title, abstract in expected]


def test_title_and_abstract_stand_in_turn_behind_the_furniture() -> None:
    assert pairs(page(("One", LONG), ("Two", "Short."))) == [("One", LONG.strip()), ("Two", "Short.")]


def test_sightings_of_the_page_have_no_identity_but_their_title() -> None:
    (paper,), _ = read(page(("One", LONG)))
    assert [identity.kind for identity in paper.identities] == ["title"]
    assert paper.source == "import"


def test_the_glued_word_is_taken_off_the_first_title_only() -> None:
    papers = pairs(page(("One", LONG), ("Subscribe to Transformers", LONG)))
    assert [title for title, _ in papers] == ["One", "Subscribe to Transformers"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n  \n"),
        lambda text: text + "\n",
        lambda text: "\ufeff" + text,
        lambda text: "\n\n" + text,
        lambda text: text.replace("Subscribe", "Subscribe\n", 1),
        lambda text: "Hugging Face\nPapers\nLog in\n" + text,
        lambda text: text.replace("\n", " \t\n"),
        lambda text: text.replace("Get trending papers in your email inbox!\n", "", 1),
    ],
    ids=["crlf", "blank lines", "last end", "mark", "blank top", "unglued", "more furniture", "blanks", "less"],
)
def test_the_page_is_read_alike_however_it_was_copied(change: Callable[[str], str]) -> None:
    text = page(("One", LONG), ("Two", LONG), ("Three", LONG))
    assert pairs(change(text)) == pairs(text)


def test_a_last_title_without_its_abstract_is_a_paper_too() -> None:
    assert pairs(page(("One", LONG)) + "\nAlone") == [("One", LONG.strip()), ("Alone", "")]


def test_an_abstract_where_a_title_is_due_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableInput) as refused:
        read(page(("One", LONG), ("Two", LONG)).replace("\nTwo", ""))
    assert refused.value.message.startswith("papers, line 5: a title is due here")


@pytest.mark.parametrize("text", ["", "A paper\nAn abstract\n", '{"title": "Get trending papers in your email inbox"}'])
def test_other_text_is_not_taken_for_the_page(text: str) -> None:
    form = recognised(text)
    assert form is None or "page" not in form.name


WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20))
def test_whatever_titles_and_abstracts_say_they_stay_together(papers: list[tuple[str, str]]) -> None:
    assert pairs(page(*papers)) == papers
