"""`paperreader undo`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at
from paperreader.cli.streams import say

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which way."""
    parser.add_argument("--redo", action="store_true", help="do again what was undone last")
    parser.epilog = "What was done in the app is undone too, however long ago. The last 1,000 acts can be undone."


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Undo the last act of this machine, or do it again."""
    with library_at(paths) as library:
        done = library.redo() if options.redo else library.undo()
        say(done.sentence if done else f"There is nothing to {'redo' if options.redo else 'undo'}.")
    return 0 if done else 1
