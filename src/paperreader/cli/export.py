"""`paperreader export`"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from paperreader.cli.opening import library_at
from paperreader.cli.streams import JSON_ESCAPE, Escape, say, write, write_as
from paperreader.cli.whole_file import put_in_place, refuse_existing
from paperreader.exports import FORMATS

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = "No half-written file was left."

_STDOUT = "-"
_NONE = ("Nothing is bookmarked; --all takes all papers.", "There is no paper in the library.")
_ESCAPES: Final[dict[str, Escape]] = {"markdown": "xmlcharrefreplace", "json": JSON_ESCAPE, "jsonl": JSON_ESCAPE}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which papers, in which form, to where."""
    forms = "; ".join(f"{form.name}: {form.label}" for form in FORMATS.values())
    parser.add_argument("--format", choices=tuple(FORMATS), default="markdown", help=f"{forms} (markdown if not said)")
    parser.add_argument("--all", action="store_true", help="the whole library, not only the bookmarked papers")
    parser.add_argument("-o", "--output", metavar="FILE", default=_STDOUT, help="write there and not to the terminal")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Write the papers, newest first."""
    from paperreader.paper import View

    to_file = options.output != _STDOUT
    target = Path(options.output)
    if to_file and not options.force:
        refuse_existing(target)
    with library_at(paths, writes=False) as library:
        rids = library.listing(View.ALL if options.all else View.BOOKMARKS)
        text = library.export(rids, options.format)
        if to_file:
            put_in_place(target, text, replace=options.force)
            say(f"Wrote {len(rids):,} {'paper' if len(rids) == 1 else 'papers'} to {target}.")
        else:
            write_as(_ESCAPES.get(options.format, "replace"))
            write(text)
        if not rids:
            say(_NONE[options.all])
    return 0
