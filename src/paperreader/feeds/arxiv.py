"""arXiv by its query API: a category's days, a search, and papers by their ids.

arXiv wants one request every three seconds over all of one's machines; `throttle` holds that. Results change once a
day, so the same query is not worth asking twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from paperreader.errors import FeedUnreadable
from paperreader.feeds import clean
from paperreader.feeds.arxiv_atom import LABEL, NAME, Answer, parse, reason
from paperreader.feeds.clock import Stop
from paperreader.feeds.feed import Asking, FeedNews
from paperreader.feeds.fetch import Client, Same
from paperreader.feeds.looking import Look
from paperreader.feeds.remembered import Validators, Visit
from paperreader.feeds.when import Day, Latest, Month, Week, When

API: Final = "https://export.arxiv.org"

PAGE: Final = 200
"""Papers of a slice: some 450 KB. arXiv takes up to 2,000 and asks for less."""
_MOST_PAGES: Final = 10
"""Slices of one question: half a minute of arXiv's time. A month of cs.LG has more; its days can be asked."""
_IDS: Final = 100
"""Papers asked by id at once: the address stays below the 2,000 characters that every proxy takes."""
_ATTEMPTS: Final = 3
"""Times that a slice is asked which comes empty though the query finds more: arXiv does that now and then."""


@dataclass(frozen=True, slots=True)
class ArxivQuery:
    """The feed of a query, in arXiv's own words: "cat:cs.CL", "au:bengio AND ti:attention"."""

    query: str
    name: str
    label: str
    base_url: str = API
    latest_pages: int = 1
    """Slices that make up the latest."""

    @property
    def plain_http(self) -> bool:
        """Whether it is asked without encryption, which only a server on this machine is."""
        return self.base_url.startswith("http:")

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """The query's newest papers, or those submitted in the time asked for. Raises FeedError."""
        latest = isinstance(when, Latest)
        query = self.query if isinstance(when, Latest) else f"({self.query}) AND {_submitted(when)}"
        pages, most = 1, self.latest_pages if latest else _MOST_PAGES
        page = 0
        while page < pages:
            yield Asking(page, pages)
            seen, total = self._look(client, query, page, stop)
            page += 1
            full = seen.entries >= PAGE
            known = -(-total // PAGE) if total else page + full
            pages = min(most, max(page, known)) if full else page
            left_off = max(0, total - pages * PAGE) if page == pages and not latest else 0
            yield seen.news(page, pages, left_off)

    def _look(self, client: Client, query: str, page: int, stop: Stop) -> tuple[Look, int]:
        asked = {
            "search_query": query,
            "start": str(page * PAGE),
            "max_results": str(PAGE),
            "sortBy": "submittedDate",
            "sortOrder": "descending",
        }
        url = _url(self.base_url, asked)
        for attempt in range(_ATTEMPTS):
            fetched = client.get(url, stop=stop, accept=_ACCEPT, conditional=not attempt, explain=reason)
            if isinstance(fetched, Same):
                return Look(fetched.visit, None, fetched.asked), 0
            answer = client.understand(self.name, fetched, self._parse)
            if answer.understood.entries or answer.total <= page * PAGE:
                visit = fetched.visit.counting(answer.understood.entries)
                return Look(visit, answer.understood), answer.total
        text = f"{LABEL} says that there are {answer.total:,} papers and sends none of them."
        raise FeedUnreadable(text, "It does that now and then; try again later.")

    def _parse(self, body: bytes) -> Answer:
        return parse(body, source=self.name)


def complete(
    client: Client, ids: Sequence[str], stop: Stop, *, base_url: str = API, source: str = NAME
) -> Iterator[FeedNews]:
    """Ask for papers by their arXiv ids, to complete those that came without an abstract, a hundred at a time.

    Ids that arXiv does not know are silently missing from the sightings. Raises FeedError.
    """
    known = list(dict.fromkeys(filter(None, (clean.arxiv_name(name)[0] for name in ids))))
    slices = [known[start : start + _IDS] for start in range(0, len(known), _IDS)]
    for done, some in enumerate(slices):
        yield Asking(done, len(slices))
        url = _url(base_url, {"id_list": ",".join(some), "max_results": str(len(some))})
        fetched = client.get(url, stop=stop, accept=_ACCEPT, conditional=False, explain=reason)
        assert not isinstance(fetched, Same)  # asked without conditions
        answer = client.understand(NAME, fetched, lambda body: parse(body, source=source))
        yield Look(Visit(url, Validators()), answer.understood).news(done + 1, len(slices))


_ACCEPT: Final = "application/atom+xml"


def _url(base_url: str, query: dict[str, str]) -> str:
    return f"{base_url.rstrip('/')}/api/query?{urlencode(query)}"


def _submitted(when: Day | Week | Month) -> str:
    """The days as arXiv's query wants them, in GMT to the minute."""
    return f"submittedDate:[{when.first:%Y%m%d}0000 TO {when.last:%Y%m%d}2359]"
