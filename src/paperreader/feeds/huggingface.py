"""Hugging Face Daily Papers: https://huggingface.co/papers, by its API.

What it really sends was measured on 9,581 entries of two years; its published schema is narrower than the truth, so
only an id and a title are required, and everything else may be absent or of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from paperreader.errors import FeedUnreadable
from paperreader.feeds import clean, safe_json
from paperreader.feeds.clock import Stop
from paperreader.feeds.feed import Asking, FeedNews, Understood
from paperreader.feeds.fetch import Client
from paperreader.feeds.looking import Look, look
from paperreader.feeds.when import Day, Latest, Month, Week, When
from paperreader.paper import Sighting

NAME: Final = "huggingface"
LABEL: Final = "Hugging Face"
BASE: Final = "https://huggingface.co"

PAGE: Final = 100
"""Entries of a page: the most that the API gives. Its default of 50 cut four real days."""
_MOST_PAGES: Final = 100
"""Pages of one question, against a server that never ends; the fullest month has some 900 papers."""
_LAST_WEEK: Final = 52
"""The API takes W01 to W52 only; 2026 has 53 weeks."""

_THINKING: Final = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Question:
    """One list, and what it means to stand on it."""

    query: Mapping[str, str]
    listed: str = ""
    """The day that is asked for, for entries that do not say it themselves (before March 2025)."""
    ranked: bool = False
    """Whether the order is Hugging Face's own order of what is trending."""
    most_pages: int = _MOST_PAGES
    page: int = 0


@dataclass(frozen=True, slots=True)
class HuggingFace:
    """The feed."""

    base_url: str = BASE
    name: str = NAME
    label: str = LABEL
    trending_pages: int = 1
    """Pages of 100 of the trending list, which has no end."""

    @property
    def plain_http(self) -> bool:
        """Whether it is asked without encryption, which only a server on this machine is."""
        return self.base_url.startswith("http:")

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """Every page of every list that makes up the time asked for. Raises FeedError."""
        waiting = self._plan(when, datetime.fromtimestamp(client.now, UTC).date())
        done = 0
        while waiting:
            question = waiting.pop(0)
            yield Asking(done, done + 1 + len(waiting))
            seen = self._look(client, question, stop)
            done += 1
            full = seen.entries >= PAGE
            if full and question.page + 1 < question.most_pages:
                waiting.insert(0, replace(question, page=question.page + 1))
            yield seen.news(done, done + len(waiting))
            if full and question.page + 1 == _MOST_PAGES:
                text = f"{LABEL} lists {_MOST_PAGES * PAGE:,} papers or more; only so many were asked for."
                raise FeedUnreadable(text, "Ask for single days.")

    def _look(self, client: Client, question: _Question, stop: Stop) -> Look:
        page = {"p": str(question.page)} if question.page else {}
        query = urlencode({**question.query, "limit": str(PAGE), **page})
        url = f"{self.base_url.rstrip('/')}/api/daily_papers?{query}"
        rank = question.page * PAGE + 1 if question.ranked else None

        def understand(body: bytes) -> Understood:
            return parse(body, source=self.name, listed=question.listed, first_rank=rank)

        return look(client, url, understand, feed=self.name, stop=stop, accept="application/json")

    def _plan(self, when: When, today: date) -> list[_Question]:
        match when:
            case Latest():
                trending = _Question({"sort": "trending"}, ranked=True, most_pages=self.trending_pages)
                return [trending, _Question({}, most_pages=1)]
            case Day():
                return [_of_day(when.day)]
            case Week() if when.week > _LAST_WEEK:
                return [_of_day(day) for day in when.days if day <= today]
            case Week():
                return [_Question({"week": str(when)})]
            case Month():
                return [_Question({"month": str(when)})]


def parse(body: bytes, *, source: str = NAME, listed: str = "", first_rank: int | None = None) -> Understood:
    """The sightings of a page of daily papers, in its order.

    `listed` is the day for entries that do not say it; `first_rank` the rank of the first entry, where the order is
    one of trending. Raises FeedUnreadable where it is no list, or a list of which nothing can be understood.
    """
    entries = safe_json.parsed(body, LABEL)
    if not isinstance(entries, list):
        raise FeedUnreadable(f"{LABEL} sent JSON that is no list of papers.")
    found = []
    for place, entry in enumerate(entries):
        rank = None if first_rank is None else first_rank + place
        sighting = sighting_of(entry, source=source, listed=listed, rank=rank)
        if sighting is not None:
            found.append(sighting)
    if entries and not found:
        raise FeedUnreadable(f"{LABEL} sent a list of {len(entries):,} things that are no papers.")
    return Understood(tuple(found), len(entries))


def sighting_of(entry: Any, *, source: str, listed: str = "", rank: int | None = None) -> Sighting | None:
    """The sighting of one entry of a list, or of a paper's own page, which has no `paper` within; None if it is none.

    The top-level `publishedAt` is a trap: the paper's date some hours shifted, not when it was listed.
    """
    outer = _table(entry)
    paper = _table(outer.get("paper")) or outer
    name = clean.line(paper.get("id"), 200)
    title = clean.line(paper.get("title")) or clean.line(outer.get("title"))
    if not name or not title:
        return None
    arxiv_id, version = clean.arxiv_name(name)
    return Sighting(
        source=source,
        title=title,
        arxiv_id=arxiv_id,
        id="" if arxiv_id else name,
        url="" if arxiv_id else f"{BASE}/papers/{quote(name, safe='')}",
        version=version,
        authors=_authors(paper.get("authors")),
        published=clean.day(paper.get("publishedAt")),
        abstract=clean.paragraphs(paper.get("summary")) or clean.paragraphs(outer.get("summary")),
        summary=clean.paragraphs(_spoken(paper.get("ai_summary"))),
        keywords=clean.words(paper.get("ai_keywords")),
        code=clean.link(paper.get("githubRepo")),
        stars=clean.count(paper.get("githubStars")),
        project=clean.link(paper.get("projectPage")),
        votes=clean.count(paper.get("upvotes")),
        comments=clean.count(outer.get("numComments")),
        rank=rank,
        listed=clean.day(paper.get("submittedOnDailyAt")) or listed,
        organisation=_called(paper.get("organization")) or _called(outer.get("organization")),
        submitter=_called(outer.get("submittedBy")) or _called(paper.get("submittedOnDailyBy")),
        thumbnail=clean.link(outer.get("thumbnail")),
    )


def _of_day(day: date) -> _Question:
    return _Question({"date": day.isoformat()}, listed=day.isoformat())


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _authors(value: Any) -> tuple[str, ...]:
    people = value if isinstance(value, list) else []
    return clean.names([_table(person).get("name") for person in people])


def _called(value: Any) -> str:
    """The name of a person or an organisation, the full one first."""
    table = _table(value)
    return next(filter(None, (clean.line(table.get(name), 200) for name in ("fullname", "name", "user"))), "")


def _spoken(value: Any) -> str:
    """A model's summary without what the model thought aloud before it."""
    return _THINKING.sub("", value) if isinstance(value, str) else ""
