"""A sighting finds its paper by name, by title only where one side has no name, and doing it twice changes nothing."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.identity import title_id
from paperreader.paper import STARTER, Paper, Sighting, Sort, View
from paperreader.store import changes, identities, marks, papers
from paperreader.store.database import Database
from tests.store.conftest import NOW, opened, record

NOTE = Sighting(
    source=STARTER,
    title="Attention Is All You Need",
    arxiv_id="1706.03762",
    authors=("A. Vaswani", "N. Shazeer"),
    published="2017-06-12",
    summary="A note.",
)
PAGE = Sighting(source="import", title="Attention is all you need!", abstract="The dominant sequence models…")


def only(database: Database) -> Paper:
    (paper,) = papers.papers(database, papers.all_rids(database))
    return paper


def test_a_new_paper_is_kept_as_it_was_said(database: Database) -> None:
    assert record(database, NOTE).new == 1
    paper = only(database)
    assert (paper.title, paper.arxiv_id, paper.authors) == (NOTE.title, NOTE.arxiv_id, NOTE.authors)
    assert paper.id == "1706.03762"
    assert paper.text == "A note."
    assert paper.text_is_summary
    assert paper.sources == ("starter",)
    assert paper.added == NOW


def test_recording_twice_changes_nothing(database: Database) -> None:
    record(database, NOTE, PAGE)
    before, heard = only(database), changes.span(database)
    again = record(database, NOTE, PAGE, now=NOW + 9)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert only(database) == before
    assert changes.span(database) == heard


def test_a_nameless_text_meets_the_paper_by_its_title_and_brings_the_abstract(database: Database) -> None:
    record(database, NOTE)
    assert record(database, PAGE, now=NOW + 1).changed == 1
    paper = only(database)
    assert paper.title == NOTE.title
    assert paper.text == PAGE.abstract
    assert not paper.text_is_summary
    assert paper.id == "1706.03762"
    assert paper.sources == ("starter", "import")


def test_a_paper_known_by_its_title_gets_its_name_and_is_still_found_by_the_old_one(database: Database) -> None:
    record(database, PAGE)
    made = only(database).id
    assert made == title_id(PAGE.title)
    record(database, replace(NOTE, source="import"))
    paper = only(database)
    assert paper.id == "1706.03762"
    assert paper.title == NOTE.title
    assert identities.find(database, made) == identities.find(database, "1706.03762") == paper.rid
    assert paper.other_id == ""


def test_two_arxiv_ids_are_two_papers_whatever_their_titles(database: Database) -> None:
    record(database, NOTE, replace(NOTE, arxiv_id="2401.00001"))
    assert len(papers.all_rids(database)) == 2


def test_an_id_and_a_doi_with_one_title_are_two_papers(database: Database) -> None:
    record(database, NOTE, replace(NOTE, arxiv_id="", doi="10.1000/1"))
    assert len(papers.all_rids(database)) == 2


def test_one_doi_on_two_arxiv_ids_does_not_merge_them(database: Database) -> None:
    record(database, replace(NOTE, doi="10.1000/1"), replace(NOTE, arxiv_id="2401.00001", doi="10.1000/1"))
    assert len(papers.all_rids(database)) == 2


def test_a_doi_knows_no_case_and_an_id_does(database: Database) -> None:
    record(database, Sighting(source="import", doi="10.1000/AbC"), Sighting(source="import", doi="10.1000/aBc"))
    assert len(papers.all_rids(database)) == 1
    record(database, Sighting(source="import", id="x"), Sighting(source="import", id="X"))
    assert len(papers.all_rids(database)) == 3


def test_two_rows_that_turn_out_to_be_one_paper_are_joined_with_their_marks(database: Database) -> None:
    record(database, Sighting(source="import", title="One", arxiv_id="2401.00001"))
    record(database, Sighting(source="import", title="Uno", doi="10.1000/1", abstract="Text", authors=("Ada",)))
    by_doi = identities.find(database, "10.1000/1")
    assert by_doi is not None
    marks.act(database, "m", "bookmark", [by_doi], NOW)
    record(database, Sighting(source="import", arxiv_id="2401.00001", doi="10.1000/1"))
    paper = only(database)
    assert (paper.title, paper.abstract, paper.authors) == ("One", "Text", ("Ada",))
    assert paper.bookmarked == NOW
    assert identities.find(database, "10.1000/1") == identities.find(database, "2401.00001") == paper.rid


def test_what_a_source_leaves_empty_stays_and_what_it_says_replaces(database: Database) -> None:
    record(database, replace(NOTE, source="import", abstract="Old", code="https://x.org", votes=3))
    record(database, replace(NOTE, source="import", title="New title", abstract="New", votes=9, authors=(), summary=""))
    paper = only(database)
    assert (paper.title, paper.abstract, paper.votes) == ("New title", "New", 9)
    assert (paper.code, paper.authors, paper.summary) == ("https://x.org", NOTE.authors, "A note.")


def test_the_starter_note_never_replaces_what_is_known(database: Database) -> None:
    record(database, replace(NOTE, source="import", title="Known", summary="Mine", published="2017-06-13"))
    assert record(database, NOTE).same == 1
    assert only(database).title == "Known"


def test_a_less_exact_date_does_not_replace_a_more_exact_one(database: Database) -> None:
    record(database, replace(NOTE, source="import"), replace(NOTE, source="import", published="2017-06"))
    assert only(database).published == "2017-06-12"
    record(database, replace(NOTE, source="import", published="2018"))
    assert only(database).published == "2018"


def test_of_two_days_that_feeds_tell_the_earlier_one_is_kept(database: Database) -> None:
    announced = replace(NOTE, source="arxiv cs.CL", published="2017-06-14")
    assert record(database, announced, replace(announced, source="huggingface", published="2017-06-12")).changed == 1
    assert record(database, announced).same == 1
    assert only(database).published == "2017-06-12"
    record(database, replace(NOTE, source="import", published="2017-06-20"))
    assert only(database).published == "2017-06-20"


def test_replacements_and_bare_counts_tell_of_known_papers_and_make_none(database: Database) -> None:
    replaced = replace(NOTE, source="arxiv cs.CL", announcement="replace", version=2)
    counted = Sighting(source="semantic scholar", arxiv_id="1706.03762", citations=9)
    assert record(database, replaced, counted).total == 0
    record(database, replace(NOTE, source="feed"), replaced, counted)
    paper = only(database)
    assert (paper.version, paper.citations) == (2, 9)


def test_a_removed_paper_stays_removed_for_a_feed_and_comes_back_for_an_import(database: Database) -> None:
    record(database, NOTE)
    marks.act(database, "m", "remove", papers.all_rids(database), NOW)
    record(database, replace(NOTE, source="feed"))
    assert not papers.listing(database, View.ALL, Sort.NEWEST)
    assert record(database, replace(NOTE, source="import"), revive=True).revived == 1
    assert len(papers.listing(database, View.ALL, Sort.NEWEST)) == 1


def test_titles_of_punctuation_differ_and_an_empty_title_meets_nothing(database: Database) -> None:
    record(
        database,
        *(Sighting(source="import", title=title) for title in ("???", "!!!", "C++", "C", "C#")),
        Sighting(source="import", id="a"),
        Sighting(source="import", id="b"),
    )
    assert len(papers.all_rids(database)) == 7


def test_a_sighting_without_any_name_is_passed_over(database: Database) -> None:
    assert record(database, Sighting(source="import", abstract="Text")).total == 0


def test_text_that_no_database_can_hold_is_mended(database: Database) -> None:
    record(database, Sighting(source="import", id="x\ud800", title="a\x00b\udfff", authors=("c\ud800",)))
    paper = only(database)
    assert (paper.title, paper.authors, paper.id) == ("a\ufffdb\ufffd", ("c\ufffd",), "x\ufffd")


_NAMES = st.sampled_from(["", "a", "b", "c"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(
            Sighting,
            source=st.sampled_from(["starter", "import", "feed"]),
            title=st.sampled_from(["", "One", "one!", "Two", "Three"]),
            arxiv_id=_NAMES.map(lambda name: name and f"2401.0000{ord(name) - 96}"),
            doi=_NAMES.map(lambda name: name and f"10.1000/{name}"),
            id=_NAMES,
        ),
        max_size=8,
    )
)
def test_whatever_comes_in_whatever_order_names_lead_to_one_paper_and_it_settles(sightings: list[Sighting]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = opened(Path(folder) / "library.db")
        try:
            counts = []
            for _ in range(len(sightings) + 2):  # sources that contradict each other may take turns, but rows settle
                record(database, *sightings)
                counts.append(len(papers.all_rids(database)))
            assert counts[-1] == counts[-2]
            for sighting in sightings:
                if sighting.identities and (sighting.title or sighting.source == "import"):
                    assert identities.find(database, sighting.identities[0].value) is not None
        finally:
            database.close()


def test_two_sources_do_not_take_turns_and_the_closer_one_is_believed(tmp_path: Path) -> None:
    arxiv = Sighting(source="arxiv cs.CV", arxiv_id="2608.00001", title="A ° title", authors=("Zoë Li",), abstract="v2")
    daily = replace(arxiv, source="huggingface", title="A title", authors=("Zoe Li",), abstract="v1", votes=3)
    blog = replace(daily, source="https://blog.example/", title="We read it", votes=None, code="https://code.example/")
    for number, order in enumerate(([daily, arxiv, blog], [blog, daily, arxiv], [arxiv, blog, daily])):
        database = opened(tmp_path / f"{number}.db")
        for sighting in order:
            record(database, sighting)
        paper = only(database)
        assert (paper.title, paper.authors, paper.abstract) == (arxiv.title, arxiv.authors, "v2")
        assert (paper.votes, paper.code) == (3, "https://code.example/")
        assert [record(database, sighting).changed for sighting in order] == [0, 0, 0]
        assert record(database, replace(arxiv, title="Retitled", version=3)).changed == 1
        assert record(database, replace(arxiv, source="import", title="By hand")).changed == 1
        database.close()


def test_sources_that_are_equally_close_settle_after_one_round_in_any_order(tmp_path: Path) -> None:
    listing = Sighting(
        source="arxiv cs.CL",
        arxiv_id="2608.00001",
        title="T^2",
        version=1,
        categories=("cs.CL", "cs.AI"),
        journal="J. A",
    )
    query = replace(listing, source="arxiv au:li", title="T²", categories=("cs.AI", "cs.CL"), journal="J. of A")
    blogs = [
        Sighting(
            source=f"https://{name}.example/", doi="10.1/1", title=f"As {name} has it", url=f"https://{name}.example/1"
        )
        for name in ("one", "two")
    ]
    for number, order in enumerate(itertools.permutations([listing, query, *blogs])):
        database = opened(tmp_path / f"{number}.db")
        for sighting in order:
            record(database, sighting)
        assert [record(database, sighting).changed for sighting in order] == [0, 0, 0, 0]
        first, second = sorted(papers.papers(database, papers.all_rids(database)), key=lambda paper: paper.title)
        assert (first.title, first.url) == ("As one has it", "https://one.example/1")
        assert (second.title, second.categories, second.journal) == ("T²", ("cs.AI", "cs.CL"), "J. of A")
        database.close()


def test_words_of_an_older_version_never_replace_those_of_a_newer_one(database: Database) -> None:
    first = Sighting(source="arxiv cs.CL", arxiv_id="2608.00001", title="As it was", version=1)
    second = replace(first, source="arxiv cs.CV", title="Retitled", version=2)
    unversioned = replace(first, source="arxiv au:li", version=None)
    daily = replace(unversioned, source="huggingface", votes=3)
    linking = replace(first, source="https://blog.example/", title="We read it", version=3)
    record(database, first, daily)
    assert record(database, second).changed == 1
    assert record(database, first, unversioned, daily).changed == 0
    record(database, linking)
    assert record(database, second, first, unversioned, daily, linking).changed == 0
    paper = only(database)
    assert (paper.title, paper.version, paper.votes) == ("Retitled", 3, 3)
    assert record(database, replace(first, title="Again", version=4)).changed == 1


def test_a_link_to_a_newer_version_in_a_blog_keeps_no_words_of_arxiv_out(database: Database) -> None:
    record(database, Sighting(source="https://blog.example/", arxiv_id="2608.00001", title="We read it", version=3))
    record(database, Sighting(source="arxiv cs.CL", arxiv_id="2608.00001", title="Its title", version=2))
    assert only(database).title == "Its title"
