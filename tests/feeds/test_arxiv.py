"""arXiv: the query API, papers by id, and the announcements of a category."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from paperreader.errors import FeedCoolingDown, FeedRefused, FeedUnreadable
from paperreader.feeds import (
    Asking,
    Day,
    FeedNews,
    Latest,
    Month,
    PagesInMemory,
    Places,
    Sighted,
    Unchanged,
    arxiv_atom,
    arxiv_rss,
    complete,
    feed,
    never,
)
from paperreader.feeds.author_line import authors
from paperreader.feeds.feed import Feed
from paperreader.latex.accents import unescaped
from paperreader.paper import Sighting
from tests.feeds.asking import asked, sightings
from tests.feeds.conftest import MakeClient, QuickClock
from tests.feeds.preprints import Preprint, error_body, query_body, rss_body, serve
from tests.feeds.world import World, tagged, text

AUGUST = Month(2026, 8)


def many(number: int) -> list[Preprint]:
    return [Preprint(f"2608.{place:05}") for place in range(1, number + 1)]


def of(world: World, name: str) -> Feed:
    return feed(name, Places(arxiv=world.url, arxiv_rss=world.url))


def test_a_category_now_is_its_announcements(world: World, make_client: MakeClient) -> None:
    serve(world, many(3))
    news = asked(of(world, "arxiv cs.CL"), make_client())
    assert [request.path for request in world.asked] == ["/rss/cs.CL"]
    first = sightings(news)[0]
    assert first == Sighting(
        source="arxiv cs.CL",
        title="A preprint",
        arxiv_id="2608.00001",
        version=1,
        authors=("Ann Lee", "Bo Xu"),
        published="2026-08-21",
        abstract="About it.",
        categories=("cs.CL",),
        listed="2026-08-21",
        announcement="new",
    )


def test_a_category_of_another_time_is_a_query(world: World, make_client: MakeClient) -> None:
    serve(world, many(3))
    news = asked(of(world, "arxiv cs.CL+cs.LG"), make_client(), Day(date(2026, 8, 21)))
    assert len(sightings(news)) == 3
    query = world.asked[0].query
    assert query["search_query"] == "(cat:cs.CL OR cat:cs.LG) AND submittedDate:[202608210000 TO 202608212359]"
    assert (query["start"], query["max_results"], query["sortBy"]) == ("0", "200", "submittedDate")


def test_a_weekend_is_an_empty_feed_and_no_error(world: World, make_client: MakeClient) -> None:
    serve(world, [], rss_body([]))
    assert sightings(asked(of(world, "cs.CL"), make_client())) == []


def test_announcements_are_asked_again_after_midnight_in_new_york_only(
    world: World, make_client: MakeClient, clock: QuickClock
) -> None:
    pages = PagesInMemory()
    world.says("/rss/cs.CL", tagged(rss_body(many(1)), Cache_Control="max-age=7200"))
    client, cs_cl = make_client(pages=pages), of(world, "cs.CL")
    asked(cs_cl, client, None, pages)
    clock.time += 3600
    (_, same) = asked(cs_cl, client, None, pages)
    assert isinstance(same, Unchanged)
    assert not same.asked
    assert len(world.asked) == 1


def test_a_query_goes_on_as_long_as_there_are_papers(world: World, make_client: MakeClient) -> None:
    serve(world, many(450))
    news = asked(of(world, "arxiv au:lee"), make_client(), AUGUST)
    assert len(sightings(news)) == 450
    assert [request.query["start"] for request in world.asked] == ["0", "200", "400"]
    assert [(item.done, item.total) for item in news if isinstance(item, Asking)] == [(0, 1), (1, 3), (2, 3)]


def test_a_query_that_finds_too_much_says_how_much_it_left(world: World, make_client: MakeClient) -> None:
    serve(world, many(2_300))
    news = asked(of(world, "arxiv au:lee"), make_client(), AUGUST)
    assert len(world.asked) == 10
    last = news[-1]
    assert isinstance(last, Sighted)
    assert last.left_off == 300


def test_the_latest_of_a_query_is_one_page(world: World, make_client: MakeClient) -> None:
    serve(world, many(450))
    assert len(sightings(asked(of(world, "arxiv au:lee"), make_client()))) == 200
    assert world.asked[0].query["search_query"] == "au:lee"


@dataclass
class ToldBefore:
    """The papers of which the feed told, as the library knows them."""

    names: set[str]

    def misses(self, feed: str, arxiv_ids: Sequence[str]) -> bool:
        assert feed == "arxiv au:lee" and len(arxiv_ids) <= 20
        return bool(self.names) and self.names.isdisjoint(arxiv_ids)


def test_the_latest_of_a_query_goes_back_to_what_was_told_before_and_tells_the_oldest_first(
    world: World, make_client: MakeClient
) -> None:
    serve(world, many(900))
    lee = of(world, "arxiv au:lee")
    news = asked(lee, make_client(papers=ToldBefore({f"2608.{place:05}" for place in range(450, 900)})))
    assert [request.query["start"] for request in world.asked] == ["0", "200", "400"]
    assert [item.sightings[0].arxiv_id for item in news if isinstance(item, Sighted)] == [
        "2608.00401",
        "2608.00201",
        "2608.00001",
    ]
    assert [item.left_off for item in news if isinstance(item, Sighted)] == [0, 0, 0]
    world.asked.clear()
    new_one_of_old = ToldBefore({f"2608.{place:05}" for place in range(30, 190)})
    assert len(sightings(asked(lee, make_client(papers=new_one_of_old)))) == 200
    assert len(sightings(asked(lee, make_client(papers=ToldBefore(set()))))) == 200


def test_the_latest_of_a_query_says_what_it_left_where_it_never_comes_to_what_was_told(
    world: World, make_client: MakeClient
) -> None:
    serve(world, many(2_300))
    news = asked(of(world, "arxiv au:lee"), make_client(papers=ToldBefore({"2601.00001"})))
    assert len(world.asked) == 10
    assert [item.left_off for item in news if isinstance(item, Sighted)] == [*[0] * 9, 300]


def test_the_latest_of_a_query_tells_nothing_before_the_gap_is_closed(world: World, make_client: MakeClient) -> None:
    world.says("/api/query", text(query_body(many(200), total=500)), text("Rate exceeded.", status=429))
    came: list[FeedNews] = []
    with pytest.raises(FeedCoolingDown):
        came.extend(of(world, "arxiv au:lee").ask(make_client(papers=ToldBefore({"2601.00001"})), Latest(), never))
    assert not sightings(came)


def test_an_unchanged_query_is_walked_through_without_bodies(world: World, make_client: MakeClient) -> None:
    serve(world, many(250))
    pages = PagesInMemory()
    client, lee = make_client(pages=pages), of(world, "arxiv au:lee")
    assert len(sightings(asked(lee, client, AUGUST, pages))) == 250
    assert [type(item) for item in asked(lee, client, AUGUST, pages)] == [Asking, Unchanged, Asking, Unchanged]


def test_a_page_that_came_empty_by_mistake_is_asked_again(world: World, make_client: MakeClient) -> None:
    world.says("/api/query", text(query_body([], total=2)), text(query_body(many(2))))
    assert len(sightings(asked(of(world, "arxiv au:lee"), make_client()))) == 2
    world.says("/api/query", text(query_body([], total=2)))
    with pytest.raises(FeedUnreadable, match="2 papers and sends none"):
        asked(of(world, "arxiv au:lee"), make_client())
    assert len(world.asked) == 5


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_is_an_entry_whatever_the_status(world: World, make_client: MakeClient, status: int) -> None:
    world.says("/api/query", text(error_body("incorrect id format for abc"), status=status))
    with pytest.raises(FeedRefused, match="incorrect id format for abc"):
        asked(of(world, "arxiv au:lee"), make_client())


def test_too_often_is_one_attempt_and_a_visible_cool_down(world: World, make_client: MakeClient) -> None:
    world.says("/api/query", text("Rate exceeded.", status=429))
    client = make_client()
    for _ in range(3):
        with pytest.raises(FeedCoolingDown, match="not asked before"):
            asked(of(world, "arxiv au:lee"), client)
    assert len(world.asked) == 1


def test_papers_are_completed_by_their_ids_a_hundred_at_a_time(world: World, make_client: MakeClient) -> None:
    papers = many(150)
    serve(world, papers)
    ids = [f"{paper.name}v1" for paper in papers] + ["2608.00001", "no id", "9999.99999"]
    news = list(complete(make_client(), ids, never, base_url=world.url))
    found = sightings(news)
    assert [sighting.arxiv_id for sighting in found] == [paper.name for paper in papers]
    assert found[0].abstract == "About 2608.00001."
    assert found[0].categories == ("cs.CL", "cs.LG")
    assert [len(request.query["id_list"].split(",")) for request in world.asked] == [100, 51]
    assert list(complete(make_client(), ["no id"], never, base_url=world.url)) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Rate exceeded.",
        b"<html><head><title>Sorry</title></head></html>",
        b"<feed/>",
        b"<rss>",
        b'<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><feed>&b;</feed>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE feed [<!ENTITY a "a">]><feed>&a;</feed>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="nonsense"?><feed/>',
        b"<a>" * 100_000,
    ],
)
def test_what_is_no_answer_of_arxiv_is_refused(body: bytes) -> None:
    with pytest.raises(FeedUnreadable):
        arxiv_atom.parse(body)
    with pytest.raises(FeedUnreadable):
        arxiv_rss.parse(body)


def test_a_login_page_in_arxivs_place_is_called_one() -> None:
    for parse in (arxiv_atom.parse, arxiv_rss.parse):
        with pytest.raises(FeedUnreadable, match=r"arXiv sent a web page instead of a.*: Log in") as caught:
            parse(b"<html><head><title>Log in</title></head></html>")
        assert "log in" in caught.value.hint


def test_replacements_say_their_version_and_not_when_the_paper_was_written() -> None:
    body = rss_body(
        [
            Preprint("2608.00001", version=3, kind="replace"),
            Preprint("2601.00002", kind="cross"),
            Preprint("2608.00003", kind="cross"),
            Preprint("2608.00004", kind="invented"),
        ]
    )
    seen = arxiv_rss.parse(body).sightings
    assert [(s.version, s.announcement, s.published, s.listed) for s in seen] == [
        (3, "replace", "", "2026-08-21"),
        (1, "cross", "", "2026-08-21"),
        (1, "cross", "2026-08-21", "2026-08-21"),
        (1, "", "", "2026-08-21"),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"P\'erez-Cuti\~no", "Pérez-Cutiño"),
        (r"Sch\"{o}lkopf", "Schölkopf"),
        (r"P{\l}otka and {\L}ukasz", "Płotka and Łukasz"),
        (r"F{\i}rat \"Oncel", "Fırat Öncel"),
        (r"G\"ul\c{s}en Eryi\u{g}it", "Gülşen Eryiğit"),
        (r"M{\'{e}}lan, \'{\i}, \'\i x", "Mélan, í, íx"),
        (r"360{\deg} Sound", "360° Sound"),
        (r"50\% \& more", "50% & more"),
        (r"$\texttt{\'e}$ is not \'e", r"$\texttt{\'e}$ is not é"),
        (r"\emph{kept} \unknown", r"\emph{kept} \unknown"),
        ("no backslash", "no backslash"),
        ("\\", "\\"),
    ],
)
def test_tex_accents_become_letters(written: str, meant: str) -> None:
    assert unescaped(written) == meant


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee, Bo Xu", ["Ann Lee", "Bo Xu"]),
        ("Ann Lee (MIT (Boston), Lab), Bo Xu", ["Ann Lee", "Bo Xu"]),
        ("Alan Dao (Gia Tuan Dao), Bo Xu, Jr., C III", ["Alan Dao", "Bo Xu, Jr.", "C III"]),
        ("Ann ( Lee, Bo", ["Ann ( Lee", "Bo"]),
        (" , ,, ", []),
    ],
)
def test_a_line_of_authors_is_parted(line: str, names: list[str]) -> None:
    assert authors(line) == names


def test_real_author_lines_hold_no_tex_when_they_come_out(shared: Callable[[str], Path]) -> None:
    lines = []
    for day in ("2025-05-12", "2025-08-04"):
        feeds = json.loads(shared(f"payloads/arxiv_rss/feedparser_dump_{day}.json").read_text())
        lines += [entry["author"] for feed in feeds.values() for entry in feed["entries"]]
    assert len(lines) > 400
    named = [name for line in lines for name in authors(unescaped(line))]
    assert not [name for name in named if any(sign in name for sign in "\\{}()")]


def test_real_answers_say_what_they_say(shared: Callable[[str], Path]) -> None:
    folder = shared("payloads/arxiv_api/decoded_xml")
    (old,) = arxiv_atom.parse((folder / "id_astro-ph_0601001_s0_m100.200.xml").read_bytes()).understood.sightings
    assert old.arxiv_id == "astro-ph/0601001"
    assert old.version == 1
    assert old.authors == ("Andrew Gould", "Susan Dorsher", "B. Scott Gaudi", "Andrzej Udalski")
    assert old.journal == "ActaAstron.56:1-50,2006"
    assert old.published == "2006-01-02"
    assert old.abstract.startswith("We derive")
    hundred = arxiv_atom.parse((folder / "q_testing_s0_m100.200.xml").read_bytes())
    assert hundred.total == 214_881
    assert len(hundred.understood.sightings) == 100
    assert sum(bool(s.doi) for s in hundred.understood.sightings) == 32
    assert sum(bool(s.remark) for s in hundred.understood.sightings) == 97
    assert sum(bool(s.journal) for s in hundred.understood.sightings) == 18
    nothing = arxiv_atom.parse((folder / "id_0808.05394_s0_m100.200.xml").read_bytes())
    assert nothing.understood.entries == 0


def test_errors_of_the_real_feed_service_are_told(shared: Callable[[str], Path]) -> None:
    folder = shared("payloads/arxiv_rss_generated")
    with pytest.raises(FeedRefused, match="Bad subject class 'NOPE'"):
        arxiv_rss.parse((folder / "rss_error_bad_subject.xml").read_bytes())
    body = (folder / "atom_error_bad_archive.xml").read_bytes()
    assert arxiv_atom.reason(body).startswith("Bad archive 'nope'")
    assert arxiv_rss.parse((folder / "rss_weekend_empty.xml").read_bytes()).entries == 0
