"""Any RSS or Atom: ids that last, plain text, links made whole, hostile bodies; and finding the feed of a page."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from paperreader.errors import FeedUnreadable
from paperreader.feeds import Latest, Month, NotAsked, PagesInMemory, Unchanged, discover, feed, never
from paperreader.feeds.discovery import alternates
from paperreader.feeds.feed_body import parse
from paperreader.feeds.html_text import plain_text
from paperreader.paper import Sighting
from tests.feeds.asking import asked, sightings
from tests.feeds.conftest import MakeClient
from tests.feeds.world import World, redirect, tagged, text

URL = "https://blog.example/feed.xml"


def item(inside: str) -> Sighting:
    body = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>B</title><item>{inside}</item></channel></rss>'
    (sighting,) = parse(body.encode(), source=URL, url=URL).understood.sightings
    return sighting


def test_a_post_becomes_a_sighting() -> None:
    post = item(
        "<title>Deep &amp;amp; &lt;b&gt;bold&lt;/b&gt;</title><link>/posts/1</link><guid>tag:blog.example,2026:1</guid>"
        "<pubDate>Fri, 21 Aug 2026 23:30:00 -0400</pubDate><dc:creator>Ann Lee; Bo Xu</dc:creator>"
        "<category>ml</category>"
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;evil()&lt;/script&gt;"
        "&lt;p&gt;Two &amp;lt; three&lt;/p&gt;</description>"
    )
    assert post == Sighting(
        source=URL,
        title="Deep & bold",
        id="tag:blog.example,2026:1",
        authors=("Ann Lee", "Bo Xu"),
        published="2026-08-22",
        listed="2026-08-22",
        abstract="One.\n\nTwo < three",
        categories=("ml",),
        url="https://blog.example/posts/1",
    )


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<guid>https://x.example/1</guid>", "https://x.example/1"),
        ('<guid isPermaLink="false">17</guid>', f"{URL}#17"),
        ("<link>https://x.example/2</link>", "https://x.example/2"),
    ],
)
def test_a_post_is_named_by_what_lasts(inside: str, expected: str) -> None:
    assert item(f"<title>T</title>{inside}").id == expected


def test_a_post_that_has_only_a_title_is_known_by_it() -> None:
    post = item("<title>T</title>")
    assert post.id == ""
    assert post.identities[0].kind == "title"


def test_a_title_that_is_plain_text_keeps_what_looks_like_a_tag() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id>
    <title type="text">On &lt;think&gt; tokens</title>
    <summary type="html">a &lt;i&gt;b&lt;/i&gt;</summary></entry></feed>"""
    (post,) = parse(body, source=URL).understood.sightings
    assert (post.title, post.abstract) == ("On <think> tokens", "a b")


def test_two_untitled_posts_are_two() -> None:
    one, other = item("<description>Some words.</description>"), item("<description>Other words.</description>")
    assert one.identities
    assert one.identities != other.identities


@pytest.mark.parametrize(
    ("inside", "arxiv_id", "doi"),
    [
        ("<link>https://arxiv.org/abs/2608.12345v2</link>", "2608.12345", ""),
        ("<guid>oai:arXiv.org:2608.12345v2</guid>", "2608.12345", ""),
        ("<link>https://doi.org/10.1000/xyz</link>", "", "10.1000/xyz"),
        ("<dc:identifier>doi:10.1000/XYZ</dc:identifier>", "", "10.1000/XYZ"),
        ("<link>https://blog.example/10.1000/xyz</link>", "", ""),
    ],
)
def test_a_post_about_a_paper_is_known_as_that_paper(inside: str, arxiv_id: str, doi: str) -> None:
    post = item(f"<title>T</title>{inside}")
    assert (post.arxiv_id, post.doi) == (arxiv_id, doi)


@pytest.mark.parametrize(
    ("creator", "names"),
    [
        ("Ann Lee, Bo Xu", ("Ann Lee", "Bo Xu")),
        ("Lee, Ann", ("Lee, Ann",)),
        ("Ann Lee, Bo Xu, Cy", ("Ann Lee", "Bo Xu", "Cy")),
        (r"Jos\'e Pe\~na", ("José Peña",)),
    ],
)
def test_authors_are_parted_where_that_is_certain(creator: str, names: tuple[str, ...]) -> None:
    assert item(f"<title>T</title><dc:creator>{creator}</dc:creator>").authors == names


