"""A paper's links lead to it and to nothing else, whatever its ids hold."""

from __future__ import annotations

import pytest

from paperreader.paper import Paper, Sighting, View
from paperreader.plain import shown_title


def test_an_arxiv_paper_has_its_page_and_its_pdf() -> None:
    paper = Paper(rid=1, title="T", arxiv_id="2402.00847", url="https://example.org/x.pdf")
    assert paper.link == "https://arxiv.org/abs/2402.00847"
    assert paper.pdf_link == "https://arxiv.org/pdf/2402.00847"
    assert Paper(rid=1, title="T", arxiv_id="math.GT/0309136").link == "https://arxiv.org/abs/math.GT/0309136"


def test_another_paper_has_its_own_address_else_its_doi() -> None:
    assert Paper(rid=1, title="T", url="https://example.org/p", doi="10.1/x").link == "https://example.org/p"
    assert Paper(rid=1, title="T", doi="10.1000/x(1)<2>").link == "https://doi.org/10.1000/x(1)%3C2%3E"
    assert Paper(rid=1, title="T", other_id="x").link == ""
    assert Paper(rid=1, title="T", url="https://example.org/a.PDF?x=1").pdf_link == "https://example.org/a.PDF?x=1"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "https://x.org/a b", "https://x.org/\x1b[31m", "http://\n", "-h"],
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    paper = Paper(rid=1, title="T", url=url, code=url)
    assert (paper.link, paper.pdf_link, paper.code_link) == ("", "", "")


def test_an_odd_id_cannot_leave_its_place_in_the_address_and_what_is_no_id_makes_no_link() -> None:
    assert Paper(rid=1, title="T", doi="10.1000/x\n\x1b?#").link == "https://doi.org/10.1000/x%0A%1B%3F%23"
    for odd in (Paper(rid=1, title="T", arxiv_id="2401.012"), Paper(rid=1, title="T", doi="none")):
        assert (odd.link, odd.pdf_link) == ("", "")
    elsewhere = Paper(rid=1, title="T", arxiv_id="x", url="https://example.org/a.pdf")
    assert elsewhere.link == elsewhere.pdf_link == "https://example.org/a.pdf"


def test_a_doi_is_bare_whoever_told_it_and_that_of_a_preprint_names_it() -> None:
    assert Sighting(source="x", doi="https://doi.org/10.1000/Ab").doi == "10.1000/Ab"
    preprint = Sighting(source="x", doi="DOI:10.48550/arXiv.2401.01234")
    assert (preprint.arxiv_id, preprint.doi) == ("2401.01234", "10.48550/arXiv.2401.01234")
    assert Sighting(source="x", doi="10.48550/arXiv.2401.01234", arxiv_id="2402.00001").arxiv_id == "2402.00001"


def test_the_text_is_the_abstract_else_the_summary_and_says_which() -> None:
    assert Paper(rid=1, title="T", abstract="A", summary="S").text == "A"
    assert not Paper(rid=1, title="T", abstract="A", summary="S").text_is_summary
    assert Paper(rid=1, title="T", summary="S").text_is_summary
    assert not Paper(rid=1, title="T").text_is_summary


def test_without_a_title_the_first_words_stand_for_it() -> None:
    assert Paper(rid=1, title="", abstract="One two three.").shown_title == "One two three."
    assert Paper(rid=1, title=" \n").shown_title == "(untitled)"
    assert shown_title("", "w " * 40).endswith("…")


def test_the_strongest_name_comes_first() -> None:
    sighting = Sighting(source="x", title="T", arxiv_id="2401.00001", doi="10.1/x", id="i")
    assert [name.key for name in sighting.identities] == ["arxiv:2401.00001", "doi:10.1/x", "id:i"]
    assert [name.kind for name in Sighting(source="x", title="T").identities] == ["title"]
    assert Sighting(source="x").identities == ()


def test_each_view_has_its_digit() -> None:
    assert "".join(view.digit for view in View) == "123456"
    assert View.ALL.digit == "4"
