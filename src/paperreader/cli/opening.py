"""A command opens the library, makes the day's backup where it writes, and lets go of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperreader.cli.streams import say
from paperreader.errors import StoreError
from paperreader.plain import storable

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paths import Paths


@contextmanager
def library_at(paths: Paths, *, starter: bool = True, writes: bool = True) -> Iterator[Library]:
    """The library, closed in any case. A new one begins with the starter papers unless `starter` is False.

    A command that `writes` leaves the day's backup behind, if it is the first one: with what it did. That the library
    is read-only is told to whoever writes, by the attempt.
    """
    from paperreader.library import Library  # SQLite and all that: --help does without

    library = Library.open(paths, starter=starter)
    try:
        yield library
        if writes:
            _back_up(library)
    finally:
        library.close()


def _back_up(library: Library) -> None:
    """A backup that cannot be made is told; what the command did is done all the same."""
    try:
        library.back_up_daily()
    except StoreError as error:
        say(f"paperreader: {error}")


def resolved(library: Library, ids: Sequence[str]) -> list[int]:
    """The papers that are meant, all or none: raises UnknownPaper for the first id that names none."""
    return list(dict.fromkeys(library.resolve(as_typed(text)) for text in ids))


def as_typed(word: str) -> str:
    """A word of the command line, read as UTF-8: under LC_ALL=POSIX, Python takes it for ASCII and escapes the rest."""
    try:
        return storable(os.fsencode(word).decode("utf-8", "surrogateescape"))
    except UnicodeError:  # not from a command line at all
        return storable(word)
