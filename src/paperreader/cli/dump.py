"""`paperreader dump`"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at
from paperreader.cli.streams import JSON_ESCAPE, say, write, write_as
from paperreader.errors import ExportError

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = "No half-written file was left."

_OTHER = "`paperreader merge` takes in what it has and the library has not; --force replaces it."

_EPILOG = """Bookmarks, lists, tags, notes, ratings, what was read, removed or dismissed, saved searches and the
feeds that are followed: everything that is yours, as it came about. A later dump is the earlier one
with lines added, so it lives well in git or Syncthing; give each machine a file of its own, and
`paperreader merge` the files of the others."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write there; an earlier dump is brought up to date")
    parser.add_argument(
        "--force", action="store_true", help="replace FILE even if it is no earlier dump of this library"
    )
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Write all events."""
    with library_at(paths, writes=False) as library:
        if options.output is None:
            write_as(JSON_ESCAPE)
            write(library.dump())
            return 0
        from paperreader.exports.whole_file import put_in_place

        target = Path(options.output)
        lines = library.dump()
        if target.is_file() and not options.force:
            lines = _continued(target, lines)
        counted = _Counted(lines)
        put_in_place(target, counted, replace=True)
    say(f"Wrote {counted.count:,} {'event' if counted.count == 1 else 'events'} to {target}.")
    return 0


class _Counted:
    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.count += 1
            yield line


def _continued(target: Path, lines: Iterator[str]) -> Iterator[str]:
    """The lines, if those that are in the file come first. Raises ExportError where it holds something else."""
    known: list[str] = []
    try:
        with target.open(encoding="utf-8", newline="") as file:
            for line in file:
                known.append(next(lines, ""))
                if line != known[-1]:
                    raise ExportError(f"{target} is no earlier dump of this library.", _OTHER)
    except (OSError, ValueError) as error:
        raise ExportError(f"{target} cannot be read as an earlier dump: {error}.", "--force replaces it.") from error
    return chain(known, lines)
