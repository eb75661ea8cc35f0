"""Long feeds are read in a process of their own: the same comes of it, and it ends in time or when it is told to."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from paperreader.errors import FeedStopped, FeedUnreadable
from paperreader.feeds import Evidence, Latest, Limits, Sighted, discover, feed, never
from paperreader.feeds.apart import SHORT, read
from paperreader.feeds.feed_body import FeedBody, parse
from tests.feeds.asking import asked, sightings
from tests.feeds.conftest import MakeClient
from tests.feeds.world import World, text

URL = "https://blog.example/feed.xml"
ITEM = (
    "<item><title>Caf\u00e9 &amp; [n] \U0001f600 {n}</title><link>/{n}</link><author>Ann Lee; Bo Xu</author>"
    "<category>ml</category><pubDate>Fri, 21 Aug 2026 23:30:00 -0400</pubDate><description>"
    + "About it. " * 60
    + "</description></item>"
)
LONG = (
    '<rss version="2.0"><channel><title>Long</title>'
    + "".join(ITEM.replace("{n}", str(n)) for n in range(SHORT // 500))
    + "</channel></rss>"
).encode()
ENDLESS = b'<rss version="2.0"><channel><title>x</title>' + b"<x>" * 1_000_000
"""Minutes of feedparser's time."""


def at_hand(body: bytes, *, seconds: float = 60.0) -> FeedBody:
    return read(body, source=URL, url=URL, content_type="", seconds=seconds, stop=never)


def children() -> set[str]:
    """The processes that this one has, where the system tells."""
    return {pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()}


def test_what_is_read_apart_is_what_is_read_here() -> None:
    assert len(LONG) > SHORT
    here = parse(LONG, source=URL, url=URL)
    assert at_hand(LONG) == here
    assert here.title == "Long" and here.understood.sightings[0].authors == ("Ann Lee", "Bo Xu")


def test_a_long_body_that_is_no_feed_is_refused_as_a_short_one_is() -> None:
    page = b"<html><head><title>Log in</title></head><body>"
    told = []
    for body in (page, page + b"x" * SHORT):
        with pytest.raises(FeedUnreadable) as caught:
            at_hand(body)
        told.append(str(caught.value))
    assert told[0] == told[1] and "a web page instead of RSS or Atom: Log in" in told[0]


def test_a_feed_that_takes_too_long_is_given_up_and_nothing_goes_on(
    world: World, make_client: MakeClient, tmp_path: Path
) -> None:
    before = children()
    client = make_client(limits=Limits(reading=0.5), evidence=Evidence(tmp_path))
    blog = feed(world.says("/endless", text(ENDLESS)))
    with pytest.raises(FeedUnreadable, match=r"takes more than 0\.5 s to read") as caught:
        asked(blog, client, Latest())
    assert caught.value.file is not None and caught.value.file.exists()
    with pytest.raises(FeedUnreadable, match="takes more than"):
        discover(client, blog.name, never)
    assert children() <= before


def test_reading_ends_when_the_person_ends_it(world: World, make_client: MakeClient) -> None:
    before, begun = children(), [0.0]
    news = feed(world.says("/endless", text(ENDLESS))).ask(
        make_client(), Latest(), lambda: bool(world.asked) and stopped(begun)
    )
    with pytest.raises(FeedStopped):
        list(news)
    assert time.monotonic() - begun[0] < 0.7
    assert children() <= before


def stopped(begun: list[float]) -> bool:
    """From half a second after the answer was asked for."""
    begun[0] = begun[0] or time.monotonic() + 0.5
    return time.monotonic() >= begun[0]


def test_a_reading_that_breaks_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperreader.feeds.apart._CHILD", "raise MemoryError('no room\\nfor it')")
    with pytest.raises(FeedUnreadable, match=r"feed\.xml cannot be read: for it\."):
        at_hand(LONG)
    monkeypatch.setattr("paperreader.feeds.apart.sys.executable", os.devnull)
    with pytest.raises(FeedUnreadable, match="there is no process for it"):
        at_hand(LONG)


def test_a_long_feed_comes_through_the_client(world: World, make_client: MakeClient) -> None:
    news = asked(feed(world.says("/long", text(LONG))), make_client(), Latest())
    assert isinstance(news[-1], Sighted) and len(sightings(news)) == SHORT // 500
