"""`paperreader note ID [TEXT]`"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from paperreader.cli.opening import as_typed, library_at
from paperreader.cli.streams import is_terminal, say, write
from paperreader.errors import UnreadableInput
from paperreader.plain import printable

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paths import Paths

KEPT = ""

_EPILOG = """without TEXT, the note is written to standard output as it is; `paperreader note ID - < FILE` reads it from
a file. The empty TEXT '' deletes the note."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A paper, and what to note."""
    parser.add_argument("id", metavar="ID", help="an id as `find` prints it, or a link")
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the note, in Markdown; - reads standard input")
    parser.add_argument("--append", action="store_true", help="add TEXT to the note, a paragraph of its own")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Show the note, or write it."""
    if options.append and options.text is None:
        options.misused("--append wants a text")
    if options.text is None:
        return _shown(options, paths)
    text = _read() if options.text == "-" else as_typed(options.text)
    with library_at(paths) as library:
        rid = library.resolve(as_typed(options.id))
        if options.append:
            text = "\n\n".join(part for part in (library.keeping.note(rid), text) if part)
        say(library.keeping.annotate(rid, text).sentence)
    return 0


def _shown(options: argparse.Namespace, paths: Paths) -> int:
    with library_at(paths, writes=False) as library:
        note = _note(library, as_typed(options.id))
        if not note:
            say("There is no note.")
            return 1
        lines = note.split("\n")
        write(f"{printable(line) if is_terminal(sys.stdout) else line}\n" for line in lines)
    return 0


def _note(library: Library, text: str) -> str:
    return library.keeping.note(library.resolve(text))


def _read() -> str:
    if sys.stdin is None:
        raise UnreadableInput("Standard input is closed.")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except ValueError as error:
        raise UnreadableInput("Standard input is no text in UTF-8.", "Nothing was changed.") from error
