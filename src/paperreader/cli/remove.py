"""`paperreader remove ID...`"""

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
    parser.add_argument("--restore", action="store_true", help="bring removed papers back")


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Remove all of them, or none where an id is unknown. Nothing is deleted."""
    with library_at(paths) as library:
        rids = resolved(library, options.ids)
        say((library.restore(rids) if options.restore else library.remove(rids)).sentence)
    return 0
