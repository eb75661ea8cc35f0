"""Semantic Scholar: one call, counts and a sentence, nothing that is not asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.errors import FeedRefused, FeedUnreadable
from paperreader.feeds import enrich, never
from paperreader.feeds.semantic_scholar import parse
from paperreader.paper import Sighting
from tests.feeds.conftest import MakeClient
from tests.feeds.payloads import cassette
from tests.feeds.world import World, text

BATCH = "/graph/v1/paper/batch"


def test_many_papers_are_one_call(world: World, make_client: MakeClient) -> None:
    answer = [
        {
            "externalIds": {"ArXiv": "2608.00001"},
            "citationCount": 5,
            "influentialCitationCount": 1,
            "tldr": {"model": "x", "text": "It\nworks."},
            "venue": "NeurIPS",
        },
        None,
        {"citationCount": "many", "tldr": None},
    ]
    world.says(BATCH, text(json.dumps(answer)))
    ids = ["2608.00001v2", "2608.00002", "2608.00003", "2608.00001", "not one"]
    understood = enrich(make_client(), ids, never, base_url=world.url)
    assert understood.sightings == (
        Sighting(
            source="semantic scholar",
            arxiv_id="2608.00001",
            citations=5,
            influential_citations=1,
            tldr="It works.",
            venue="NeurIPS",
        ),
        Sighting(source="semantic scholar", arxiv_id="2608.00003"),
    )
    (request,) = world.asked
    assert request.method == "POST"
    assert json.loads(request.body) == {"ids": ["ARXIV:2608.00001", "ARXIV:2608.00002", "ARXIV:2608.00003"]}
    assert "tldr" in request.query["fields"]


def test_nothing_to_ask_asks_nothing_and_too_much_is_cut(world: World, make_client: MakeClient) -> None:
    world.says(BATCH, text("[]"))
    assert enrich(make_client(), [], never, base_url=world.url).entries == 0
    assert not world.asked
    enrich(make_client(), [f"2608.{number:05}" for number in range(900)], never, base_url=world.url)
    assert len(json.loads(world.asked[0].body)["ids"]) == 500


def test_an_answer_of_another_length_is_matched_by_its_own_ids_only() -> None:
    body = json.dumps([{"externalIds": {"ArXiv": "2608.00002"}, "citationCount": 1}, {"citationCount": 2}]).encode()
    assert [seen.arxiv_id for seen in parse(body, ["2608.00001"]).sightings] == ["2608.00002"]


def test_a_question_is_never_sent_on(world: World, make_client: MakeClient) -> None:
    world.says(BATCH, lambda exchange: exchange.reply(b"", 307, {"Location": "/elsewhere"}))
    with pytest.raises(FeedRefused, match="307"):
        enrich(make_client(), ["2608.00001"], never, base_url=world.url)
    assert len(world.asked) == 1


def test_recorded_answers_are_understood_or_refused(shared: Callable[[str], Path]) -> None:
    folder = shared("payloads/semantic_scholar")
    (batch,) = cassette(folder / "test_get_papers_not_found_warning.yaml")
    understood = parse(batch, ["2608.00001"] * len(json.loads(batch)))
    assert understood.entries == sum(entry is not None for entry in json.loads(batch))
    (missing, _) = cassette(folder / "test_not_found.yaml")
    with pytest.raises(FeedUnreadable):
        parse(missing, [])
