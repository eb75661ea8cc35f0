"""`paperreader find WORDS...`"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from paperreader.cli import answers
from paperreader.cli.indexing import answer, bring_up
from paperreader.cli.opening import as_typed, library_at
from paperreader.cli.streams import JSON_ESCAPE, is_terminal, say, write, write_as
from paperreader.plain import printable

if TYPE_CHECKING:
    from array import array

    from paperreader.library import Library
    from paperreader.paper import Paper
    from paperreader.paths import Paths
    from paperreader.search.finding import Found
    from paperreader.search.highlighting import Marker

KEPT = ""

_ON_TERMINAL = 30
"""Papers that a terminal gets unasked: the best ones must not scroll away."""
_IN_BATCH = 100
_A_SENTENCE = 4
"""Words of a question that other words may answer as well."""
_FACETS = 10
_SORTS = ("relevance", "newest", "oldest", "votes", "title")

_EPILOG = f"""words: papers with more of them, and rarer ones, come first.
  +word -word    required, left out; so do AND, OR and NOT in capitals, and parentheses
  "two words"    next to each other
  author:name    in this part only: author, title or abstract
  neur*          every word that begins so
  cat:cs.CL      also org: source: is:unread has:code stars:>500 votes: comments: citations:
  date:2025      also date:2025-03..2025-06, date:<30d, since:last
Misspelt words are corrected where no paper has all words, and abbreviations mean their long forms too; both are said.
Quote what the shell would take; a word that begins with a dash goes behind --:
  paperreader find -- diffusion -video

output: one paper a line: id, year and title. On a terminal in columns, the best {_ON_TERMINAL} unless -n says more.
Otherwise all of them, with one tab between, so that `cut` and `awk` find the columns:
  paperreader find graph networks | cut -f1 | head | xargs paperreader bookmark
--sort in another order than relevance lists the papers that have all words, or where none has, all that have any.
--batch FILE reads one JSON object a line, {{"id": ..., "text": ...}}, and answers each by one line,
{{"id": ..., "ids": [...]}}: {_IN_BATCH} ids, best first, unless -n says otherwise. FILE may be - for standard input.
Nothing found ends with exit code 1, as grep does."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words, and how many papers in which form and order."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what to look for; nothing: all papers, newest first")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, as `import` reads them")
    parser.add_argument("-n", type=_count, metavar="N", help="at most so many papers")
    parser.add_argument("--sort", choices=_SORTS, default="relevance", metavar="ORDER", help=", ".join(_SORTS))
    parser.add_argument("--why", action="store_true", help="show the passage that explains each paper")
    parser.add_argument("--facets", action="store_true", help="count years, categories and more instead of listing")
    parser.add_argument("--literal", action="store_true", help="correct no word, expand no abbreviation")
    parser.add_argument("--similar", metavar="ID", action="append", help="papers like this one; may be repeated")
    parser.add_argument("--batch", metavar="FILE", help="answer a file of questions")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Print what was found; 1 where that is nothing."""
    if options.json and options.why:
        options.misused("--why has no place in --json: its objects are papers")
    if options.batch is not None and (options.words or options.similar or options.facets or options.why):
        options.misused("--batch takes its questions from the file, and answers with ids only")
    if options.batch is not None and options.sort != "relevance":
        options.misused("--batch answers best match first: --sort has no place there")
    with library_at(paths, writes=False) as library:
        if options.batch is not None:
            bring_up(library)
            answers.answered(library, options.batch, options.n or _IN_BATCH)
            return 0
        return _answer(library, options, " ".join(map(as_typed, options.words)))


def _answer(library: Library, options: argparse.Namespace, question: str) -> int:
    """Ask and print."""
    if not (question.strip() or options.similar or options.facets or options.why):
        return _printed(library, _everything(library, options), options)
    found = _found(library, question, options)
    if options.similar:
        ids, marker = _similar(library, options, found if question.strip() else None)
    else:
        ids, marker = _ordered(library, found, options), found.marker
    if options.facets and ids:
        answers.counted(library.search.facets(ids if options.similar else found, _FACETS), as_json=options.json)
        return 0
    return _printed(library, ids, options, marker)


def _printed(library: Library, ids: Sequence[int], options: argparse.Namespace, marker: Marker | None = None) -> int:
    """Print these papers; 1 where there are none."""
    if not ids:
        say("Nothing found." if options.words or options.similar else "There is no paper in the library.")
        return 1
    if options.json:
        write_as(JSON_ESCAPE)
        write(_objects(library.papers(ids)))
    else:
        why = library.search.passages(marker, ids, answers.PASSAGE) if options.why and marker else None
        answers.listed(library.papers(ids), why)
    return 0


def _everything(library: Library, options: argparse.Namespace) -> Sequence[int]:
    """All papers in their order: this needs no index, and loads nothing of search."""
    from paperreader.paper import Sort, View

    sort = Sort.NEWEST if options.sort == "relevance" else Sort(options.sort)
    return library.listing(View.ALL, sort)[: options.n]


def _found(library: Library, question: str, options: argparse.Namespace) -> Found:
    """The answer; what is odd about the question, and how it was understood, is said."""
    from paperreader.paper import Sort, View

    everything = library.listing(View.ALL, Sort.NEWEST)
    if question.strip() or options.similar:
        bring_up(library)
    literal = options.literal
    found = answer(
        library,
        lambda: library.find(
            question,
            among=everything,
            limit=max(1, len(everything)),
            finished=True,
            literal=literal,
            expand=not literal,
        ),
    )
    for remark in found.remarks:
        say(f"Note: {remark}.")
    for typed, shown in found.corrections:
        say(f"Showing {shown} for {typed}; --literal takes it as it is.")
    for long in found.also:
        say(f"Also: {long}.")
    if len(question.split()) >= _A_SENTENCE and not found.complete and is_terminal(sys.stderr):
        _tell_of_meaning(library)
    return found


def _tell_of_meaning(library: Library) -> None:
    """No paper has all words of a sentence: one may say the same in others. One line, if that cannot be sought yet."""
    hint = library.search.meaning.state().hint
    if hint:
        say(f"{printable(hint).rstrip('.')}.")


def _ordered(library: Library, found: Found, options: argparse.Namespace) -> array[int]:
    """The papers to print; how many more there are is said."""
    from paperreader.paper import Sort

    ids = library.search.ordered(found, Sort(options.sort))
    unasked = bool(found.question.strip()) and not options.facets and is_terminal(sys.stdout)
    shown = ids[: options.n or (_ON_TERMINAL if unasked else len(ids))]
    if unasked and options.n is None and len(ids) > len(shown):
        told = "best" if options.sort == "relevance" else "first"
        say(f"The {told} {len(shown):,} of {len(ids):,} papers; -n N shows more.")
    return shown


def _similar(library: Library, options: argparse.Namespace, among: Found | None) -> tuple[Sequence[int], Marker]:
    """Papers like those that are named, of those that the words find where there are words. The terms are said."""
    rids = [library.resolve(as_typed(name)) for name in options.similar]
    limit = options.n or _ON_TERMINAL
    found = library.search.similar(rids, among=None if among is None else among.every, limit=limit)
    if found.terms:
        say(f"By: {', '.join(term.word for term in found.terms)}.")
    return found.ids, found.marker


def _objects(papers: Iterable[Paper]) -> Iterator[str]:
    from paperreader.exports import write as written

    return written("jsonl", papers)


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on, not {text!r}")
    return count
