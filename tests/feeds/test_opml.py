"""OPML: what we write we read again, and whatever is read is a list or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.errors import FeedUnreadable
from paperreader.feeds import feed
from paperreader.feeds.opml import Outline, address, parse, written

NAMES = st.sampled_from(
    ["huggingface", "arxiv cs.CL", "arxiv cs.CL+cs.LG", 'arxiv au:bengio AND ti:"a & <b>"']
) | st.from_regex(r"https?://[a-z]{1,8}\.example/[!-~]{0,30}", fullmatch=True)


@given(st.lists(st.builds(Outline, NAMES, st.text(max_size=40)), max_size=6, unique_by=lambda outline: outline.name))
def test_names_come_back_as_they_were_whatever_the_titles(outlines: list[Outline]) -> None:
    read = parse(written(outlines).encode())
    assert [outline.name for outline in read] == [outline.name for outline in outlines]


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=60))
def test_a_title_of_plain_signs_comes_back_as_it_was(title: str) -> None:
    (read,) = parse(written([Outline("https://a.example/", title)]).encode())
    assert read.title == title


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<opml><body>{text}</body></opml>".encode()))
def test_whatever_a_file_holds_it_is_a_list_or_refused(body: bytes) -> None:
    try:
        found = parse(body)
    except FeedUnreadable as refused:
        assert "no list of feeds" in refused.message
    else:
        assert all(outline.name for outline in found)


@pytest.mark.parametrize("name", ["huggingface", "arxiv cs.CL", "arxiv cs.CL+cs.LG", "https://a.example/feed"])
def test_the_address_for_other_readers_means_the_same_feed_to_us(name: str) -> None:
    assert feed(address(name)) == feed(name)


def test_the_address_of_a_query_is_one_that_arxiv_answers() -> None:
    assert address("arxiv au:bengio AND ti:a") == (
        "https://export.arxiv.org/api/query?search_query=au%3Abengio+AND+ti%3Aa"
        "&sortBy=submittedDate&sortOrder=descending&max_results=100"
    )


def test_a_list_without_end_is_read_to_a_bound() -> None:
    endless = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(6_000))
    assert len(parse(f"<opml><body>{endless}</body></opml>".encode())) == 5_000
