"""The library's side of digests: composing one, and the ledger that lets none repeat and none miss.

Each recipient has a ledger of its own. What goes to a terminal or a file has the empty recipient: reading there takes
nothing out of the mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from paperreader.digest.content import TRENDING, Digest, Item, Section
from paperreader.errors import MailError
from paperreader.library import missed
from paperreader.library.digests import fate
from paperreader.library.digests.choosing import Choice, Choosing, Find, SavedSearch, Since
from paperreader.store import arriving, ledger, papers
from paperreader.store.ledger import State

if TYPE_CHECKING:
    from pathlib import Path

    from paperreader.library.digests.sending import Sending
    from paperreader.library.trends import Trends
    from paperreader.settings import DigestSettings
    from paperreader.store.database import Database

__all__ = ["Digests", "Draft", "SavedSearch"]

READER = ""
"""The recipient of what goes to a terminal or a file."""
_SAME = 12 * 3600.0
"""Seconds for which a digest on a terminal is shown again where nothing is new: who scrolled it away looks again."""

_EARLIER = 7 * 86_400.0
"""Seconds for which a feed has the papers of earlier digests."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest that was composed and entered nowhere yet."""

    digest: Digest
    recipient: str
    day: str
    """The newest day whose list was known."""
    through: int
    """The highest row that was known."""
    lines: tuple[ledger.Line, ...]
    """Its papers, and those that were looked at and left out."""

    def entry(self, state: State, message_id: str = "") -> ledger.Entry:
        """What the ledger says of it."""
        return ledger.Entry(
            recipient=self.recipient,
            message_id=message_id,
            state=state,
            at=self.digest.at.timestamp(),
            first_day=self.digest.first.isoformat() if self.digest.first else "",
            day=self.day,
            through=self.through,
            left_out=tuple(section.left for section in self.digest.sections),
        )


