"""`paperreader tag [NAME [ID...]]`"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperreader.cli.answers import listed, table
from paperreader.cli.opening import as_typed, library_at, resolved
from paperreader.cli.streams import say
from paperreader.plain import folded

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = ""

_EPILOG = """without a name, the tags are listed with their counts, the commonest first; with a name alone, the ids and
titles of the papers that have it, the newest first. Several tags with commas are put on or taken off at once:
paperreader tag tracking,nlp 2402.00847"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A tag, papers, and what to do."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a tag, whatever its case; several with commas")
    parser.add_argument("ids", nargs="*", metavar="ID", help="papers to tag")
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--remove", action="store_true", help="take the tag off the papers")
    doing.add_argument("--rename", metavar="NEW", help="call the tag otherwise; onto another tag, the two become one")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Show, or change and say what changed."""
    if options.remove and not options.ids:
        options.misused("which papers? Name their ids behind the tag")
    if options.rename is not None and (options.ids or options.name is None):
        options.misused("--rename wants the tag, and no papers")
    if options.rename is not None or options.ids:
        return _changed(options, paths)
    with library_at(paths, writes=False) as library:
        if options.name is None:
            table([(kept.name, f"{kept.count}") for kept in library.keeping.tags()])
            return 0
        rids = library.keeping.tagged(as_typed(options.name).removeprefix("#"))
        listed(library.papers(rids), None)
    if not rids:
        say("No paper has this tag.")
    return 0 if rids else 1


def _changed(options: argparse.Namespace, paths: Paths) -> int:
    with library_at(paths) as library:
        keeping, name = library.keeping, as_typed(options.name)
        if options.rename is not None:
            say(keeping.rename_tag(name, as_typed(options.rename)).sentence)
            return 0
        rids = resolved(library, options.ids)
        names = _each(name, [kept.name for kept in keeping.tags()])
        say((keeping.untag(rids, *names) if options.remove else keeping.tag(rids, *names)).sentence)
    return 0


def _each(typed: str, known: Sequence[str]) -> list[str]:
    """The tags named: parted by commas, but for one that has a comma since before and is named whole."""
    if folded(typed.strip().removeprefix("#")) in map(folded, known):
        return [typed]
    return [name for name in typed.split(",") if name.strip()] or [typed]
