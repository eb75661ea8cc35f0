"""`paperreader prune`"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import library_at
from paperreader.cli.streams import is_terminal, say

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = "Papers that were removed are gone; the others are as they were."

_YEAR = 365
_EPILOG = """A paper that you have bookmarked, read, rated, tagged, noted, dismissed or put in a list, ever, is never
taken; nor one that you imported or that came with the program (`starter off --remove` is for these). On
a terminal you are asked first; a script says --yes."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """How old."""
    parser.add_argument("--days", type=int, default=_YEAR, metavar="N", help=f"older than so many days ({_YEAR})")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Say how many, and remove them if that is what the person wants."""
    if options.days < 1:
        options.misused("--days wants a number from 1")
    with library_at(paths) as library:
        count = library.prunable(options.days)
        if not count:
            say(f"No paper older than {options.days:,} days is untouched.")
            return 0
        say(f"Came more than {options.days:,} days ago and never touched: {_papers(count)}.")
        if not (options.yes or _agreed()):
            say("Nothing was removed.")
            return 0 if is_terminal(sys.stdin) else 1
        say(f"Removed {_papers(library.prune(options.days))} from the library for good.")
        bring_up(library)
    return 0


def _agreed() -> bool:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        say("Add --yes to remove them.")
        return False
    try:
        return input("Remove them for good? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count:,} papers"
