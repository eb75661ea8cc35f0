from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.identity import Identity, Kind, arxiv_id, doi, meant, normalised_title, title_id
from paperreader.paper import Sighting
from paperreader.plain import printable, storable


@pytest.mark.parametrize(
    "written",
    [
        "2401.01234",
        " 2401.01234v12 ",
        "arXiv:2401.01234",
        "arxiv: 2401.01234v1",
        "http://arxiv.org/abs/2401.01234",
        "https://www.arxiv.org/abs/2401.01234v3",
        "https://arxiv.org/pdf/2401.01234",
        "https://arxiv.org/pdf/2401.01234v2.pdf",
        "https://export.arxiv.org/abs/2401.01234?context=cs",
        "https://arxiv.org/html/2401.01234v1#S2",
        "https://huggingface.co/papers/2401.01234",
        "https://www.alphaxiv.org/abs/2401.01234",
        "arxiv.org/abs/2401.01234",
        "HTTPS://ARXIV.ORG/ABS/2401.01234/",
    ],
)
def test_an_arxiv_id_is_found_in_each_of_its_forms(written: str) -> None:
    assert arxiv_id(written) == "2401.01234"
    assert meant(written)[0] == Identity("arxiv", "2401.01234")


@pytest.mark.parametrize("old", ["hep-th/9901001", "math.GT/0309136", "cs/0112017"])
def test_an_old_arxiv_id_keeps_its_archive(old: str) -> None:
    assert arxiv_id(f"https://arxiv.org/abs/{old}v2") == old
    assert meant(old)[0] == Identity("arxiv", old)


@pytest.mark.parametrize("other", ["2401.012", "24010.1234", "٢٤٠١.٠١٢٣٤", "2401.01234.5", "x 2401.01234", ""])
def test_what_is_no_arxiv_id_is_left_alone(other: str) -> None:
    assert arxiv_id(other) == other


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1002/(SICI)1099%3C1%3E", "10.1002/(SICI)1099<1>"),
        ("doi:https://doi.org/10.1000/182", "10.1000/182"),
        ("https://doi.org/doi:10.1000/182", "10.1000/182"),
        ("info:doi/10.1000/182", "10.1000/182"),
        ("urn:doi:10.1000.10/182", "10.1000.10/182"),
        ("10.1000/100%25", "10.1000/100%25"),
        ("10.1000/a://b%25", "10.1000/a://b%25"),
        ("no DOI", "no DOI"),
    ],
)
def test_a_doi_is_found_in_each_of_its_forms(written: str, bare: str) -> None:
    assert doi(written) == bare


def test_the_doi_of_a_preprint_means_the_preprint_first() -> None:
    names = meant("https://doi.org/10.48550/arXiv.2401.01234")
    assert names[:2] == [Identity("arxiv", "2401.01234"), Identity("doi", "10.48550/arXiv.2401.01234")]


@given(st.sampled_from(["arxiv", "doi", "id"]), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_form_of_a_name_leads_to_it_and_can_be_printed(kind: Kind, value: str) -> None:
    own = Identity(kind, storable(value))
    *_, surest = own.forms
    assert meant(surest)[0] == own or (kind == "arxiv" and meant(surest)[0].key == own.key)
    for form in own.forms:
        assert own in meant(form) and printable(form) == form == form.strip()


def test_arxiv_ids_and_dois_know_no_case_but_other_ids_do() -> None:
    assert Identity("doi", "10.1000/AB").key == Identity("doi", "10.1000/ab").key == "doi:10.1000/ab"
    assert Identity("id", "AB").key != Identity("id", "ab").key


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_every_id_means_itself_in_each_naming_scheme(text: str) -> None:
    names = meant(text)
    for sighting in (Sighting(source="x", id=text), Sighting(source="x", arxiv_id=arxiv_id(text))):
        for identity in sighting.identities:
            assert identity in names
    if doi(text):
        assert Identity("doi", doi(text)) in names


@given(st.text())
def test_whatever_is_typed_something_may_be_meant_and_nothing_raises(text: str) -> None:
    names = meant(text)
    assert names or not text.strip()
    for name in names:
        name.key.encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BootsTAP: Bootstrapped Training", "bootstap - bootstrapped  training"),
        ("Schrödinger's Café", "SCHRODINGERS CAFE"),
        ("Straße", "STRASSE"),
        ("ﬁne ligatures", "fine ligatures"),
    ],
)
def test_two_copies_of_a_title_are_one(one: str, other: str) -> None:
    assert title_id(one) == title_id(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C", "C#"), ("???", "!!!"), ("Part 1", "Part 2")])
def test_two_titles_are_two(one: str, other: str) -> None:
    assert title_id(one) != title_id(other)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_title_that_was_normalised_is_the_same_title(title: str) -> None:
    assert title_id(normalised_title(title)) == title_id(title)


def test_an_id_that_was_made_of_the_title_is_no_other_identity() -> None:
    made = title_id("On Nothing")
    assert Sighting(source="x", title="On Nothing", id=made).identities == (Identity("title", made),)
    assert meant(made)[0] == Identity("title", made)
