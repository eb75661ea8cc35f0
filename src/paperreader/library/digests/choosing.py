"""Which papers a digest holds: what trends among the new ones, what saved searches find, newer versions."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from paperreader.digest import content, wording
from paperreader.errors import SearchError
from paperreader.library.digests.grouping import Group, groups, missed, own_days, unasked
from paperreader.library.trends import Span, Trends, Window
from paperreader.store import arriving, ledger
from paperreader.store.database import Database
from paperreader.trending import Place, ordinal

if TYPE_CHECKING:
    from paperreader.search.finding import Found
    from paperreader.settings import DigestSettings

DAY = 86_400.0
_FIRST = 7
"""Days that a first digest, which has no last one to count from, looks back."""
_FORGOTTEN = timedelta(days=31)
"""A paper that was listed longer ago, and that the library had then, does not come anew when a source votes for it."""


class SavedSearch(Protocol):
    """A search that the person keeps."""

    @property
    def name(self) -> str:
        """What they call it."""

    @property
    def question(self) -> str:
        """What it asks."""


Find = Callable[[str, Sequence[int]], "Found"]


@dataclass(slots=True)
class Chosen:
    """A paper and why it was chosen."""

    rid: int
    why: str
    due: bool = False
    """Whether it is told of even where there is no room."""
    late: bool = False
    """Whether it is one of the first of an earlier day, and takes no room from those of this one."""


class Stands(NamedTuple):
    """Where a paper stands in the list of a day."""

    place: Place
    why: str
    """That in words."""


@dataclass(slots=True)
class Part:
    """A section that is being filled."""

    kind: str
    title: str
    papers: list[Chosen]
    most: int | None = None
    """How many of them may be told of; None for all."""
    left: int = 0
    """For how many there was no room."""


@dataclass(slots=True)
class Choice:
    """What a digest holds."""

    parts: list[Part] = field(default_factory=list)
    looked_at: set[int] = field(default_factory=set)
    """Papers that could have been told of as trending, whether they are or not, and whether that is wished or not."""
    days: tuple[date, ...] = ()
    """The days that are told of."""
    remarks: list[str] = field(default_factory=list)
    """What the reader should know of how it came about."""


@dataclass(frozen=True, slots=True)
class Since:
    """Where the last digest of a recipient ended."""

    recipient: str
    now: float
    last: ledger.Entry | None

    @property
    def at(self) -> float:
        """When it was, in seconds since 1970; for a first one a week ago. A time to come was a wrong clock's."""
        return min(self.last.at, self.now) if self.last else self.now - _FIRST * DAY

    @property
    def day(self) -> str:
        """The last day that the last digest can have known of, YYYY-MM-DD; empty for a first one."""
        return max(self.last.day, datetime.fromtimestamp(self.at, UTC).date().isoformat()) if self.last else ""

    @property
    def week(self) -> float:
        """A week ago, or when the last one was where that is longer ago."""
        return min(self.at, self.now - _FIRST * DAY)


