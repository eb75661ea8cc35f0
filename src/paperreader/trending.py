"""What is trending: one formula over what sources counted, and the sentence that says why. Pure.

    heat = (votes x V + votes gained per hour x G + comments x C + log2(1 + code stars) x S) / (1 + age / H) ^ P

Age is in days since the paper was listed. With a single tally nothing is gained, and votes and age decide. The shape
is that of Hacker News' front page (votes over a power of age), with the movement of the last day put in front.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

DAY = 86_400.0


class Tally(NamedTuple):
    """What a source counted at one time; None where it did not."""

    source: str
    at: float
    """Seconds since 1970."""
    rank: int | None
    """Its place in the source's own order of what is trending, from 1."""
    votes: int | None
    comments: int | None
    stars: int | None


class Weights(NamedTuple):
    """The formula's numbers, settable under [trending] in settings.toml."""

    votes: float = 1.0
    """V, for each vote."""
    gained: float = 24.0
    """G, for each vote an hour gained over the last day: a day's gain counts as much as the votes that were there."""
    comments: float = 0.5
    """C, for each comment."""
    stars: float = 1.0
    """S, for each doubling of the code's stars."""
    half_age: float = 2.0
    """H, in days: the age that counts as one."""
    power: float = 1.2
    """P: how fast the old gives way."""


DEFAULT = Weights()


class Heat(NamedTuple):
    """How hot a paper is, and what made it so."""

    heat: float
    votes: int
    gained: int
    """Votes gained over `hours`; never below zero."""
    hours: float
    """The time that the gain was measured over; 0 where there is one tally only."""

    @property
    def per_hour(self) -> float:
        """Votes gained an hour; an hour at least is assumed, so that two refreshes in a row prove nothing."""
        return self.gained / max(self.hours, 1.0)


class Place(NamedTuple):
    """A paper in the order, and how it came there."""

    rid: int
    heat: Heat
    rank: int
    """From 1."""
    before: int | None
    """Its rank by the same formula a day earlier; None where it was not there."""

    @property
    def moved(self) -> int:
        """How many places it rose (above zero) or fell since a day earlier; 0 where it was not there."""
        return self.before - self.rank if self.before else 0

    @property
    def movement(self) -> str:
        """ "+41 votes in 24 h, was 18th"; empty where nothing moved."""
        parts = []
        if self.heat.gained:
            parts.append(f"+{self.heat.gained:,} votes in {_hours(self.heat.hours)}")
        if self.before is not None and self.before != self.rank:
            parts.append(f"was {ordinal(self.before)}")
        return ", ".join(parts)

    @property
    def why(self) -> str:
        """ "+41 votes in 24 h, was 18th", or where no vote was gained "163 votes, was 18th": one line."""
        votes = [] if self.heat.gained else [f"{self.heat.votes:,} votes"]
        return ", ".join([*votes, *([self.movement] if self.movement else [])])


def heat(tallies: Sequence[Tally], listed: float, now: float, weights: Weights = DEFAULT) -> Heat:
    """How hot a paper is at `now`, by its tallies until then, the oldest first. `listed`, `now`: seconds since 1970."""
    known = [tally for tally in tallies if tally.at <= now]
    votes, gained, hours = _movement([tally for tally in known if tally.votes is not None], now)
    comments = _last(known, "comments")
    stars = _last(known, "stars")
    age = max(now - listed, 0.0) / DAY
    per_hour = gained / max(hours, 1.0)
    loud = (
        votes * weights.votes
        + per_hour * weights.gained
        + comments * weights.comments
        + math.log2(1 + stars) * weights.stars
    )
    return Heat(loud / (1 + age / weights.half_age) ** weights.power, votes, gained, hours)


def ordered(
    tallies: Mapping[int, Sequence[Tally]], listed: Mapping[int, float], now: float, weights: Weights = DEFAULT
) -> list[Place]:
    """The papers by heat, the hottest first, each with its rank of a day earlier."""
    before = _ranks(tallies, listed, now - DAY, weights)
    heats = {rid: heat(tallies.get(rid, ()), listed[rid], now, weights) for rid in listed}
    order = sorted(heats, key=lambda rid: (-heats[rid].heat, -rid))
    return [Place(rid, heats[rid], rank, before.get(rid)) for rank, rid in enumerate(order, 1)]


def _ranks(
    tallies: Mapping[int, Sequence[Tally]], listed: Mapping[int, float], at: float, weights: Weights
) -> dict[int, int]:
    """The order as it was at an earlier time, of the papers that were known then."""
    known = [rid for rid in listed if any(tally.at <= at for tally in tallies.get(rid, ()))]
    heats = {rid: heat(tallies[rid], listed[rid], at, weights).heat for rid in known}
    return {rid: rank for rank, rid in enumerate(sorted(known, key=lambda rid: (-heats[rid], -rid)), 1)}


def _movement(voted: Sequence[Tally], now: float) -> tuple[int, int, float]:
    """Votes now, votes gained over the last day, and the hours that this was measured over.

    The day is measured from the last tally before it where there is one, else from the first within it. Each source
    counts for itself; the one with the most votes speaks.
    """
    best = (0, 0, 0.0)
    for source in dict.fromkeys(tally.source for tally in voted):
        mine = [tally for tally in voted if tally.source == source]
        start = next((tally for tally in reversed(mine) if tally.at <= now - DAY), mine[0])
        votes, then = mine[-1].votes or 0, start.votes or 0
        hours = (now - max(start.at, now - DAY)) / 3600 if len(mine) > 1 else 0.0
        best = max(best, (votes, max(votes - then, 0), hours))
    return best


def _last(tallies: Sequence[Tally], name: str) -> int:
    values = [value for tally in tallies if (value := getattr(tally, name)) is not None]
    return int(values[-1]) if values else 0


def _hours(hours: float) -> str:
    return f"{max(round(hours), 1)} h"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
