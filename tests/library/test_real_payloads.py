"""Every real body goes the whole way: a server, the client, the parse, the database, the index, lists and texts.

Of feedparser's suite a quarter; `PAPERREADER_RUNS=1 pytest tests/library/test_real_payloads.py` takes all of it.
"""

from __future__ import annotations

import gzip
import os
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest

from paperreader.feeds import Day, Feed, Latest, Places, When, feed
from paperreader.library import Library
from paperreader.library.completing import Citations
from paperreader.paper import View
from paperreader.paths import Paths
from paperreader.plain import printable
from paperreader.refresh import FeedFailed, FeedRefreshed, refresh
from tests.feeds import world as server
from tests.feeds.payloads import real
from tests.feeds.world import Answer, Exchange

ALL = "PAPERREADER_RUNS" in os.environ
SERVERS = 8
COUNTED = {
    "huggingface": (34, 2),
    "arxiv all:x": (20, 1),
    "arxiv cs.CL": (11, 5),
    "semantic scholar": (17, 16),
}
"""Of each family: bodies, and those that are refused in words."""


@pytest.fixture
def worlds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[server.World]]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "HF_TOKEN", "SEMANTIC_SCHOLAR_API_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    made = [server.World() for _ in range(SERVERS)]
    yield made
    for world in made:
        world.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(Paths.under(tmp_path / "home"), starter=False)
    yield library
    library.close()


Bodies = dict[str, list[tuple[str, bytes]]]
"""The real bodies of each family, with the names of their files."""


@pytest.fixture(scope="module")
def bodies(shared: Callable[[str], Path]) -> Bodies:
    found: Bodies = {}
    for file, body, family in real(shared("payloads")):
        if file.parent.name != "decoded_xml":  # the same as the recordings
            found.setdefault(family, []).append((file.name, body))
    return found


def served(bodies: Sequence[tuple[str, bytes]], worlds: Sequence[server.World], path: str) -> list[str]:
    """Serve each body below an address of its own, every other one compressed; these addresses."""
    found = []
    for number, ((name, body), world) in enumerate(zip(bodies, cycle(worlds), strict=False)):
        status = 400 if "_error_" in name else 200
        world.says(f"/{number}{path}", whole(body, status=status, packed=bool(number % 2)))
        found.append(f"{world.url}/{number}")
    return found


def whole(body: bytes, *, status: int, packed: bool) -> Answer:
    """The body on the first page, as it is or compressed; after it there is nothing."""

    def answer(exchange: Exchange) -> None:
        said = b"[]" if exchange.asked.query.get("p") else body
        if packed:
            exchange.reply(gzip.compress(said, 1), status, {"Content-Encoding": "gzip"})
        else:
            exchange.reply(said, status)

    return answer


def refreshed(library: Library, feeds: Sequence[Feed], when: When) -> dict[str, list[FeedRefreshed | FeedFailed]]:
    """Ask these feeds as the program does; how each ended, by family."""
    ended: dict[str, list[FeedRefreshed | FeedFailed]] = {}
    with closing(library.following().client()) as client:
        for news in refresh(library._database, feeds, client, when, now=time.time):
            if isinstance(news, FeedFailed):
                assert news.error.message.endswith((".", "…")) and "\n" not in news.told
            if isinstance(news, FeedFailed | FeedRefreshed):
                ended.setdefault("syndication" if "://" in news.feed.name else news.feed.name, []).append(news)
    return ended


def read(library: Library) -> int:
    """Read all papers, in the list and whole, and find some; how many there are."""
    list(library.catch_up())
    rids = library.listing(View.ALL)
    rows = library.rows(rids)
    assert [row.rid for row in rows] == list(rids)
    for row in rows:
        assert row.title and not any(unicodedata.category(sign) == "Cc" for sign in printable(row.title)), row
    for paper in library.papers(rids):
        (paper.title + paper.whole_text + "".join(paper.authors)).encode()
        assert "\n" not in paper.title and paper.url == "".join(paper.url.split())
        assert library.resolve(paper.id) == paper.rid
    assert len(library.find("model").ids) > 100
    return len(rids)


def refused(ended: Sequence[FeedRefreshed | FeedFailed]) -> int:
    return sum(isinstance(news, FeedFailed) for news in ended)


def test_every_real_body_comes_through_the_real_path_into_lists_and_texts(
    library: Library, worlds: list[server.World], bodies: Bodies
) -> None:
    def of(name: str, setting: str, family: str, path: str) -> list[Feed]:
        return [feed(name, Places(**{setting: place})) for place in served(bodies[family], worlds, path)]

    daily = of("huggingface", "huggingface", "huggingface", "/api/daily_papers")
    ended = refreshed(library, daily, Day.of("2026-08-21"))
    others = of("arxiv all:x", "arxiv", "query", "/api/query")
    others += of("arxiv cs.CL", "arxiv_rss", "announcements", "/rss/cs.CL")
    ids = [paper.arxiv_id for paper in library.papers(library.listing(View.ALL)[:3])]
    others += [Citations(ids, place) for place in served(bodies["semantic scholar"], worlds, "/graph/v1/paper/batch")]
    some = [*bodies["syndication"][:13], *bodies["syndication"][13 :: 1 if ALL else 4]]
    blogs = [feed(f"{place}/feed") for place in served(some, worlds, "/feed")]
    ended |= refreshed(library, [*others, *blogs], Latest())
    counted = {name: (len(news), refused(news)) for name, news in ended.items()}
    assert counted == COUNTED | {"syndication": (len(some), 4 if ALL else 2)}
    again = refreshed(library, [*others, *blogs[::10]], Latest())
    told = [news.recorded for family in again.values() for news in family]
    assert sum(recorded.new + recorded.changed for recorded in told) == 0
    assert read(library) > 900
