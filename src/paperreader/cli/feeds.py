"""`paperreader feeds [add|remove|test|import|export]`"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from paperreader.cli.opening import as_typed, library_at
from paperreader.cli.progress import Progress
from paperreader.cli.streams import JSON_ESCAPE, is_terminal, put, say, write, write_as
from paperreader.cli.world import ALL_WELL, SOME_FAILED, following, names
from paperreader.errors import FeedError, UnreadableInput
from paperreader.plain import printable

if TYPE_CHECKING:
    from paperreader.library.following import Followed, Following
    from paperreader.paths import Paths

KEPT = ""

_LIST, _ADD, _REMOVE, _TEST, _IMPORT, _EXPORT = "list", "add", "remove", "test", "import", "export"
_FAILED: Final = 1
_LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a list of feeds."""

_EPILOG = """what to do:
  list           list the feeds that are followed, when they were last asked, and what came of it
  add NAME       follow a feed: an arXiv category or query, or an address; a page's feeds are found
  remove NAME    follow it no longer; its papers stay
  test [NAME...] ask feeds, or all of them, without recording anything
  import FILE    follow the feeds of an OPML list; - reads standard input
  export         write the list as OPML to standard output

names:
  huggingface                          Hugging Face's daily papers
  cs.CL                                what arXiv announces in a category; "arxiv cs.CL" is the same
  "au:bengio AND ti:attention"         what arXiv's query finds, in its own words
  https://blog.example.org/feed.xml    any RSS or Atom feed
A title from the list is a name, too."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which feeds."""
    parser.add_argument("what", nargs="?", default=_LIST, metavar="WHAT", help="list, if nothing is said; see below")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a feed, or a file of feeds")
    parser.add_argument("--title", metavar="T", help="with add: what to call it")
    parser.add_argument("--no-check", action="store_true", help="with add: follow it without asking it")
    parser.add_argument("--json", action="store_true", help="with list: one JSON object a line")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Do it; 3 where a tested feed failed."""
    doing = _DOING.get(options.what)
    if doing is None:
        options.misused(f"{options.what!r} is nothing to do with feeds; known are {', '.join(_DOING)}")
        raise AssertionError  # `misused` has ended the program
    _check_misuse(options)
    with library_at(paths, starter=False) as library:
        return doing(options, following(library, paths))


def _check_misuse(options: argparse.Namespace) -> None:
    what, given = options.what, len(options.names)
    if what in (_LIST, _EXPORT) and given:
        options.misused(f"{what} takes no names")
    if what in (_ADD, _REMOVE) and not given:
        options.misused(f"{what} wants the name of a feed")
    if what == _IMPORT and given != 1:
        options.misused("import wants one file")
    if what != _ADD and (options.title is not None or options.no_check):
        options.misused("--title and --no-check belong to add")
    if what != _LIST and options.json:
        options.misused("--json belongs to list")


def _list(options: argparse.Namespace, feeds: Following) -> int:
    followed = feeds.followed()
    if options.json:
        write_as(JSON_ESCAPE)
        write(json.dumps(_object(known), ensure_ascii=False) + "\n" for known in followed)
        return ALL_WELL
    if not followed:
        say("No feed is followed. `paperreader feeds add NAME` follows one.")
    rows = [_row(known) for known in followed]
    aligned = is_terminal(sys.stdout)
    widths = [max((len(row[place]) for row in rows), default=0) for place in range(2)]
    for name, title, said in rows:
        if aligned:
            write([f"{name:<{widths[0]}}  {title:<{widths[1]}}  {said}".rstrip() + "\n"])
        else:
            write([f"{name}\t{title}\t{said}\n"])
    return ALL_WELL


def _row(known: Followed) -> tuple[str, str, str]:
    when = "never asked"
    if known.asked is not None:
        when = datetime.fromtimestamp(known.asked).strftime("%Y-%m-%d %H:%M")
    marks = [mark for mark, is_so in (("off", not known.on), ("not encrypted", known.feed.plain_http)) if is_so]
    said = ", ".join(filter(None, [*marks, when, known.said]))
    return printable(known.feed.name), printable(known.title or known.feed.label), printable(said)


def _object(known: Followed) -> dict[str, object]:
    moment = known.asked
    return {
        "name": known.feed.name,
        "title": known.title,
        "label": known.feed.label,
        "asked": None if moment is None else datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds"),
        "said": known.said,
        "on": known.on,
        "plain_http": known.feed.plain_http,
    }


def _add(options: argparse.Namespace, feeds: Following) -> int:
    name, title = _joined(options.names), as_typed(options.title or "")
    feed = feeds.feed(name)
    if not options.no_check:
        if "://" in feed.name:
            found = feeds.discover(feed.name)
            if len(found) > 1:
                return _several(feed.name, [(one.url, one.title) for one in found])
            name, title = found[0].url, title or found[0].title
        else:
            feeds.try_out(feed)
    feed, is_new = feeds.follow(name, title, rename=options.title is not None)
    say(f"{feed.label} is followed{' now' if is_new else ' already'}; `paperreader refresh` brings its papers.")
    if feed.plain_http:
        say("It is not encrypted: everybody on the way can read and change what it sends.")
    return ALL_WELL


def _several(url: str, found: Sequence[tuple[str, str]]) -> int:
    say(f"{url} is a page with {len(found):,} feeds. Name the one you want:")
    for address, title in found:
        put(f"{address}  {title}".rstrip())
    return _FAILED


def _remove(options: argparse.Namespace, feeds: Following) -> int:
    name = _joined(options.names)
    if not feeds.unfollow(name):
        say(f"{name} is not followed; `paperreader feeds` lists what is.")
        return _FAILED
    say(f"{name} is followed no longer. Its papers stay.")
    return ALL_WELL


def _test(options: argparse.Namespace, feeds: Following) -> int:
    chosen = [feeds.feed(name) for name in names(options.names)] or [known.feed for known in feeds.followed()]
    code = ALL_WELL
    for feed in chosen:
        try:
            with Progress() as progress:
                progress.tell(f"Asking {feed.label} ...")
                found = feeds.try_out(feed)
        except FeedError as error:
            put(f"{feed.name}: {error}")
            code = SOME_FAILED
        else:
            first = f"; first: {found[0].title}" if found else ""
            put(f"{feed.name}: {len(found):,} papers{first}")
    return code


def _import(options: argparse.Namespace, feeds: Following) -> int:
    file = as_typed(options.names[0])
    outlines = feeds.read_opml(_read(options.names[0]))
    sums = {True: 0, False: 0}
    refused = 0
    for outline in outlines:
        try:
            _, is_new = feeds.follow(outline.name, outline.title)
            sums[is_new] += 1
        except FeedError as error:
            refused += 1
            say(f"{file}: {error}")
    told = f"Followed now: {sums[True]:,}; already: {sums[False]:,}"
    say(told + (f"; not understood: {refused:,}." if refused else "."))
    return ALL_WELL if sums[True] + sums[False] else _FAILED


def _read(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(_LARGEST)
        with Path(name).open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise UnreadableInput(f"{as_typed(name)} cannot be read: {error.strerror or error}.") from error


def _export(options: argparse.Namespace, feeds: Following) -> int:
    write_as("xmlcharrefreplace")
    write([feeds.as_opml()])
    return ALL_WELL


def _joined(words: Sequence[str]) -> str:
    """A name of several words needs no quotes: there is one name only."""
    return " ".join(map(as_typed, words))


_DOING: Final[dict[str, Callable[[argparse.Namespace, Following], int]]] = {
    _LIST: _list,
    _ADD: _add,
    _REMOVE: _remove,
    _TEST: _test,
    _IMPORT: _import,
    _EXPORT: _export,
}
