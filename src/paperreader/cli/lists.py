"""`paperreader list [NAME [ID...]]`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.answers import listed, table
from paperreader.cli.opening import as_typed, library_at, resolved
from paperreader.cli.streams import say

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paths import Paths

KEPT = ""

_EPILOG = """without a name, the lists are listed with their counts; with a name alone, the ids and titles of its
papers, in its order; with ids, the papers are added at its end, and the list is made where there is
none yet."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A list, papers, and what to do."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a list, whatever its case")
    parser.add_argument("ids", nargs="*", metavar="ID", help="papers to add, in this order")
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--make", action="store_true", help="make the list, empty")
    doing.add_argument("--remove", action="store_true", help="take the papers out of the list")
    doing.add_argument("--move", type=int, metavar="BY", help="move the papers down by so many places, up if negative")
    doing.add_argument("--rename", metavar="NEW", help="call the list otherwise")
    doing.add_argument("--delete", action="store_true", help="delete the list; its papers stay in the library")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Show, or change and say what changed."""
    _understood(options)
    if options.name is None:
        return _listed(paths)
    if not (options.ids or options.make or options.rename or options.delete):
        return _shown(paths, as_typed(options.name))
    with library_at(paths) as library:
        say(_done(library, options, as_typed(options.name)))
    return 0


def _understood(options: argparse.Namespace) -> None:
    of_papers = options.remove or options.move is not None
    if of_papers and not options.ids:
        options.misused("which papers? Name their ids behind the list's name")
    if options.ids and (options.make or options.rename or options.delete):
        options.misused("--make, --rename and --delete are about a list, not about papers")
    if options.name is None and (options.make or options.rename or options.delete):
        options.misused("which list?")


def _done(library: Library, options: argparse.Namespace, name: str) -> str:
    keeping, rids = library.keeping, resolved(library, options.ids)
    if options.make:
        return keeping.make_list(name).sentence
    if options.rename is not None:
        return keeping.rename_list(name, as_typed(options.rename)).sentence
    if options.delete:
        return keeping.delete_list(name).sentence
    if options.remove:
        return keeping.take(rids, name).sentence
    if options.move is not None:
        return keeping.move(name, rids, options.move).sentence
    return keeping.add(rids, name).sentence


def _listed(paths: Paths) -> int:
    with library_at(paths, writes=False) as library:
        table([(kept.name, f"{kept.count}") for kept in library.keeping.lists()])
    return 0


def _shown(paths: Paths, name: str) -> int:
    with library_at(paths, writes=False) as library:
        rids = library.keeping.listed(name)
        listed(library.papers(rids), None)
        if not rids:
            say("The list is empty.")
    return 0
