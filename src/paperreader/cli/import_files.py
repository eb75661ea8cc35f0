"""`paperreader import FILE...`"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import library_at
from paperreader.cli.progress import Progress
from paperreader.cli.streams import is_terminal, say

if TYPE_CHECKING:
    from paperreader.importing import ImportReport
    from paperreader.library import Library
    from paperreader.paths import Paths

KEPT = "Papers that were recorded are kept; importing the same files again completes the rest."

_IN_PART = 3
"""The exit code: something was refused, and all else is done."""
_STDIN: Literal["-"] = "-"
_EPILOG = """formats, told apart by what is in the file:
  JSON Lines   one paper an object, one object a line: arxiv_id (else doi, else id, any string) and, where known,
               title, authors [..], published (YYYY, YYYY-MM or YYYY-MM-DD), abstract, summary, keywords [..],
               categories [..], code, url, project, organisation, journal, venue, remark, licence, tldr.
  JSON array   CSL-JSON (Zotero, pandoc), or what `export --format json` writes
  BibTeX       BibLaTeX too: Zotero's, JabRef's, Google Scholar's; citation keys are kept where they are free
  RIS          Zotero's, EndNote's, publishers'
  arXiv ids    or DOIs, or links to either, one a line; arXiv is asked for what it has of them, now or, offline, at
               the next refresh
  page text    the text of the page of trending papers: title and abstract in turn, each on a line.

Fields that are not kept are counted and said. Your bookmark, lists, tags, rating, state and note, as `export --format
jsonl` writes them, are added to what you keep: a rating or a state that is there stays, of two notes both are kept.

Files packed by gzip, xz or bzip2 are read as they are. An entry that is broken or names no paper is refused, with
its place and the reason, and counted; the others come in, and the exit code is 3. A file that cannot be read at all
is refused whole (1), and then nothing is imported. A paper that the library has already is not doubled: what is new
about it is added. It is told by arXiv id, DOI, else by title and first author, where one of the two has no id; two
different ids of one kind are two papers.
A library that begins with an import has no starter papers; `paperreader starter on` adds them."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Files, and where what they hold is described."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Import, index, and say what it brought."""
    if options.files.count(_STDIN) > 1:
        options.misused("standard input can be read only once")
    if _STDIN in options.files and is_terminal(sys.stdin):
        say("Reading from the terminal; Ctrl+D on a line of its own ends the text.")
    with library_at(paths, starter=False) as library:
        report = _imported(library, options.files)
        if report is not None:
            for sentence in (*map("Refused: {}".format, report.refusals), *report.by_title, report.sentence):
                say(sentence)
            if report.bare:
                _complete(library, paths)
        bring_up(library)
    return _IN_PART if report is not None and report.refused else 0


def _complete(library: Library, paths: Paths) -> None:
    """Ask arXiv for what is known by its id only; whatever keeps it from answering, the next refresh asks again."""
    from paperreader.cli.world import following
    from paperreader.library.following import FeedAsked, FeedFailed, FeedRefreshed

    with Progress() as progress:
        for news in following(library, paths).complete():
            if isinstance(news, FeedAsked):
                progress.show("Asking arXiv", news.done, news.total)
            elif isinstance(news, FeedRefreshed):
                say(f"arXiv told of {news.recorded.changed:,} of them.")
            elif isinstance(news, FeedFailed):
                say(f"{news.error} The ids are kept; the next refresh asks arXiv for them.")


def _imported(library: Library, names: list[str]) -> ImportReport | None:
    files = [_STDIN if name == _STDIN else Path(name) for name in names]
    told = None
    with Progress() as progress:
        for news in library.import_files(files):
            progress.show("Reading" if news.total is None else "Recording", news.done, news.total)
            told = news.report or told
    return told
