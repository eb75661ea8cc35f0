"""The feeds that one follows: named, listed, asked with the person's settings and secrets, and completed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paperreader.errors import FeedError, FeedUnknown, FeedUnreadable
from paperreader.feeds import Places
from paperreader.library import Library
from paperreader.library.following import Day, Following, Latest, Outcome, World
from paperreader.paper import Paper, View
from paperreader.paths import Paths
from paperreader.settings import SourceSettings, WorldSettings
from tests.feeds import world as server
from tests.feeds.hub import Entry, entry
from tests.feeds.hub import serve as hub
from tests.feeds.preprints import Preprint, rss_body
from tests.feeds.preprints import serve as preprints

DAY = "2026-08-21"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "HF_TOKEN", "SEMANTIC_SCHOLAR_API_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def world() -> Iterator[server.World]:
    made = server.World()
    yield made
    made.close()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path / "home")


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    library = Library.open(paths, starter=False)
    yield library
    library.close()


def everywhere(url: str) -> Places:
    return Places(huggingface=url, arxiv=url, arxiv_rss=url, semantic_scholar=url)


@pytest.fixture
def following(library: Library, world: server.World) -> Following:
    return library.following(World(places=everywhere(world.url), contact="https://me.example.org"))


def refreshed(following: Following, *names: str, when: Day | Latest | None = None) -> Outcome:
    told = Outcome()
    for news in following.refresh(when or Latest(), names=names):
        told.add(news)
    return told


def paper(library: Library, name: str) -> Paper:
    found = library.paper(library.resolve(name))
    assert found is not None
    return found


def test_settings_become_a_world() -> None:
    made = World.of(
        WorldSettings(
            contact="c",
            huggingface=SourceSettings(on=False, base_url="https://h.example"),
            arxiv=SourceSettings(rss_base_url="https://r.example"),
            semantic_scholar=SourceSettings(on=True),
        )
    )
    assert made == World(
        contact="c",
        places=Places(huggingface="https://h.example", arxiv_rss="https://r.example"),
        semantic_scholar=True,
        off=frozenset({"huggingface"}),
    )
    assert World.of(WorldSettings()) == World()


def test_a_new_library_follows_hugging_face_alone(following: Following) -> None:
    (known,) = following.followed()
    assert (known.feed.name, known.title, known.asked, known.said, known.on) == ("huggingface", "", None, "", True)
    assert following.last_refresh() is None


def test_feeds_are_followed_once_each_by_their_canonical_name_and_unfollowed(following: Following) -> None:
    feed, is_new = following.follow("CS.cl")
    assert (feed.name, is_new) == ("arxiv cs.CL", True)
    assert following.follow("arxiv cs.CL")[1] is False
    assert following.follow("https://rss.arxiv.org/rss/cs.CL", "Language")[1] is False
    assert [(known.feed.name, known.title) for known in following.followed()][1:] == [("arxiv cs.CL", "Language")]
    assert following.unfollow("language")
    assert not following.unfollow("cs.CL")
    with pytest.raises(FeedUnknown):
        following.follow("no such feed")


def test_a_title_stays_unless_the_person_gives_another(following: Following) -> None:
    url = "https://a.example/feed"
    following.follow(url)
    assert following.follow(url, "The blog's own")[0].label == "The blog's own"
    assert following.follow(url, "Mine", rename=True)[0].label == "Mine"
    assert following.follow(url, "What a list of feeds says")[0].label == "Mine"
    assert following.follow(url, "", rename=True)[0].label == "Mine"


def test_a_feed_is_named_by_its_title_unless_two_have_it(following: Following) -> None:
    following.follow("https://a.example/feed", "My Blog")
    assert following.feed(" my  blog ").name == "https://a.example/feed"
    following.follow("https://b.example/feed", "My blog")
    with pytest.raises(FeedUnknown):
        following.feed("my blog")


def test_a_source_that_is_off_is_listed_and_not_asked_and_can_be_asked_by_name(
    library: Library, world: server.World
) -> None:
    hub(world, {DAY: [entry("2608.00001")]})
    following = library.following(World(places=everywhere(world.url), off=frozenset({"huggingface", "arxiv"})))
    following.follow("cs.CL")
    assert [known.on for known in following.followed()] == [False, False]
    assert refreshed(following).recorded.new == 0
    assert world.asked == []
    assert refreshed(following, "huggingface").recorded.new == 1


def test_a_name_that_means_no_feed_any_more_is_listed_says_so_and_can_be_taken_off(
    following: Following, library: Library, world: server.World
) -> None:
    hub(world, {DAY: [entry("2608.00001")]})
    with library._database.write() as connection:
        connection.execute("INSERT INTO subscription VALUES ('gopher old', '', 1)")
    assert [known.feed.name for known in following.followed()] == ["huggingface", "gopher old"]
    told = refreshed(following)
    assert told.recorded.new == 1
    assert [(failed.feed.name, type(failed.error)) for failed in told.failed] == [("gopher old", FeedUnknown)]
    assert following.unfollow("gopher old")


def test_who_asks_is_said_and_secrets_go_to_their_own_hosts_only(
    following: Following, world: server.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", "s2_secret")
    hub(world, {DAY: [entry("2608.00001")]})
    preprints(world, [Preprint("2608.00002")])
    following.follow("cs.CL")
    following.follow(world.says("/feed", server.text(rss_body([Preprint("2608.00003")]))))
    assert refreshed(following).recorded.new == 3
    assert world.asked
    for asked in world.asked:
        assert "secret" not in str(asked.headers) + str(asked.query) + str(asked.body)
        assert asked.headers["user-agent"].startswith("paperreader/")
        assert asked.headers["user-agent"].endswith("(https://me.example.org)")
    assert {key.host for key in following._keys()} == {"huggingface.co", "api.semanticscholar.org"}


def test_a_token_that_can_be_none_stops_hugging_face_only(
    library: Library, world: server.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf secret")
    preprints(world, [Preprint("2608.00003")])
    following = library.following(World(places=replace(everywhere(world.url), huggingface="https://huggingface.co")))
    following.follow("cs.CL")
    told = refreshed(following)
    assert told.recorded.new == 1
    (failed,) = told.failed
    assert "HF_TOKEN" in failed.told and "secret" not in failed.told


def test_papers_that_came_without_an_abstract_get_arxivs(
    following: Following, library: Library, world: server.World
) -> None:
    hub(world, {DAY: [entry("2608.00001", summary=""), entry("2608.00002"), entry("2608.00003", summary=None)]})
    preprints(world, [Preprint("2608.00001"), Preprint("2608.00002")])
    assert refreshed(following).sentence == "3 new, 0 changed"
    (asked,) = [asked for asked in world.asked if asked.path == "/api/query"]
    assert sorted(asked.query["id_list"].split(",")) == ["2608.00001", "2608.00003"]
    assert paper(library, "2608.00001").abstract == "About 2608.00001."
    assert paper(library, "2608.00003").abstract == ""  # arXiv did not know it yet, and is asked again
    preprints(world, [Preprint("2608.00003")])
    refreshed(following)
    assert paper(library, "2608.00003").abstract == "About 2608.00003."
    before = len(world.asked)
    refreshed(following)
    assert "/api/query" not in [asked.path for asked in world.asked[before:]]


def test_arxiv_is_not_asked_for_abstracts_where_it_is_off_nor_for_papers_that_no_feed_brought(
    library: Library, world: server.World, tmp_path: Path
) -> None:
    hub(world, {DAY: [entry("2608.00001", summary="")]})
    library.starter(on=True)
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps({"arxiv_id": "2401.00001", "title": "Mine"}))
    list(library.import_files([file]))
    refreshed(library.following(World(places=everywhere(world.url), off=frozenset({"arxiv"}))))
    assert {asked.path for asked in world.asked} == {"/api/daily_papers"}
    refreshed(library.following(World(places=everywhere(world.url))))
    assert [asked.query["id_list"] for asked in world.asked if asked.path == "/api/query"] == ["2608.00001"]


def test_citations_come_in_one_call_for_who_wants_them(library: Library, world: server.World) -> None:
    hub(world, {DAY: [entry("2608.00001"), entry("2608.00002")]})
    counted = [
        {
            "externalIds": {"ArXiv": "2608.00001"},
            "citationCount": 7,
            "influentialCitationCount": 2,
            "tldr": {"text": "T."},
        },
        None,
    ]

    def answer(exchange: server.Exchange) -> None:
        named = json.loads(exchange.asked.body)["ids"]
        exchange.reply(json.dumps([counted[0] if name.endswith("00001") else None for name in named]).encode())

    world.says("/graph/v1/paper/batch", answer)
    following = library.following(World(places=everywhere(world.url), semantic_scholar=True))
    told = refreshed(following)
    assert told.sentence == "2 new, 0 changed"
    found = paper(library, "2608.00001")
    assert (found.citations, found.influential_citations, found.tldr) == (7, 2, "T.")
    assert paper(library, "2608.00002").citations is None
    assert sum(asked.path.startswith("/graph") for asked in world.asked) == 1


def test_a_later_step_that_fails_takes_nothing_back(library: Library, world: server.World) -> None:
    hub(world, {DAY: [entry("2608.00001")]})
    following = library.following(World(places=everywhere(world.url), semantic_scholar=True))
    told = refreshed(following)
    assert told.recorded.new == 1
    assert [failed.feed.label for failed in told.failed] == ["Semantic Scholar"]


def test_what_came_of_each_feed_is_listed(following: Following, library: Library, world: server.World) -> None:
    hub(world, {DAY: [entry("2608.00001")]})
    following.follow("cs.CL")
    refreshed(following)
    first, second = following.followed()
    assert first.asked is not None and first.said == "1 new, 0 changed"
    assert second.asked is None and "says 404" in second.said
    assert following.last_refresh() == first.asked
    refreshed(following)
    assert following.followed()[0].said == "as it was"


def test_a_feed_that_fails_later_keeps_the_time_of_its_success(following: Following, world: server.World) -> None:
    hub(world, {DAY: [entry("2608.00001")]})
    refreshed(following)
    (before,) = following.followed()
    world.says("/api/daily_papers", server.text("no", status=500))
    refreshed(following)
    (after,) = following.followed()
    assert after.asked == before.asked
    assert "says 500" in after.said


def test_trying_a_feed_out_records_nothing_and_the_next_refresh_gets_all(
    following: Following, library: Library, world: server.World
) -> None:
    hub(world, {DAY: [entry("2608.00001")]})
    feed = following.feed("huggingface")
    assert {sighting.arxiv_id for sighting in following.try_out(feed)} == {"2608.00001"}
    assert library.counts()[View.ALL] == 0
    assert following.last_refresh() is None
    assert refreshed(following).recorded.new == 1


def test_a_library_begun_by_a_refresh_has_no_starter_papers_but_only_if_it_brought_some(
    paths: Paths, world: server.World
) -> None:
    hub(world, {DAY: []})
    first = Library.open(paths, starter=False)
    refreshed(first.following(World(places=everywhere(world.url))))
    first.close()
    hub(world, {DAY: [entry("2608.00001")]})
    second = Library.open(paths, starter=False)
    refreshed(second.following(World(places=everywhere(world.url))))
    second.close()
    third = Library.open(paths)
    assert third.counts()[View.ALL] == 1
    third.close()
    empty = Library.open(Paths.under(paths.data / "other"), starter=False)
    hub(world, {DAY: []})
    refreshed(empty.following(World(places=everywhere(world.url))))
    empty.close()
    again = Library.open(Paths.under(paths.data / "other"))
    assert again.counts()[View.ALL] == 247
    again.close()


def test_what_a_refresh_brought_is_found_once_the_index_has_caught_up(
    following: Following, library: Library, world: server.World
) -> None:
    hub(world, {DAY: [entry("2608.00001", title="On zyzzyvas")]})
    refreshed(following)
    list(library.catch_up())
    assert [library.paper(rid) for rid in library.find("zyzzyvas").ids] == [paper(library, "2608.00001")]


def test_a_starter_paper_that_a_feed_tells_of_is_that_papers_with_its_abstract(
    paths: Paths, world: server.World
) -> None:
    library = Library.open(paths)
    hub(world, {DAY: [entry("2402.00847", summary="The abstract itself.")]})
    assert refreshed(library.following(World(places=everywhere(world.url)))).sentence == "0 new, 1 changed"
    found = paper(library, "2402.00847")
    assert (found.abstract, found.sources) == ("The abstract itself.", ("starter", "huggingface"))
    library.close()


def test_two_refreshes_at_once_take_turns_and_come_to_the_same(
    following: Following, library: Library, world: server.World
) -> None:
    hub(world, {DAY: [entry(f"2608.{n:05}") for n in range(1, 250)]})
    told: list[Outcome] = []
    threads = [threading.Thread(target=lambda: told.append(refreshed(following, when=Day.of(DAY)))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert library.counts()[View.ALL] == 249
    assert sum(one.recorded.new for one in told) == 249
    assert not any(one.failed for one in told)
    assert world.busiest == 1


def test_a_page_that_cannot_be_understood_is_kept_and_named(
    following: Following, paths: Paths, world: server.World
) -> None:
    world.says("/api/daily_papers", server.text(b'{"oops": [1, 2]}'))
    (failed,) = refreshed(following).failed
    assert isinstance(failed.error, FeedUnreadable)
    assert failed.error.file is not None
    assert failed.error.file.parent == paths.cache / "answers"
    assert failed.error.file.read_bytes() == b'{"oops": [1, 2]}'
    assert str(failed.error.file) in str(failed.error)


def test_a_papers_own_page_is_recorded_when_somebody_looks(
    following: Following, library: Library, world: server.World
) -> None:
    hub(world, {DAY: [entry("2608.00001")]})
    refreshed(following)
    models = {"linkedModels": [{"id": "lab/m", "likes": 3, "pipeline_tag": "text-generation"}], "numTotalModels": 41}
    body = {**entry("2608.00001")["paper"], "upvotes": 12, **models}
    world.says("/api/papers/2608.00001", server.text(json.dumps(body)))
    rid = library.resolve("2608.00001")
    assert library.links(rid) is None
    found = following.links(rid, "2608.00001")
    assert found is not None
    assert paper(library, "2608.00001").votes == 12
    assert following.links(rid + 1, "2608.00009") is None
    assert library.links(rid) == found, "kept, for when one is offline"
    assert found.totals == {"model": 41, "dataset": 0, "space": 0}
    assert list(library.find("has:model", finished=True).ids) == [rid]
    assert library.find("has:dataset", finished=True).total == 0


def test_feeds_go_out_as_opml_and_come_back(following: Following, paths: Paths) -> None:
    names = ["cs.CL", "cs.CV+cs.LG", 'au:bengio AND ti:"a & b"', "http://plain.example/feed?a=1&b=<2>"]
    for name in names:
        following.follow(name, f"Title of <{name}>")
    text = following.as_opml()
    other = Library.open(Paths.under(paths.data / "other"), starter=False)
    there = other.following()
    for outline in there.read_opml(text.encode()):
        there.follow(outline.name, outline.title)
    assert there.as_opml() == text
    assert [known.feed for known in there.followed()] == [known.feed for known in other.following().followed()]
    assert len(there.followed()) == 5
    other.close()


OPML = """<?xml version="1.0" encoding="utf-8"?><opml version="1.0"><head/><body>
<outline text="Folder"><outline text="A" type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example"/>
<outline title="B" text="b" xmlURL=" https://b.example/feed "/></outline><outline text="no feed"/>
<outline text="A again" xmlUrl="https://a.example/feed"/>
<outline text="arXiv" xmlUrl="https://rss.arxiv.org/rss/cs.CL"/></body></opml>"""


def test_lists_of_other_readers_are_read(following: Following) -> None:
    assert [tuple(outline) for outline in following.read_opml(OPML.encode())] == [
        ("https://a.example/feed", "A"),
        ("https://b.example/feed", "B"),
        ("https://rss.arxiv.org/rss/cs.CL", "arXiv"),
    ]


BOMB = (
    '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    '<opml><body><outline text="&b;" xmlUrl="https://a.example"/></body></opml>'
)


@pytest.mark.parametrize("body", [BOMB, "", "<rss/>", "{}", "<opml>", "\x00\x01", "<html><body>Log in</body></html>"])
def test_what_is_no_list_is_refused_in_a_sentence(following: Following, body: str) -> None:
    with pytest.raises(FeedUnreadable, match="no list of feeds"):
        following.read_opml(body.encode())


def test_an_outline_may_say_anything_and_following_it_is_refused(following: Following) -> None:
    for url in ("javascript:alert(1)", "file:///etc/passwd", "ftp://a.example", "nothing"):
        text = f'<opml><body><outline text="x" xmlUrl="{url}"/></body></opml>'
        (outline,) = following.read_opml(text.encode())
        with pytest.raises(FeedError):
            following.follow(outline.name, outline.title)


def test_days_asked_one_after_another_give_their_union(
    following: Following, library: Library, world: server.World
) -> None:
    days: dict[str, list[Entry]] = {
        f"2026-08-{day}": [entry(f"2608.{day}{n:03}", day=f"2026-08-{day}") for n in range(day)] for day in (17, 18, 19)
    }
    days["2026-08-19"].append(entry("2608.17001", day="2026-08-19", upvotes=50))
    hub(world, days)
    for day in days:
        refreshed(following, when=Day.of(day))
    assert library.counts()[View.ALL] == 17 + 18 + 19
    assert paper(library, "2608.17001").votes == 50


def test_after_some_days_away_a_query_brings_the_papers_in_between(following: Following, world: server.World) -> None:
    arxiv = "arxiv au:lee"
    following.follow(arxiv)
    old = [Preprint(f"2607.{place:05}") for place in range(1, 21)]
    preprints(world, old)
    assert refreshed(following, arxiv).recorded.new == 20
    new = [Preprint(f"2608.{place:05}") for place in range(1, 431)]
    preprints(world, [*new, *old])
    told = refreshed(following, arxiv)
    assert told.recorded.new == 430
    assert told.sentence == "430 new, 0 changed"
    assert refreshed(following, arxiv).recorded.new == 0
