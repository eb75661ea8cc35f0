"""`paperreader merge FILE...`"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import library_at
from paperreader.cli.streams import is_terminal, say

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = "What was merged so far is kept; merging the same files again completes it."

_STDIN: Literal["-"] = "-"
_EPILOG = """The order of files does not matter, and merging one twice changes nothing. What two machines did to one
thing counts as the later one left it; of a note that both wrote, both versions are kept, with a rule
between them. Papers that are kept and not here are made; what was done with other papers waits until a
feed brings them. Nothing is merged unless every line of every file can be read."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Dumps of other machines."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="what `dump` wrote, or - for standard input")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Merge, index, and say what it brought."""
    if options.files.count(_STDIN) > 1:
        options.misused("standard input can be read only once")
    if _STDIN in options.files and is_terminal(sys.stdin):
        say("Reading from the terminal; Ctrl+D on a line of its own ends the text.")
    with library_at(paths) as library:
        say(library.merge([_STDIN if name == _STDIN else Path(name) for name in options.files]).sentence)
        bring_up(library)
    return 0
