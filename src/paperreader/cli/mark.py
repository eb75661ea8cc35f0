"""`paperreader mark STATE ID...`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at, resolved
from paperreader.cli.streams import say
from paperreader.views import State

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """How far one is, and with which papers."""
    states = [state.value for state in State]
    parser.add_argument("state", choices=states, metavar="STATE", help=f"{', '.join(states[:-1])} or {states[-1]}")
    parser.add_argument("ids", nargs="+", metavar="ID", help="an id as `find` prints it, or a link")
    parser.epilog = "A dismissed paper leaves the views of feeds and Unread, and stays in All, in lists and in answers."


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Mark all of them, or none where an id is unknown."""
    with library_at(paths) as library:
        say(library.keeping.set_state(resolved(library, options.ids), State(options.state)).sentence)
    return 0
