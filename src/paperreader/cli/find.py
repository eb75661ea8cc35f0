"""`paperreader find WORDS...`"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import as_typed, library_at
from paperreader.cli.streams import JSON_ESCAPE, is_terminal, say, write, write_as
from paperreader.plain import printable

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paper import Paper
    from paperreader.paths import Paths

KEPT = ""

_ON_TERMINAL = 30
"""Papers that a terminal gets unasked: the best ones must not scroll away."""

_EPILOG = f"""words: papers with more of them, and rarer ones, come first.
  +word -word    required, left out; so do AND, OR and NOT in capitals, and parentheses
  "two words"    next to each other
  author:name    in this part only: author, title or abstract
  neur*          every word that begins so
Quote what the shell would take; a word that begins with a dash goes behind --:
  paperreader find -- diffusion -video

output: one paper a line: id, year and title. On a terminal in columns, the best {_ON_TERMINAL} unless -n says more.
Otherwise all of them, with one tab between, so that `cut` and `awk` find the columns:
  paperreader find graph networks | cut -f1 | head | xargs paperreader bookmark
Nothing found ends with exit code 1, as grep does."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words, and how many papers in which form."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what to look for; nothing: all papers, newest first")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, as `import` reads them")
    parser.add_argument("-n", type=_count, metavar="N", help="at most so many papers")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Print what was found; 1 where that is nothing."""
    with library_at(paths) as library:
        rids = _rids(library, " ".join(map(as_typed, options.words)), options.n)
        if not rids:
            say("Nothing found." if options.words else "There is no paper in the library.")
            return 1
        papers = library.papers(rids)
        if options.json:
            write_as(JSON_ESCAPE)
            write(_objects(papers))
        else:
            _list(papers)
    return 0


def _rids(library: Library, question: str, limit: int | None) -> Sequence[int]:
    """The papers to print; what is odd about the question, and how many more there are, is said."""
    from paperreader.paper import Sort, View

    everything = library.listing(View.ALL, Sort.NEWEST)
    if not question.strip():
        return everything[:limit]
    bring_up(library)
    wanted = limit or (_ON_TERMINAL if is_terminal(sys.stdout) else len(everything))
    found = library.find(question, among=everything, limit=max(1, wanted), finished=True)
    for remark in found.remarks:
        say(f"Note: {remark}.")
    if limit is None and found.total > len(found.ids):
        say(f"The best {len(found.ids):,} of {found.total:,} papers; -n N shows more.")
    return found.ids


def _objects(papers: Iterable[Paper]) -> Iterator[str]:
    from paperreader.exports.json_lines import write as objects

    return objects(papers)


def _list(papers: Iterable[Paper]) -> None:
    aligned = is_terminal(sys.stdout)
    for paper in papers:
        # Made printable one by one: a tab within a title becomes a space, one between columns stays.
        shown, year, title = map(printable, (paper.id, paper.published[:4], paper.shown_title))
        write([f"{shown:<10}  {year:<4}  {title}\n" if aligned else f"{shown}\t{year}\t{title}\n"])


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on, not {text!r}")
    return count