class Digests:
    """The digests of one library. `now` gives seconds since 1970."""

    def __init__(
        self,
        database: Database,
        *,
        trends: Trends,
        find: Find,
        saved: Callable[[], Sequence[SavedSearch]],
        now: Callable[[], float],
        lock: Path,
    ) -> None:
        self._database = database
        self._lock = lock
        self._trends = trends
        self._choosing = Choosing(database, trends, find, saved)
        self._now = now

    @property
    def sending(self) -> Sending:
        """What takes them out of the house."""
        from paperreader.library.digests.sending import Sending  # who only reads needs no mail

        return Sending(self._database, self, self._lock, self._now)

    def draft(self, wishes: DigestSettings, recipient: str = READER, remarks: Sequence[str] = ()) -> Draft:
        """What is new to this recipient, composed and not entered: asking twice gives the same."""
        now = self._now()
        # Known before anything is read: what is recorded meanwhile is new to the next digest.
        through = arriving.highest(self._database)
        last = ledger.last(self._database, recipient)
        choice = self._choosing.choice(Since(recipient, now, last), wishes)
        latest = self._trends.latest_day()
        newest = min(latest.isoformat() if latest else "", self._answered(wishes.catch_up))
        return Draft(
            digest=self._digest(choice, _local(now), [*remarks, *choice.remarks]),
            recipient=recipient,
            day=max(newest, last.day if last else ""),
            through=max(through, last.through if last else 0),
            lines=tuple(_lines(choice)),
        )

    def owed(self) -> dict[str, date]:
        """The first day for which each feed was asked without an answer, by the feed's name."""
        return missed.owed(self._database)

    def owe(self, days: Mapping[date, Sequence[str]]) -> None:
        """Remember that feeds did not answer for these days, and owe nothing else: the next refresh asks again, and no
        digest covers a day that its list did not come of. Raises StoreError.
        """
        missed.owe(self._database, days)

    def shown(self, wishes: DigestSettings, remarks: Sequence[str] = ()) -> tuple[Draft, bool]:
        """What a terminal or a file gets, and whether it is new.

        Where nothing is, it is the one of the last hours again, for who looks twice.
        """
        draft = self.draft(wishes, remarks=remarks)
        last = ledger.last_told(self._database, READER)
        if draft.digest.items or last is None or self._now() - last.at > _SAME:
            return draft, True
        return Draft(self.entered(last.id, remarks), READER, last.day, last.through, ()), False

    def readers(self, wishes: DigestSettings) -> tuple[str, ...]:
        """Whose digests the person would look at: those who get it by mail, else that of a terminal."""
        from paperreader.library.digests import ways

        try:
            return tuple(dict.fromkeys(recipient.key for recipient in ways.recipients(wishes)))
        except MailError:
            return (READER,)

    def covered(self, recipients: Iterable[str]) -> date | None:
        """The newest day whose list was known to the last digest of each of them; None where none had any."""
        last = [ledger.last(self._database, recipient) for recipient in recipients]
        return min((date.fromisoformat(entry.day) for entry in last if entry and entry.day), default=None)

    def to_read(self, wishes: DigestSettings) -> tuple[Digest, bool]:
        """What a screen shows, and whether it is new: what the next digest of the first reader would have, or where
        nothing is new the last one that had papers. Nothing is entered: looking is not being sent.
        """
        recipient = self.readers(wishes)[0]
        draft = self.draft(wishes, recipient)
        last = ledger.last_told(self._database, recipient)
        if draft.digest.items or last is None:
            return draft.digest, True
        return self.entered(last.id), False

    def history(self, reader: str) -> tuple[ledger.Entry, ...]:
        """What `reader` got before, the first one first; digests without papers are left out."""
        return tuple(ledger.told(self._database, reader))

    def last_at(self, reader: str) -> float | None:
        """When the last digest of `reader` was, in seconds since 1970: the next one has what is new since then."""
        last = ledger.last(self._database, reader)
        return last.at if last else None

    def earlier(self, recipient: str = READER) -> tuple[Digest, ...]:
        """The digests of the last week that had papers, the last first."""
        entries = ledger.since(self._database, recipient, self._now() - _EARLIER)
        return tuple(digest for entry in reversed(entries) if (digest := self.entered(entry.id)).items)

    def troubles(self, wishes: DigestSettings) -> tuple[str, ...]:
        """What the person should know of the last mail to each reader: that it did not go out, or that nobody knows.

        A timer has nobody else to tell.
        """
        readers = self.readers(wishes)
        last = [ledger.last(self._database, reader, counting=False) for reader in readers]
        told = [fate.told(entry, named=len(readers) > 1) for entry in last if entry]
        return tuple(sentence for sentence in told if sentence)

    def keep(self, draft: Draft) -> None:
        """Enter what was shown; what holds nothing is not worth a line. Raises StoreError."""
        if draft.lines and not self._database.read_only:
            ledger.enter(self._database, draft.entry(State.SENT), draft.lines)

    def entered(self, number: int, remarks: Sequence[str] = ()) -> Digest:
        """The digest of that number, of papers as they are now."""
        entry = ledger.numbered(self._database, number)
        lines = ledger.lines(self._database, number)
        left = iter(entry.left_out if entry else ())
        sections = []
        for (kind, title), members in groupby(lines, key=lambda line: (line.kind, line.title)):
            reasons = [(line.paper, line.why) for line in members]
            sections.append(self._section(kind, title, reasons, next(left, 0)))
        days = max(sum(section.kind == TRENDING for section in sections), 1)
        first = _day(entry.first_day) if entry else None
        return Digest(
            at=_local(entry.at if entry else self._now()),
            sections=tuple(section for section in sections if section.items),
            first=first,
            # The day that is covered may lie before them: where a list was not answered for.
            last=max(_day(entry.day) or first, first + timedelta(days=days - 1)) if entry and first else None,
            days=days,
            remarks=tuple(remarks),
        )

    def _answered(self, most: int) -> str:
        """The last day that a digest can have covered: the one before the first that is owed. None is for ever."""
        first = self.owed().get(missed.LISTED)
        if first is None or first < self._trends.today - timedelta(days=most):
            return date.max.isoformat()
        return (first - timedelta(days=1)).isoformat()

    def _digest(self, choice: Choice, at: datetime, remarks: Sequence[str]) -> Digest:
        sections = [
            self._section(part.kind, part.title, [(chosen.rid, chosen.why) for chosen in part.papers], part.left)
            for part in choice.parts
        ]
        return Digest(
            at=at,
            sections=tuple(sections),
            first=choice.days[0] if choice.days else None,
            last=choice.days[-1] if choice.days else None,
            days=max(len(choice.days), 1),
            remarks=tuple(remarks),
        )

    def _section(self, kind: str, title: str, chosen: Iterable[tuple[int, str]], left: int) -> Section:
        reasons = dict(chosen)
        found = papers.papers(self._database, reasons)
        return Section(kind, title, tuple(Item(paper, reasons[paper.rid]) for paper in found), left)


def _lines(choice: Choice) -> Iterable[ledger.Line]:
    """One for each paper: those that are told of, and those that were looked at and could have been."""
    place = 0
    known: dict[int, ledger.Line] = {}
    for part in choice.parts:
        for chosen in part.papers:
            place += 1
            known[chosen.rid] = ledger.Line(chosen.rid, place, part.kind, part.title, chosen.why)
    for rid in sorted(choice.looked_at):
        known.setdefault(rid, ledger.Line(rid, None, TRENDING))
    return known.values()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at).astimezone()
