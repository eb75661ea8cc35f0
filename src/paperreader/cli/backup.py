"""`paperreader backup FILE`"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at
from paperreader.cli.streams import say

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = "No half-written file was left."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", metavar="FILE", help="the file to write: the whole library as it is at this moment")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")
    parser.epilog = "The app may go on running. `paperreader restore FILE` brings it back."


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Write it, checked, and say how large it is."""
    target = Path(options.file)
    with library_at(paths, writes=False) as library:
        library.back_up(target, replace=options.force)
    say(f"Wrote the library to {target} ({target.stat().st_size / 1e6:,.1f} MB).")
    return 0
