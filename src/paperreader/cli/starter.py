"""`paperreader starter on|off`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import library_at
from paperreader.cli.streams import say

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = "The command can be given again."

_ON = "All starter papers are in the list."


def arguments(parser: argparse.ArgumentParser) -> None:
    """On or off, and how thoroughly."""
    parser.add_argument("state", choices=("on", "off"), help="show the starter papers, or hide them")
    parser.add_argument("--remove", action="store_true", help="with off: delete those that you never touched")


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Show, hide or delete them, and say how many there were."""
    on = options.state == "on"
    if on and options.remove:
        options.misused("--remove goes with off")
    with library_at(paths) as library:
        count = library.starter(on, remove=options.remove)
        say(_ON if on and not count else _told(count, on=on, deleted=options.remove))
        bring_up(library)
    return 0


def _told(count: int, *, on: bool, deleted: bool) -> str:
    papers = "1 starter paper" if count == 1 else f"{count:,} starter papers"
    if on:
        return f"Brought {papers} to the list."
    if not count and not deleted:
        return "No paper is in the list as a starter paper only. Those that an import or a feed told of too stay."
    gone = " Those that you had never touched are deleted." if deleted else ""
    return f"Took {papers} from the list.{gone} `paperreader starter on` brings them back."
