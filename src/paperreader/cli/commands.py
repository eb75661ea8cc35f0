"""Which commands there are. A command's module is imported when the command is given, so that help costs nothing."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from paperreader.paths import Paths


_SHIELD = "\0"


class Doing(Protocol):
    """What a command's module has."""

    KEPT: str
    """What to tell the person who ended the command with Ctrl+C: what is kept."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which words the command takes."""

    def run(self, options: argparse.Namespace, paths: Paths) -> int:
        """Do it; returns the exit code. Raises PaperReaderError."""


class Command(NamedTuple):
    """A command as the help lists it."""

    name: str
    """What the person types."""
    words: str
    """Its words, in short."""
    summary: str
    """What it does."""
    module: str
    """Where it is done, within this package."""

    @property
    def doing(self) -> Doing:
        """Its module."""
        return cast("Doing", import_module(f"paperreader.cli.{self.module}"))

    def parser(self) -> argparse.ArgumentParser:
        """What understands its words."""
        parser = argparse.ArgumentParser(
            prog=f"paperreader {self.name}",
            description=self.summary,
            allow_abbrev=False,  # a script written today must not meet a new option tomorrow
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_home(parser)
        self.doing.arguments(parser)
        return parser


def understood(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """What the words say; options may stand between the others, and behind `--` everything is no option.

    argparse can do the one or the other: so words behind `--` that begin with a dash get a NUL before it, which no
    word of a command line can have, and lose it afterwards.
    """
    end = words.index("--") if "--" in words else len(words)
    shielded = [_SHIELD + word if word.startswith("-") else word for word in words[end + 1 :]]
    options = parser.parse_intermixed_args([*words[:end], *shielded])
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, value.removeprefix(_SHIELD))
        elif isinstance(value, list):
            setattr(options, name, [word.removeprefix(_SHIELD) for word in value])
    return options


def add_home(parser: argparse.ArgumentParser) -> None:
    """The option that every command takes, before or after its name."""
    parser.add_argument("--home", metavar="DIR", help="keep everything under this one folder (else PAPERREADER_HOME)")


COMMANDS: Final = {
    command.name: command
    for command in (
        Command("refresh", "[FEED...]", "Ask the feeds for new and trending papers.", "refresh"),
        Command("feeds", "[WHAT] [NAME...]", "List, add, remove and test the feeds; OPML in and out.", "feeds"),
        Command("digest", "", "Show what is new and trending, or send it by mail, once a day.", "digest"),
        Command("import", "FILE...", "Add the papers of files to the library.", "import_files"),
        Command("find", "[WORDS...]", "Search the library; without words, list it, newest first.", "find"),
        Command("show", "ID...", "Show a paper with its text.", "show"),
        Command("bookmark", "ID...", "Bookmark papers, or take their bookmarks off.", "bookmark"),
        Command("list", "[NAME [ID...]]", "Show lists, put papers in and out; make, rename, delete lists.", "lists"),
        Command("tag", "[NAME [ID...]]", "Show tags, put them on papers and take them off; rename, merge.", "tag"),
        Command("note", "ID [TEXT|-]", "Show the note on a paper, or write it.", "note"),
        Command("rate", "STARS ID...", "Rate papers from 1 to 5.", "rate"),
        Command("mark", "STATE ID...", "Mark papers unread, reading, read or dismissed.", "mark"),
        Command("saved", "[NAME [WORDS...]]", "Show saved searches, save one, change or delete it.", "saved"),
        Command("undo", "", "Undo the last thing that you did, or do it again.", "undo"),
        Command("remove", "ID...", "Take papers out of every list, or bring them back.", "remove"),
        Command("export", "", "Write the bookmarked papers, or all, in another form.", "export"),
        Command("starter", "on|off", "Show, hide or remove the papers that came with the program.", "starter"),
        Command("reindex", "", "Build the search index anew.", "reindex"),
        Command("model", "[WHAT]", "Show, fetch, use or remove the model for search by meaning.", "model"),
        Command("restore", "[FILE]", "Bring back a daily backup of the library.", "restore"),
        Command("backup", "FILE", "Write the whole library to a file, even while the app runs.", "backup"),
        Command("dump", "", "Write all that is yours as text, one event a line.", "dump"),
        Command("merge", "FILE...", "Take in what you did on other machines: files that dump wrote.", "merge"),
        Command("prune", "", "Remove old papers that you never touched, for good.", "prune"),
        Command("where", "", "Say where everything is kept.", "where"),
    )
}
"""By name, in the order of the help."""


def listed() -> str:
    """The commands for the help, one a line."""
    heads = {name: f"{name} {command.words}".strip() for name, command in COMMANDS.items()}
    width = max(map(len, heads.values()))
    return "\n".join(f"  {heads[name]:<{width}}  {command.summary}" for name, command in COMMANDS.items())


def unknown(name: str) -> str:
    """What to say of a word that is no command."""
    near = difflib.get_close_matches(name, COMMANDS, 1)
    return f"there is no command {name!r}" + (f"; did you mean {near[0]}?" if near else "; see paperreader --help")
