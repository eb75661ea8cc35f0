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


def arguments(parser: argparse.ArgumentParser) -> None:
    """On or off, and how thoroughly."""
    parser.add_argument("state", choices=("on", "off"), help="show the starter papers, or hide them")
    parser.add_argument(
        "--remove", action="store_true", help="with off: delete those that you neither bookmarked nor read"
    )


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Show, hide or delete them, and say how many there were."""
    on = options.state == "on"
    if on and options.remove:
        options.misused("--remove goes with off")
    with library_at(paths) as library:
        say(_told(library.starter(on, remove=options.remove), on=on))
        bring_up(library)
    return 0


def _told(count: int, *, on: bool) -> str:
    if not count:
        return "The starter papers are shown already." if on else "No starter paper was shown."
    papers = "1 starter paper" if count == 1 else f"{count:,} starter papers"
    return (
        f"Brought {papers} to the list." if on else f"Took {papers} from the list; `paperreader starter on` undoes it."
    )
