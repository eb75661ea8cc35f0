"""The world as Hugging Face: daily papers by day, week and month, trending, pages, tags, errors."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.feeds.world import Exchange, World, tagged

Entry = dict[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-2])")  # the real one takes W01 to W52 only
_MONTH = re.compile(r"\d{4}-\d{2}")


def entry(name: str, *, day: str = "2026-08-21", title: str = "", upvotes: int = 1, **paper: Any) -> Entry:
    """One entry of the list, in the form of 2026."""
    title = title or f"Paper {name}"
    said = {
        "id": name,
        "title": title,
        "authors": [{"_id": "1", "name": "Ann Lee", "hidden": False}],
        "publishedAt": "2026-08-19T00:00:00.000Z",
        "submittedOnDailyAt": f"{day}T00:00:00.000Z",
        "summary": f"About {name}.",
        "upvotes": upvotes,
        **paper,
    }
    return {
        "paper": said,
        "title": title,
        "publishedAt": "2026-08-18T20:00:00.000Z",
        "numComments": 2,
        "thumbnail": f"https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/{name}.png",
        "submittedBy": {"name": "bo", "fullname": "Bo Xu"},
    }


def serve(world: World, days: Mapping[str, Sequence[Entry]], *, failing: str = "") -> str:
    """Let the world be Hugging Face with these days, one of which it may refuse; its base address."""

    def answer(exchange: Exchange) -> None:
        query = exchange.asked.query
        limit, page = int(query.get("limit", "50")), int(query.get("p", "0"))
        if failing and query.get("date") == failing:
            exchange.reply(b"no", 404)
            return
        found = _found(days, query)
        if found is None or not 1 <= limit <= 100:
            exchange.reply(json.dumps({"error": "✖ Invalid date → at date"}).encode(), 400)
            return
        tagged(json.dumps(found[page * limit : (page + 1) * limit]).encode())(exchange)

    world.says("/api/daily_papers", answer)
    return world.url


def _found(days: Mapping[str, Sequence[Entry]], query: Mapping[str, str]) -> list[Entry] | None:
    """What a query finds, None where it is refused."""
    everything = [item for day in sorted(days, reverse=True) for item in days[day]]
    if "date" in query:
        return sorted(days.get(query["date"], []), key=_votes) if _DAY.fullmatch(query["date"]) else None
    if "week" in query:
        match = _WEEK.fullmatch(query["week"])
        weeks = {day: date.fromisoformat(day).isocalendar() for day in days}
        inside = [day for day in days if match and weeks[day][:2] == (int(match[1]), int(match[2]))]
        return [item for day in inside for item in days[day]] if match else None
    if "month" in query:
        inside = [day for day in days if day.startswith(query["month"])]
        return [item for day in inside for item in days[day]] if _MONTH.fullmatch(query["month"]) else None
    return sorted(everything, key=_votes) if query.get("sort") == "trending" else everything


def _votes(item: Entry) -> int:
    return -int(item["paper"]["upvotes"])
