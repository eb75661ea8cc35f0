"""A command opens the library, says what opening had to say, and lets go of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperreader.cli.streams import say
from paperreader.plain import storable

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paths import Paths


@contextmanager
def library_at(paths: Paths, *, starter: bool = True) -> Iterator[Library]:
    """The library, closed in any case. A new one begins with the starter papers unless `starter` is False."""
    from paperreader.library import Library  # SQLite and all that: --help does without

    library = Library.open(paths, starter=starter)
    try:
        for notice in library.notices:
            say(notice)
        yield library
    finally:
        library.close()


def resolved(library: Library, ids: Sequence[str]) -> list[int]:
    """The papers that are meant, all or none: raises UnknownPaper for the first id that names none."""
    return list(dict.fromkeys(library.resolve(as_typed(text)) for text in ids))


def as_typed(word: str) -> str:
    """A word of the command line, read as UTF-8: under LC_ALL=POSIX, Python takes it for ASCII and escapes the rest."""
    try:
        return storable(os.fsencode(word).decode("utf-8", "surrogateescape"))
    except UnicodeError:  # not from a command line at all
        return storable(word)
