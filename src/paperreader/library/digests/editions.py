"""Digests to look at: the next one as it would be, and those that went out, as they were. Looking enters nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperreader.digest.timers import files
from paperreader.digest.timers.job import name
from paperreader.library.digests import fate

if TYPE_CHECKING:
    from paperreader.digest.content import Digest
    from paperreader.library import Library
    from paperreader.paths import Paths
    from paperreader.settings import DigestSettings


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest, and what is to be said of it."""

    digest: Digest
    number: int
    """Its number in the ledger; 0 for the next one."""
    at: float | None
    """When it went out; of the next one when the last one did, None where there was none. Seconds since 1970."""
    mailed: bool
    """Whether its reader gets it by mail."""
    remarks: tuple[str, ...] = ()
    """What the person should know: a mail that did not go out, a fate that nobody knows."""
    due: str = ""
    """The time of day, HH:MM, at which the next one goes out by itself; empty where no schedule is set."""
    fed: bool = True
    """Whether any feed has told of a day yet."""
    reader: str = ""
    """Whose it is: an address, or empty for a terminal."""
    readers: tuple[str, ...] = ("",)
    """All who have digests."""


def edition(library: Library, wishes: DigestSettings, number: int = 0, reader: str = "") -> Edition:
    """The digest of that number; 0, or one that is gone: the next one of `reader`, or of the first of all readers.

    Raises StoreError.
    """
    digests = library.digests
    readers = digests.readers(wishes)
    for whose in readers if number else ():
        entry = next((entry for entry in digests.history(whose) if entry.id == number), None)
        if entry is not None:
            said = fate.told(entry)
            return Edition(
                digests.entered(entry.id),
                entry.id,
                entry.at,
                bool(whose),
                (said,) if said else (),
                reader=whose,
                readers=readers,
            )
    reader = reader if reader in readers else readers[0]
    digest = digests.draft(wishes, reader).digest
    return Edition(
        digest,
        0,
        digests.last_at(reader),
        bool(reader),
        (*digests.troubles(wishes), *digest.remarks),
        due(library.paths),
        library.trends.latest_day() is not None,
        reader,
        readers,
    )


def beside(library: Library, edition: Edition, by: int) -> int | None:
    """The number of its reader's digest before it (-1) or after it (1); 0 is the next one. None where there is none."""
    numbers = [*(entry.id for entry in library.digests.history(edition.reader)), 0]
    at = (numbers.index(edition.number) if edition.number in numbers else len(numbers) - 1) + by
    return numbers[at] if 0 <= at < len(numbers) else None


def due(paths: Paths) -> str:
    """When it goes out by itself, HH:MM; empty where nothing is set. Read from the timer's file."""
    found = files(os.environ).scheduled(name(paths.home))
    return found.at if found else ""