class Choosing:
    """Chooses from a library."""

    def __init__(self, database: Database, trends: Trends, find: Find, saved: Callable[[], Sequence[SavedSearch]]):
        self._database = database
        self._trends = trends
        self._find = find
        self._saved = saved

    def choice(self, since: Since, wishes: DigestSettings) -> Choice:
        """What is new since then, in sections as wished; each paper once, where it is met first."""
        through = since.last.through if since.last else arriving.highest(self._database, before=since.at)
        covered = since.last.day if since.last else None
        today = self._trends.today.isoformat()
        bounds = (covered, wishes.catch_up, today)
        new = self._listed(since, through)
        due = self._due(since, new, own_days(self._until_now(new), *bounds), wishes)
        known = {**due, **new}
        listed = self._until_now(known)
        grouped = groups(listed, *bounds)
        choice = Choice(looked_at=set(listed), days=tuple(group.day for group in grouped))
        choice.remarks += _beyond(listed, covered, since.day, wishes.catch_up, today)
        for kind in wishes.sections:
            parts: Iterator[Part]
            if kind == content.TRENDING:
                parts = self._trending(grouped, known, set(due), wishes.trending)
            elif kind == content.SAVED:
                parts = self._matching(since, through, wishes.saved, max(len(grouped), 1))
            else:
                parts = self._revised(since, wishes.revised)
            try:
                for part in parts:
                    _add(choice, part)
            except SearchError as error:
                choice.remarks.append(f"Saved searches are missing here: {error.message}")
        return choice

    def _until_now(self, known: Mapping[int, str]) -> dict[int, str]:
        """The same papers by day; a list of a day to come waits under the newest one that there is."""
        latest = self._trends.latest_day()
        newest = min(max(known.values(), default=""), latest.isoformat() if latest else "")
        return {rid: min(day, newest) for rid, day in known.items()}

    def _listed(self, since: Since, through: int) -> dict[int, str]:
        latest = self._trends.latest_day()
        if latest is None:
            return {}
        back = timedelta(days=_FIRST) if since.last is None else _FORGOTTEN
        known = date.fromisoformat(since.last.day) if since.last and since.last.day else latest
        # A day's slack: a refresh that was under way may have committed after the last digest what it had begun before.
        found = arriving.listed_since(self._database, through, since.at - DAY, min(known, latest) - back)
        looked_at = ledger.looked_at(self._database, since.recipient, list(found))
        return {rid: day for rid, day in found.items() if rid not in looked_at}

    def _due(self, since: Since, new: Mapping[int, str], own: Sequence[str], wishes: DigestSettings) -> dict[int, str]:
        """The papers that are told of whatever room there is, each with a day among whose first ones it is now.

        None of a day's first ones is missed: neither for hotter papers of another day, nor because it came, or got its
        votes, after that day was told of. So they are of each day that has a group of its `own`, and of those up to the
        last digest's, `catch_up` days ago at most: what is new among them, and what was left out. Of a day that was
        over at the last digest only as many places count for the latter as papers of it went out: what a higher limit
        would have had does not come after it. A first digest is a choice of a week, of which nothing is due.
        """
        most = wishes.trending
        if since.last is None or most is None:
            return {}
        due: dict[int, str] = {}
        for day in (*self._told(since.last.day, wishes.catch_up), *map(date.fromisoformat, own)):
            order = self._trends.trending(Window(Span.DAY, day)).rids
            sent = ledger.sent(self._database, since.recipient, order)
            over = day.isoformat() < since.last.day
            left_out = ledger.looked_at(self._database, since.recipient, order[: len(sent) if over else most]) - sent
            due |= {rid: day.isoformat() for rid in order[:most] if rid in new or rid in left_out}
        return due

    def _told(self, covered: str, back: int) -> list[date]:
        """The days that were told of and that votes can still come for: that of the last digest, and those before it
        that lie `back` days ago at most.
        """
        if not covered:
            return []
        last = date.fromisoformat(covered)
        first = min(last, self._trends.today - timedelta(days=back))
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def _trending(
        self, grouped: Sequence[Group], listed: Mapping[int, str], due: Set[int], most: int | None
    ) -> Iterator[Part]:
        """A section for each day, in which what came late for earlier days is told of too."""
        places = self._places(listed)
        for group in grouped:
            heading = f"Trending on {wording.day(group.day)}" if len(grouped) > 1 else "Trending"
            order = self._trends.ordered([places[rid].place for rid in group.rids if rid in places])
            day = group.day.isoformat()
            chosen = [
                Chosen(rid, places[rid].why, due=rid in due, late=rid in due and listed[rid] < day)
                for rid in (place.rid for place in order)
            ]
            yield Part(content.TRENDING, heading, chosen, most)

    def _places(self, listed: Mapping[int, str]) -> dict[int, Stands]:
        """Where each paper stands in the list of its latest day."""
        found: dict[int, Stands] = {}
        for day in map(date.fromisoformat, sorted(set(listed.values()))):
            trend = self._trends.trending(Window(Span.DAY, day))
            for position, rid in enumerate(trend.rids, 1):
                if listed.get(rid) == day.isoformat():
                    told = f"{ordinal(position)} of {len(trend.rids)} on {wording.short_day(day)}"
                    moved = trend.places[rid].movement
                    found[rid] = Stands(trend.places[rid], f"{told}: {moved}" if moved else told)
        return found

    def _matching(self, since: Since, through: int, most: int | None, days: int) -> Iterator[Part]:
        searches = self._saved()
        new = array("q", arriving.brought_since(self._database, through)) if searches else array("q")
        sent = ledger.sent(self._database, since.recipient, new)
        new = array("q", (rid for rid in new if rid not in sent))
        for search in searches if new else ():
            found = self._find(search.question, new)
            whole = set(found.whole) & set(new)  # papers with some of the words only are for the eye, not for a mail
            chosen = [Chosen(rid, f"matches your search “{search.name}”") for rid in found.ids if rid in whole]
            limit = None if most is None else most * days
            yield Part(content.SAVED, f"Your search: {search.name}", chosen, limit)

    def _revised(self, since: Since, most: int | None) -> Iterator[Part]:
        known = arriving.revised_since(self._database, since.recipient, since.week)
        chosen = [Chosen(rid, f"version {version} of a paper that you bookmarked") for rid, version in known.items()]
        yield Part(content.REVISED, "New versions of your bookmarks", chosen, most)


def _beyond(listed: Mapping[int, str], covered: str | None, since: str, most: int, today: str) -> list[str]:
    """What is to be said of days that lie further back than `most`."""
    said = []
    if more := missed(listed, covered, most, today):
        new = len({day for day in listed.values() if day > (covered or "")})
        said.append(f"{new} days are new; the first {more + 1} share their places here.")
    if days := unasked(listed, since, most, today):
        which = wording.short_day(days[0])
        if len(days) > 1:
            which += f" to {wording.short_day(days[-1])}"
        number = f"{len(days)} missed {'day was' if len(days) == 1 else 'days were'}"
        said.append(f"{number} not asked for, more than catch_up = {most} days ago: {which}.")
    return said


def _add(choice: Choice, part: Part) -> None:
    """Add a section; a paper that is in the digest already gets one reason more instead."""
    there = {chosen.rid: chosen for known in choice.parts for chosen in known.papers}
    fresh = []
    for chosen in part.papers:
        if chosen.rid in there:
            there[chosen.rid].why += f"; {chosen.why}"
        else:
            fresh.append(chosen)
    if fresh:
        told = _with_room(fresh, len(fresh) if part.most is None else part.most)
        choice.parts.append(Part(part.kind, part.title, told, left=len(fresh) - len(told)))


def _with_room(fresh: Sequence[Chosen], room: int) -> list[Chosen]:
    """Those that are due, and others as far as there is room."""
    room -= sum(chosen.due and not chosen.late for chosen in fresh)
    told = []
    for chosen in fresh:
        if chosen.due or room > 0:
            told.append(chosen)
            room -= not chosen.due
    return told
