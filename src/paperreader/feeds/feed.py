"""What a feed is: someone who can be asked for papers and tells, step by step, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from paperreader.feeds.clock import Stop
from paperreader.feeds.fetch import Client
from paperreader.feeds.remembered import Visit
from paperreader.feeds.when import When
from paperreader.paper import Sighting


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of one answer."""

    sightings: tuple[Sighting, ...]
    entries: int
    """How many entries the answer had, understood or not."""

    @property
    def odd(self) -> int:
        """How many entries could not be understood."""
        return self.entries - len(self.sightings)


@dataclass(frozen=True, slots=True)
class Asking:
    """A request goes out."""

    done: int
    """Requests that are answered."""
    total: int
    """Requests that there are, as far as is known: pages may turn out to be more."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """A request is answered."""

    done: int
    total: int
    sightings: tuple[Sighting, ...]
    visits: tuple[Visit, ...] = ()
    """What to `put` into the known pages once the sightings are recorded, and not sooner."""
    odd: int = 0
    """Entries of the answer that could not be understood and are left out."""
    left_off: int = 0
    """With the last answer: papers that there are, and that are more than we ask for."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page is as it was when it was last visited."""

    done: int
    total: int
    visits: tuple[Visit, ...] = ()
    """As in `Sighted`."""
    asked: bool = True
    """Whether the source was asked; else it had said before that asking is idle until later."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """The feed has nothing to say of the time asked for."""

    reason: str
    """A sentence."""


FeedNews = Asking | Sighted | Unchanged | NotAsked


class Feed(Protocol):
    """A source of sightings."""

    @property
    def name(self) -> str:
        """What settings and commands call it, and the source of its sightings."""

    @property
    def label(self) -> str:
        """What the screen calls it."""

    @property
    def plain_http(self) -> bool:
        """Whether it is asked without encryption: lists of feeds mark it."""

    def ask(self, client: Client, when: When, stop: Stop) -> Iterator[FeedNews]:
        """Ask for the papers of that time; raises FeedError, and what was yielded before stays good."""
