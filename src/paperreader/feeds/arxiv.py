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
_OVERLAP: Final = 20
"""The oldest papers of a slice, of which one at least was told before where nothing is missing: arXiv announces now
and then a paper that was submitted long ago, so one alone may be new."""
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

    @property
    def plain_http(self) -> bool:
        """Whether it is asked without encryption, which only a server on this machine is."""
        return self.base_url.startswith("http:")

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """The query's newest papers, or those submitted in the time asked for. Raises FeedError."""
        if isinstance(when, Latest):
            return self._newest(client, stop)
        return self._between(client, f"({self.query}) AND {_submitted(when)}", stop)

    def _newest(self, client: Client, stop: Stop) -> Iterator[FeedNews]:
        """The first slice; where all in it came since the feed was last asked, as many as there are in between.

        The older slices are told first: kept the other way round, a kill in between would hide that some are missing.
        """
        seen: list[Look] = []
        left_off = 0
        missing = True
        while missing and not left_off:
            yield Asking(len(seen), len(seen) + 1)
            look, total = self._look(client, self.query, len(seen), stop)
            seen.append(look)
            oldest = look.understood.sightings[-_OVERLAP:] if look.understood else ()
            missing = look.entries >= PAGE and client.misses(self.name, [sighting.arxiv_id for sighting in oldest])
            left_off = max(0, total - len(seen) * PAGE) if missing and len(seen) == _MOST_PAGES else 0
        for look in reversed(seen):
            yield look.news(len(seen), len(seen), left_off if look is seen[0] else 0)

    def _between(self, client: Client, query: str, stop: Stop) -> Iterator[FeedNews]:
        pages = 1
        page = 0
        while page < pages:
            yield Asking(page, pages)
            seen, total = self._look(client, query, page, stop)
            page += 1
            full = seen.entries >= PAGE
            known = -(-total // PAGE) if total else page + full
            pages = min(_MOST_PAGES, max(page, known)) if full else page
            left_off = max(0, total - pages * PAGE) if page == pages else 0
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
