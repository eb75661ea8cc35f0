"""`paperreader rate STARS ID...`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at, resolved
from paperreader.cli.streams import say

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """How good, and which papers."""
    parser.add_argument("stars", type=int, choices=range(6), metavar="STARS", help="1 to 5; 0 takes the rating off")
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id as `find` prints it, or a link")


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Rate all of them, or none where an id is unknown."""
    with library_at(paths) as library:
        say(library.keeping.rate(resolved(library, options.ids), options.stars or None).sentence)
    return 0