def test_the_authors_of_a_feed_are_those_of_its_posts_without_any() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Ann Lee</name></author>
    <entry><id>urn:1</id><title>T</title></entry></feed>"""
    assert parse(body, source=URL).understood.sightings[0].authors == ("Ann Lee",)


def test_no_link_is_anything_but_a_web_address() -> None:
    assert item("<title>T</title><link>javascript:alert(1)</link>").url == ""
    assert item("<title>T</title><link>file:///etc/passwd</link>").url == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "an empty answer"),
        (b"hello", "not RSS or Atom"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "not RSS or Atom"),
        (b"<html><head><title>Blog</title></head><body>hi</body></html>", "a web page instead of RSS or Atom: Blog"),
        (b"/etc/passwd", "not RSS or Atom"),
        (b"https://blog.example/feed.xml", "not RSS or Atom"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(FeedUnreadable, match=reason):
        parse(body, source=URL, url=URL)


def test_a_feed_without_posts_is_a_feed() -> None:
    assert parse(b'<rss version="2.0"><channel><title>B</title></channel></rss>', source=URL).understood.entries == 0


def test_an_entity_bomb_goes_off_nowhere() -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    body = f'<!DOCTYPE rss [{entities}]><rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'
    understood = parse(body.encode(), source=URL).understood
    assert all(len(sighting.title) < 100 for sighting in understood.sightings)


def test_a_feed_is_asked_with_its_validators_and_has_no_other_times(world: World, make_client: MakeClient) -> None:
    body = b'<rss version="2.0"><channel><title>B</title><item><title>T</title><link>/1</link></item></channel></rss>'
    world.says("/new", tagged(body))
    blog, pages = feed(world.says("/old", redirect("/new"))), PagesInMemory()
    client = make_client(pages=pages)
    (post,) = sightings(asked(blog, client, Latest(), pages))
    assert post.source == f"{world.url}/old"
    assert post.url == f"{world.url}/1"
    assert isinstance(asked(blog, client, Latest(), pages)[-1], Unchanged)
    (none,) = asked(blog, client, Month(2026, 8))
    assert isinstance(none, NotAsked)
    assert "2026-08" in none.reason
    assert blog.plain_http
    assert blog.label == "127.0.0.1"


def test_a_page_leads_to_its_feeds_and_a_feed_to_itself(world: World, make_client: MakeClient) -> None:
    page = """<!doctype html><html><head><title>Blog</title>
    <link rel="stylesheet" href="/x.css"><link rel="alternate" type="application/rss+xml" title="Posts" href="/feed">
    <LINK REL='alternate' TYPE='application/atom+xml; charset=utf-8' href='https://other.example/atom'>
    <link rel=alternate type=application/rss+xml href="javascript:1"><link rel="alternate" hreflang="de" href="/de">"""
    found = discover(make_client(), world.says("/", text(page)), never)
    assert [(one.url, one.title) for one in found] == [
        (f"{world.url}/feed", "Posts"),
        ("https://other.example/atom", ""),
    ]
    world.says("/feed", text('<rss version="2.0"><channel><title> The\nBlog </title></channel></rss>'))
    (itself,) = discover(make_client(), f"{world.url}/feed", never)
    assert itself.title == "The Blog"
    with pytest.raises(FeedUnreadable, match="a web page"):
        discover(make_client(), world.says("/bare", text("<html><head></head></html>")), never)


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("plain", "plain"),
        ("a < b and c > d", "a < b and c > d"),
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("<style>p{}</style>text<script>evil()</script>", "text"),
        ("&lt;b&gt; &amp; &#233;&#x1F600;", "<b> & é😀"),
        ("<![CDATA[x", ""),
        ("<!x[", ""),
        ("<b><i>never closed", "never closed"),
        ("</script></style>text", "text"),
        ("<svg/>text", "text"),
        ('<a title="a > b">text</a>', "text"),
        ("<textarea><b></textarea>", "<b>"),
        ("<script>'</scripty>'</SCRIPT >text", "text"),
        ("one<!-- two -- > <b> -->three<!-->four", "onethreefour"),
        ("if x <y then", "if x <y then"),
        ("<p>cut <a href=", "cut <a href="),
        ("<?php echo 1 ?>text", "text"),
        ("1 <2 and <3>", "1 <2 and <3>"),
    ],
)
def test_html_becomes_text(markup: str, plain: str) -> None:
    assert plain_text(markup) == plain


@pytest.mark.parametrize("part", ["<", "<!--", "<![", "<a ", "</", "&", "<a href='", "<script>", "<p", "&#", "<a '>"])
@pytest.mark.parametrize("end", ["", ">", "'>", "-->", "</script>"])
def test_html_that_goes_on_for_ever_takes_no_time(part: str, end: str) -> None:
    """html.parser needs more than five minutes for some of these."""
    begun = time.process_time()
    plain_text(part * 40_000 + end)
    alternates((part * 40_000 + end).encode(), "https://x.example/")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("encoding", [b"\x80", b"\x00", b"utf\x00-8", b"idna", b"hex", b"rot13", b"undefined"])
def test_encodings_that_cannot_be_are_refused_or_read_past(encoding: bytes) -> None:
    body = (
        b'<?xml version="1.0" encoding="'
        + encoding
        + b'"?><rss version="2.0"><channel><item><title>T</title></item></channel></rss>'
    )
    try:
        assert len(parse(body, source=URL).understood.sightings) <= 1
    except FeedUnreadable as error:
        assert error.message
