"""Looking at one page: fetched and understood, or as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from paperreader.feeds.clock import Stop
from paperreader.feeds.complaint import complaint
from paperreader.feeds.feed import Sighted, Unchanged, Understood
from paperreader.feeds.fetch import Client, Same
from paperreader.feeds.remembered import Visit


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a page brought."""

    visit: Visit
    understood: Understood | None
    """None where the page is as it was."""
    asked: bool = True
    """Whether the source was asked."""

    @property
    def entries(self) -> int:
        """How many entries the page has, whether they came or not."""
        return self.visit.validators.entries

    def news(self, done: int, total: int, left_off: int = 0) -> Sighted | Unchanged:
        """The same as news, at this step of so many."""
        visits = (self.visit,) if self.visit.validators.useful else ()
        if self.understood is None:
            return Unchanged(done, total, visits, self.asked)
        sightings, odd = self.understood.sightings, self.understood.odd
        return Sighted(done, total, sightings, visits, odd, left_off)


def look(
    client: Client,
    url: str,
    parse: Callable[[bytes], Understood],
    *,
    feed: str,
    stop: Stop,
    accept: str,
    explain: Callable[[bytes], str] = complaint,
) -> Look:
    """Fetch the page and understand it. Raises FeedError."""
    fetched = client.get(url, stop=stop, accept=accept, explain=explain)
    if isinstance(fetched, Same):
        return Look(fetched.visit, None, fetched.asked)
    understood = client.understand(feed, fetched, parse)
    return Look(fetched.visit.counting(understood.entries), understood)
