"""`paperreader digest`"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import library_at
from paperreader.cli.streams import flush, say, write, write_as
from paperreader.cli.whole_file import put_in_place, refuse_existing
from paperreader.digest import FORMATS

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paths import Paths
    from paperreader.settings import Settings

KEPT = "What was sent is in the ledger; nothing is sent twice."

_STDOUT = "-"

_EPILOG = """A digest has what trends among the papers that came since the last one, what your saved searches match,
and new versions of bookmarked papers. Each reader has a last one of their own: what is shown here takes nothing
out of the mail. Shown again within 12 hours while nothing is new, it is the same once more."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """In which form, to where."""
    forms = "; ".join(f"{form.name}: {form.label}" for form in FORMATS.values())
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help=f"{forms} (text if not said)")
    parser.add_argument("-o", "--output", metavar="FILE", default=_STDOUT, help="write there and not to the terminal")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Compose it and write it."""
    from paperreader.settings import Settings

    settings = Settings.read(paths.settings)
    with library_at(paths) as library:
        use(library, settings)
        return _written(library, settings, options)


def use(library: Library, settings: Settings) -> None:
    """Make the library trend as the person wants it, and its index know every paper."""
    library.trends.weights = settings.trending.weights
    library.trends.by_source = settings.trending.by_source
    bring_up(library)


def _written(library: Library, settings: Settings, options: argparse.Namespace) -> int:
    target = Path(options.output)
    to_file = options.output != _STDOUT
    if to_file and not options.force:
        refuse_existing(target)
    draft, new = library.digests.shown(settings.digest)
    if not new:
        say(f"Nothing new since {draft.digest.at:%H:%M}; this is that digest once more.")
    text = FORMATS[options.format].write(draft.digest)
    if to_file:
        put_in_place(target, [text], replace=options.force)
        say(f"Wrote {len(draft.digest.items):,} papers to {target}.")
    else:
        write_as("replace")
        write([text])
        flush()
    library.digests.keep(draft)
    return 0
