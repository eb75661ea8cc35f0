"""`paperreader saved [NAME [WORDS...]]`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.answers import table
from paperreader.cli.opening import as_typed, library_at
from paperreader.cli.streams import put, say
from paperreader.errors import KeepingError
from paperreader.plain import printable

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.saved import SavedSearch
    from paperreader.paths import Paths

KEPT = ""

_EPILOG = """without a name, the saved searches are listed with how many papers each finds, and how many of them came
since you looked at it; with a name alone, its question is printed: paperreader find "$(paperreader
saved NAME)"."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A search, what it asks, and what to do."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a saved search, whatever its case")
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what it shall ask, as `find` takes it")
    parser.add_argument("--digit", type=int, choices=(0, 7, 8, 9), help="the key that opens it in the app; 0: none")
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--rename", metavar="NEW", help="call it otherwise")
    doing.add_argument("--delete", action="store_true", help="let it go")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Show, or change and say what changed."""
    changes = bool(options.words) or options.digit is not None or options.rename is not None or options.delete
    if changes and options.name is None:
        options.misused("which saved search?")
    if options.delete and options.digit is not None:
        options.misused("a search that is deleted has no digit")
    if options.words and (options.delete or options.rename is not None):
        options.misused("--rename and --delete take no question")
    with library_at(paths, writes=changes) as library:
        if options.name is None:
            return _listed(library)
        known = library.saved.named(as_typed(options.name))
        if changes:
            _changed(library, options, known)
        else:
            put(_known(known, options.name).question)
    return 0


def _changed(library: Library, options: argparse.Namespace, known: SavedSearch | None) -> None:
    question = " ".join(map(as_typed, options.words)) or None
    if question and known is None:
        say(library.saved.save(as_typed(options.name), question, options.digit or None).sentence)
        return
    key = _known(known, options.name).id
    if options.delete:
        say(library.saved.delete(key).sentence)
        return
    name = None if options.rename is None else as_typed(options.rename)
    say(library.saved.change(key, name=name, question=question, digit=options.digit).sentence)


def _known(known: SavedSearch | None, name: str) -> SavedSearch:
    if known is None:
        raise KeepingError(
            f"There is no saved search {printable(as_typed(name))!r}.", "`paperreader saved` shows them."
        )
    return known


def _listed(library: Library) -> int:
    rows = [(one, library.saved.counts(one.id)) for one in library.saved.listing()]
    table([(one.name, *map(str, counts), str(one.digit or ""), one.question) for one, counts in rows])
    return 0
