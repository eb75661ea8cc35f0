"""Hugging Face: which pages are asked, and what an entry means."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from paperreader.errors import FeedRefused, FeedStopped, FeedUnreadable
from paperreader.feeds import (
    Asking,
    Day,
    Evidence,
    FeedNews,
    Latest,
    Month,
    PagesInMemory,
    Places,
    Sighted,
    Unchanged,
    Week,
    detail,
    feed,
    never,
)
from paperreader.feeds.huggingface import HuggingFace, parse
from paperreader.paper import Sighting
from tests.feeds.asking import asked, sightings
from tests.feeds.conftest import MakeClient, QuickClock, streamed
from tests.feeds.hub import Entry, entry, serve
from tests.feeds.world import World, text

FIVE_DAYS = ("2026-08-17", "2026-08-18", "2026-08-19", "2026-08-20", "2026-08-21")


def hub(world: World, days: dict[str, list[Entry]]) -> HuggingFace:
    found = feed("huggingface", Places(huggingface=serve(world, days)))
    assert isinstance(found, HuggingFace)
    return found


def many(day: str, number: int) -> list[Entry]:
    return [entry(f"2608.{place:05}", day=day, upvotes=number - place) for place in range(1, number + 1)]


def only(body: object, listed: str = "") -> Sighting:
    (sighting,) = parse(json.dumps([body]).encode(), listed=listed).sightings
    return sighting


def test_a_day_is_asked_in_pages_of_a_hundred(world: World, make_client: MakeClient) -> None:
    news = asked(hub(world, {"2026-08-21": many("2026-08-21", 250)}), make_client(), Day(date(2026, 8, 21)))
    assert len(sightings(news)) == 250
    assert [request.query for request in world.asked] == [
        {"date": "2026-08-21", "limit": "100"},
        {"date": "2026-08-21", "limit": "100", "p": "1"},
        {"date": "2026-08-21", "limit": "100", "p": "2"},
    ]
    assert [(item.done, item.total) for item in news if isinstance(item, Asking)] == [(0, 1), (1, 2), (2, 3)]
    assert [(item.done, item.total) for item in news if isinstance(item, Sighted)] == [(1, 2), (2, 3), (3, 3)]


def test_the_latest_is_what_trends_in_its_order_and_what_is_new(world: World, make_client: MakeClient) -> None:
    days = {"2026-08-20": [entry("2608.00001", upvotes=9)], "2026-08-21": [entry("2608.00002", upvotes=3)]}
    first, second = [item for item in asked(hub(world, days), make_client()) if isinstance(item, Sighted)]
    assert [(seen.arxiv_id, seen.rank) for seen in first.sightings] == [("2608.00001", 1), ("2608.00002", 2)]
    assert [(seen.arxiv_id, seen.rank) for seen in second.sightings] == [("2608.00002", None), ("2608.00001", None)]


def test_a_list_without_end_is_asked_to_a_bound_and_that_is_said(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperreader.feeds.huggingface.PAGE", 2)
    pages: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        page = request.url.params.get("p", "0")
        pages.append(page)
        return streamed(200, json.dumps([entry(f"2608.{n}{int(page):04}") for n in (0, 1)]).encode())

    news = HuggingFace().ask(make_client(transport=httpx.MockTransport(answer)), Day(date(2026, 8, 21)), never)
    came: list[FeedNews] = []
    with pytest.raises(FeedUnreadable, match="lists 200 papers or more; only so many"):
        came.extend(news)
    assert pages == [str(n) for n in range(100)]


def test_a_day_without_papers_is_fine(world: World, make_client: MakeClient) -> None:
    news = asked(hub(world, {}), make_client(), Day(date(2026, 8, 22)))
    assert sightings(news) == []
    assert isinstance(news[-1], Sighted)


def test_a_week_is_one_question_and_the_53rd_is_its_days(
    world: World, make_client: MakeClient, clock: QuickClock
) -> None:
    days = {
        "2026-12-28": [entry("2612.00001")],
        "2027-01-01": [entry("2612.00002")],
        "2026-08-18": [entry("2608.00001")],
    }
    clock.time = datetime(2027, 1, 1, 12, tzinfo=UTC).timestamp()
    found = hub(world, days)
    assert [seen.arxiv_id for seen in sightings(asked(found, make_client(), Week(2026, 34)))] == ["2608.00001"]
    assert world.asked[-1].query["week"] == "2026-W34"
    news = asked(found, make_client(), Week(2026, 53))
    assert [seen.arxiv_id for seen in sightings(news)] == ["2612.00001", "2612.00002"]
    dates = [request.query["date"] for request in world.asked[1:]]
    assert dates == ["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01"]  # none of the days to come


def test_a_month_is_one_question(world: World, make_client: MakeClient) -> None:
    days = {"2026-08-18": [entry("2608.00001")], "2026-07-31": [entry("2607.00001")]}
    news = asked(hub(world, days), make_client(), Month(2026, 8))
    assert [seen.arxiv_id for seen in sightings(news)] == ["2608.00001"]


def test_asking_again_fetches_no_body_and_still_finds_every_page(world: World, make_client: MakeClient) -> None:
    found, pages = hub(world, {"2026-08-21": many("2026-08-21", 150)}), PagesInMemory()
    client, when = make_client(pages=pages), Day(date(2026, 8, 21))
    assert len(sightings(asked(found, client, when, pages))) == 150
    again = asked(found, client, when, pages)
    assert [type(item) for item in again] == [Asking, Unchanged, Asking, Unchanged]
    assert [request.status for request in world.asked] == [200, 200, 304, 304]


def test_a_refresh_that_died_before_recording_is_asked_anew(world: World, make_client: MakeClient) -> None:
    found, pages = hub(world, {"2026-08-21": many("2026-08-21", 150)}), PagesInMemory()
    when = Day(date(2026, 8, 21))
    for item in found.ask(make_client(pages=pages), when, never):
        if isinstance(item, Sighted):
            break  # killed here: the sightings were seen and neither recorded nor remembered
    assert len(sightings(asked(found, make_client(pages=pages), when, pages))) == 150


def test_a_refusal_says_why(world: World, make_client: MakeClient) -> None:
    url = serve(world, {})
    world.says("/api/daily_papers", text('{"error": "✖ Invalid date"}', status=400))
    with pytest.raises(FeedRefused, match="✖ Invalid date"):
        asked(feed("hf", Places(huggingface=url)), make_client(), Day(date(2026, 8, 21)))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!doctype html><html><head><title>Log in to Hotel</title>", "a web page instead of JSON: Log in to Hotel"),
        ("", "an empty answer"),
        ("[1", "not JSON"),
        ('{"papers": []}', "no list of papers"),
        ('["a", "b"]', "2 things that are no papers"),
        ("[" * 100_000, "not JSON"),
        ("[" + "9" * 5_000 + "]", "not JSON"),
    ],
)
def test_what_is_no_list_of_papers_is_refused_and_kept(
    world: World, make_client: MakeClient, tmp_path: Path, body: str, reason: str
) -> None:
    world.says("/api/daily_papers", text(body))
    client = make_client(evidence=Evidence(tmp_path))
    with pytest.raises(FeedUnreadable, match=reason) as caught:
        asked(feed("hf", Places(huggingface=world.url)), client, Day(date(2026, 8, 21)))
    assert caught.value.file is not None
    assert caught.value.file.read_bytes() == body.encode()


def test_stopped_between_two_pages_the_first_one_stays(world: World, make_client: MakeClient) -> None:
    found = hub(world, {"2026-08-21": many("2026-08-21", 250)})
    seen: list[Sighted] = []
    with pytest.raises(FeedStopped):
        for item in found.ask(make_client(), Day(date(2026, 8, 21)), lambda: bool(seen)):
            if isinstance(item, Sighted):
                seen.append(item)
    assert len(seen) == 1
    assert len(world.asked) == 1


def test_every_field_of_an_entry_is_kept() -> None:
    body = entry(
        "2608.12345",
        title="  Deep\n  Things ",
        upvotes=41,
        githubRepo="https://github.com/\nann/deep",
        githubStars=7,
        projectPage=" https://deep.example",
        ai_summary="<think>Hm,\nlet me see</think>\nThings, deeply.",
        ai_keywords=["depth", "things", "depth"],
        organization={"name": "lab", "fullname": "The Lab"},
    )
    assert only(body) == Sighting(
        source="huggingface",
        title="Deep Things",
        arxiv_id="2608.12345",
        authors=("Ann Lee",),
        published="2026-08-19",
        abstract="About 2608.12345.",
        summary="Things, deeply.",
        keywords=("depth", "things"),
        code="https://github.com/ann/deep",
        stars=7,
        project="https://deep.example",
        votes=41,
        comments=2,
        listed="2026-08-21",
        organisation="The Lab",
        submitter="Bo Xu",
        thumbnail="https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2608.12345.png",
    )


def test_only_an_id_and_a_title_are_required() -> None:
    assert only({"paper": {"id": "2608.12345", "title": "T"}}) == Sighting(
        source="huggingface", arxiv_id="2608.12345", title="T"
    )
    assert only({"id": "own-name", "title": "T"}).id == "own-name"


def test_fields_of_another_kind_are_as_if_they_were_not_there() -> None:
    odd: list[object] = [None, 1, -1, 1e400, True, "", "x", [], [[]], {}, {"a": {}}, "\ud800", 10**30]
    for value in odd:
        body = entry("2608.12345")
        for name in [name for name in body["paper"] if name not in ("id", "title")]:
            changed = {**body, "paper": {**body["paper"], name: value}, "numComments": value, "submittedBy": value}
            sighting = only(changed, listed="2026-08-21")
            assert sighting.arxiv_id == "2608.12345"
            assert sighting.votes is None or 0 <= sighting.votes < 2**31
            str(sighting).encode()  # no lone surrogates


def test_entries_that_are_none_are_counted_and_the_others_kept() -> None:
    understood = parse(json.dumps([entry("2608.12345"), {}, "x", None, {"paper": {"id": 3, "title": "T"}}]).encode())
    assert len(understood.sightings) == 1
    assert understood.odd == 4


def test_the_day_asked_for_is_the_listing_of_entries_that_do_not_say_it() -> None:
    body = entry("2405.12345")
    del body["paper"]["submittedOnDailyAt"]
    assert only(body, listed="2024-05-27").listed == "2024-05-27"
    assert only(body).listed == ""


def test_a_papers_own_page_has_what_is_linked_to_it(world: World, make_client: MakeClient) -> None:
    """Made by hand after the documentation: no real page was captured."""
    page = {
        **entry("2608.12345")["paper"],
        "linkedModels": [{"id": "lab/deep", "likes": 3, "downloads": 900, "pipeline_tag": "text-generation"}, None],
        "numTotalModels": 12,
        "linkedDatasets": [{"id": "lab/data"}],
        "numTotalDatasets": 1,
        "linkedSpaces": [{"id": "lab/demo", "shortDescription": "Try\nit", "likes": True}],
    }
    world.says("/api/papers/2608.12345", text(json.dumps(page)))
    found = detail(make_client(), "2608.12345", never, base_url=world.url)
    assert found is not None
    assert [(item.kind, item.id, item.url) for item in found.links.linked] == [
        ("model", "lab/deep", "https://huggingface.co/lab/deep"),
        ("dataset", "lab/data", "https://huggingface.co/datasets/lab/data"),
        ("space", "lab/demo", "https://huggingface.co/spaces/lab/demo"),
    ]
    assert found.links.linked[0].downloads == 900
    assert found.links.linked[2].about == "Try it"
    assert found.links.linked[2].likes is None
    assert found.links.totals == {"model": 12, "dataset": 1, "space": 1}
    assert found.sighting.title == "Paper 2608.12345"


def test_a_paper_that_is_not_there_has_no_page(world: World, make_client: MakeClient) -> None:
    assert detail(make_client(), "2608.99999/../x", never, base_url=world.url) is None
    assert world.asked[0].path == "/api/papers/2608.99999%2F..%2Fx"


def test_five_real_days_give_the_union_of_their_ids_and_nothing_when_asked_again(
    world: World, make_client: MakeClient, shared: Callable[[str], Path]
) -> None:
    files = {day: shared(f"payloads/hf_daily/{day}.json").read_bytes() for day in FIVE_DAYS}
    days = {day: json.loads(body) for day, body in files.items()}
    found, pages = hub(world, days), PagesInMemory()
    client = make_client(pages=pages)
    whens = [Day(date.fromisoformat(day)) for day in FIVE_DAYS]
    seen = [sighting for when in whens for sighting in sightings(asked(found, client, when, pages))]
    expected = {item["paper"]["id"] for entries in days.values() for item in entries}
    assert {sighting.arxiv_id for sighting in seen} == expected
    assert [sighting.listed for sighting in seen] == [day for day in FIVE_DAYS for _ in days[day]]
    first = len(world.asked)
    again = [item for when in whens for item in asked(found, client, when, pages)]
    assert not sightings(again)
    assert [request.sent for request in world.asked[first:]] == [0] * len(FIVE_DAYS)


def test_hostile_text_of_real_days_comes_out_clean(shared: Callable[[str], Path]) -> None:
    folder = shared("payloads/hf_daily")
    files = [file for file in sorted(folder.rglob("2*.json")) if "broken" not in str(file)]
    seen = [sighting for file in files for sighting in parse(file.read_bytes()).sightings]
    assert len(seen) > 700
    for sighting in seen:
        assert "\n" not in sighting.title
        assert "  " not in sighting.title
        assert date.fromisoformat(sighting.published).isoformat() == sighting.published
        for link in (sighting.code, sighting.project, sighting.thumbnail):
            assert not link or (link.startswith(("https://", "http://")) and link.isprintable() and " " not in link)
    assert max(len(sighting.authors) for sighting in seen) == 664
    titles = {sighting.arxiv_id: sighting.title for sighting in seen}
    assert "[n]" in titles["2502.01081"]
    codes = {sighting.code for sighting in seen}
    assert "https://github.com/FightingFighting/NeuroAda.git" in codes
    assert any("<think>" in sighting.abstract for sighting in seen)  # an abstract may speak of it


def test_the_latest_of_the_feed_is_the_default(world: World, make_client: MakeClient) -> None:
    found = hub(world, {"2026-08-21": [entry("2608.00001")]})
    assert (found.name, found.label, found.plain_http) == ("huggingface", "Hugging Face", True)
    assert sightings(asked(found, make_client(), Latest()))
