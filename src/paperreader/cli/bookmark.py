"""`paperreader bookmark ID...`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at, resolved
from paperreader.cli.streams import say

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Ids, and which way."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id as `find` prints it, or a link")
    parser.add_argument("--remove", action="store_true", help="take the bookmarks off")


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Bookmark all of them, or none where an id is unknown."""
    with library_at(paths) as library:
        say(library.bookmark(resolved(library, options.ids), on=not options.remove).sentence)
    return 0
