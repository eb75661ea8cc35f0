"""Every real answer on the whole way: over HTTP, through its feed, into the library, the index, and out as text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from paperreader.feeds import Client, Feed, HostsInMemory, Latest, Patience
from paperreader.feeds.arxiv import ArxivQuery
from paperreader.feeds.arxiv_rss import ArxivListing
from paperreader.feeds.huggingface import HuggingFace
from paperreader.feeds.syndication import Syndication
from paperreader.library import Library
from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.refresh import FeedFailed, FeedRefreshed, Outcome, refresh
from tests.feeds.payloads import FOLDERS, real
from tests.feeds.world import World, text

NOW = 1_790_000_000.0


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    made = World()
    yield made
    made.close()


def served(world: World, number: int, body: bytes, parse: str) -> Feed | None:
    """The feed whose answer this is, at a place of its own; None where it answers another question than a feed's."""
    base = f"/{number}"
    match parse:
        case "huggingface":
            world.says(f"{base}/api/daily_papers", text(body))
            return HuggingFace(world.url + base, name=f"huggingface {number}")
        case "query":
            world.says(f"{base}/api/query", text(body, Content_Type="application/atom+xml"))
            return ArxivQuery("all:testing", f"arxiv {number}", "arXiv", world.url + base)
        case "announcements":
            world.says(f"{base}/rss/cs.CL", text(body, Content_Type="application/xml"))
            return ArxivListing("cs.CL", f"arxiv cs.{number}", "arXiv cs.CL", world.url + base, world.url + base)
        case "syndication":
            return Syndication(world.says(base, text(body, Content_Type="application/xml")))
    return None


def test_every_real_answer_goes_the_whole_way(shared: Callable[[str], Path], world: World, tmp_path: Path) -> None:
    kinds: Counter[str] = Counter()
    feeds: list[Feed] = []
    for number, (_, body, parse) in enumerate(real(shared("payloads"))):
        if (feed := served(world, number, body, parse)) is not None:
            feeds.append(feed)
            kinds[parse] += 1
    assert set(kinds) == set(FOLDERS.values()) - {"semantic scholar"}
    outcome, ended = Outcome(), set()
    with closing(Library.open(Paths.under(tmp_path), starter=False)) as library:
        client = Client(agent="paperreader/test", patience=Patience(hosts=HostsInMemory()))
        with closing(client):
            for news in refresh(library._database, feeds, client, Latest(), now=lambda: NOW):
                outcome.add(news)
                if isinstance(news, FeedRefreshed | FeedFailed):
                    ended.add(news.feed.name)
        assert ended == {feed.name for feed in feeds}
        assert len(outcome.refreshed) > 900
        assert all(failed.told.endswith(".") and "\n" not in failed.told for failed in outcome.failed)
        for _ in library.reindex():
            pass
        rids = library.listing(View.ALL)
        assert len(rids) == outcome.recorded.new > 900
        for rid in rids:
            paper = library.paper(rid)
            assert paper is not None and "\n" not in paper.title and paper.id
        lines = "".join(library.export(list(rids), "jsonl")).splitlines()
        assert len([json.loads(line) for line in lines]) == len(rids)
        assert library.find("testing").ids
