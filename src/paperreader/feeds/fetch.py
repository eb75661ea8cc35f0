"""Asking politely: conditional, bounded, retried, throttled per host, honest about who asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from paperreader.errors import FeedRefused, FeedUnreadable
from paperreader.feeds import addresses, freshness
from paperreader.feeds.clock import Stop
from paperreader.feeds.complaint import complaint
from paperreader.feeds.decoding import ACCEPTED, Garbled
from paperreader.feeds.evidence import Evidence
from paperreader.feeds.manners import Limits
from paperreader.feeds.patience import Patience
from paperreader.feeds.remembered import KnownPages, KnownPapers, PagesInMemory, Validators, Visit
from paperreader.feeds.who import Key

if TYPE_CHECKING:
    from paperreader.feeds.exchange import Request, Response

T = TypeVar("T")

_REDIRECTS: Final = 5
_REDIRECTING: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that is new, or may be."""

    url: str
    """Where it was found in the end, after redirects: what relative links in it are relative to."""
    body: bytes
    content_type: str
    """The header as it came."""
    visit: Visit
    """What to remember once its sightings are recorded."""


@dataclass(frozen=True, slots=True)
class Same:
    """A page that is as it was."""

    visit: Visit
    """What to remember of it now."""
    asked: bool
    """Whether the source was asked; else it had said before that asking is idle until later."""


class Client:
    """The one who asks; any thread may use it, several at once too."""

    def __init__(
        self,
        *,
        agent: str,
        pages: KnownPages | None = None,
        papers: KnownPapers | None = None,
        keys: Sequence[Key] = (),
        evidence: Evidence | None = None,
        patience: Patience | None = None,
    ) -> None:
        """`agent` is the User-Agent header (`who.user_agent`); `pages` is only read here: who records puts the visits.

        `papers` are those that were told of before; without them nobody is missed.
        `evidence` is where answers go that cannot be understood; `patience` has the hosts' turns and the clock.
        """
        self._agent = agent
        self._pages = PagesInMemory() if pages is None else pages
        self._papers = papers
        self._keys = tuple(keys)
        self._evidence = evidence
        self._patience = Patience() if patience is None else patience

    @property
    def now(self) -> float:
        """Seconds since 1970, by the clock that it was given."""
        return self._patience.clock.now()

    @property
    def limits(self) -> Limits:
        """What one request, and understanding its answer, may take."""
        return self._patience.limits

    def misses(self, feed: str, arxiv_ids: Sequence[str]) -> bool:
        """Whether between these papers and those that the feed told of before others may lie."""
        return self._papers is not None and self._papers.misses(feed, arxiv_ids)

    def get(
        self,
        url: str,
        *,
        stop: Stop,
        accept: str = "*/*",
        named: bool = False,
        conditional: bool = True,
        explain: Callable[[bytes], str] = complaint,
    ) -> Fetched | Same:
        """The page at `url`, or that it is as it was.

        `named`: the person named it, so plain http will do. `conditional`: False asks for the page in any case.
        `explain` finds the reason in the body of a refusal. Raises FeedError.
        """
        addresses.checked(url, named=named)
        known = (self._pages.get(url) if conditional else None) or Validators()
        if freshness.is_fresh(known, self.now):
            return Same(Visit(url, known), asked=False)
        headers = {"Accept": accept, **freshness.conditions(known)}
        found, response = self._followed(self._request("GET", url, headers), stop, explain, named=named)
        unchanged = response.status == 304 and bool(freshness.conditions(known))
        said = freshness.validators(response.headers, self.now, known if unchanged else None)
        if unchanged:
            return Same(Visit(url, said), asked=True)
        return Fetched(found, response.body, response.headers.get("content-type", ""), Visit(url, said))

    def post(self, url: str, json: bytes, *, stop: Stop, explain: Callable[[bytes], str] = complaint) -> Fetched:
        """The answer to a question that is too long for an address. Raises FeedError."""
        addresses.checked(url, named=False)
        request = self._request("POST", url, {"Accept": "application/json", "Content-Type": "application/json"})
        found, response = self._followed(replace(request, body=json), stop, explain, named=False)
        return Fetched(found, response.body, response.headers.get("content-type", ""), Visit(url, Validators()))

    def understand(self, feed: str, fetched: Fetched, parse: Callable[[bytes], T]) -> T:
        """What `parse` makes of the body; an answer that it cannot understand is kept, and the error names the file.

        Raises FeedUnreadable, and what else `parse` raises.
        """
        try:
            return parse(fetched.body)
        except FeedUnreadable as error:
            raise self._kept(feed, fetched.body, error) from error

    def _kept(self, feed: str, body: bytes, error: FeedUnreadable) -> FeedUnreadable:
        """The error, with the file in which the answer is kept."""
        file = self._evidence.keep(feed, body) if self._evidence else None
        if file is None:
            return error
        hint = f"{error.hint} What came is kept in {file}; please add it to a bug report.".lstrip()
        return FeedUnreadable(error.message, hint, file=file)

    def close(self) -> None:
        """Let go of what is open."""
        self._patience.close()

    def _request(self, method: str, url: str, headers: Mapping[str, str]) -> Request:
        from paperreader.feeds.exchange import Request

        return Request(method, url, {"User-Agent": self._agent, "Accept-Encoding": ACCEPTED, **headers})

    def _followed(
        self, request: Request, stop: Stop, explain: Callable[[bytes], str], *, named: bool
    ) -> tuple[str, Response]:
        """The answer at the end of all redirects, and where that was; secrets go to the first address only."""
        try:
            return self._arrived(request, stop, explain, named=named)
        except Garbled as error:
            raise self._kept(addresses.host_of(request.url), error.received, error) from error

    def _arrived(
        self, request: Request, stop: Stop, explain: Callable[[bytes], str], *, named: bool
    ) -> tuple[str, Response]:
        keys = {key.header: key.value for key in self._keys if key.fits(request.url)}
        response = self._patience.ask(replace(request, headers={**request.headers, **keys}), stop)
        hops = 0
        while response.status in _REDIRECTING and request.method == "GET" and "location" in response.headers:
            hops += 1
            if hops > _REDIRECTS:
                raise FeedRefused(f"{addresses.shown(request.url)} redirects more than {_REDIRECTS} times.")
            target = addresses.followed(request.url, response.headers["location"])
            request = replace(request, url=addresses.checked(target, named=named))
            response = self._patience.ask(request, stop)
        if response.status not in (200, 203, 204, 304):
            raise _refusal(request.url, response, explain)
        if response.status == 304 and not {"If-None-Match", "If-Modified-Since"} & request.headers.keys():
            raise FeedUnreadable(f"{addresses.shown(request.url)} says unchanged, and nobody had asked that.")
        return request.url, response


def _refusal(url: str, response: Response, explain: Callable[[bytes], str]) -> FeedRefused:
    reason = explain(response.body)
    text = f"{addresses.shown(url)} says {response.status}{': ' + reason if reason else ''}".rstrip(".") + "."
    return FeedRefused(text, _hint(response.status), status=response.status)


def _hint(status: int) -> str:
    if status in (401, 403):
        return "It wants a key, a valid one, or does not like where you are."
    if status in (404, 410):
        return "Look at the address: there is nothing there (any more)."
    if status >= 500:
        return "The fault is on its side; try again later."
    return ""
