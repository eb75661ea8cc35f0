"""`paperreader reindex`"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up, show
from paperreader.cli.opening import library_at
from paperreader.cli.progress import Progress
from paperreader.cli.streams import mute, say
from paperreader.errors import IndexBusy

if TYPE_CHECKING:
    from paperreader.library import Indexed, Library
    from paperreader.paths import Paths

KEPT = "The index that was there is still in use."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing for a person; the app, which runs this as a child, asks for lines that it can read."""
    parser.add_argument("--progress-lines", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Build the index anew and wait until it has caught up."""
    with library_at(paths, writes=False) as library:
        if options.progress_lines:
            tell(library.catch_up())
            return 0
        _anew(library)
    return 0


def _anew(library: Library) -> None:
    try:
        with Progress() as progress:
            show(progress, library.reindex())
    except IndexBusy:  # then another one is building it: when it is through, what is left is done here
        bring_up(library)
    say("The search index is up to date.")


def tell(steps: Iterable[Indexed]) -> None:
    """One line a step on stdout: "DONE TOTAL", or "writing" in the last, silent stretch.

    When the app that listened is gone, the work goes on: the next start finds it done.
    """
    listened = True
    for step in steps:
        if listened:
            listened = _told("writing" if step.writing else f"{step.done} {step.total}")


def _told(line: str) -> bool:
    """Whether somebody still listens."""
    if sys.stdout is None:
        return False
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        mute()
        return False
    return True
