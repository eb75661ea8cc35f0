"""The command line: which command is meant, what it answers, and how it ends.

Exit codes: 0 done, 1 failed, 2 misused; 3 some feeds failed and the others' papers are there; 4 a mail was
refused for good, or nobody can know whether it arrived; 130 ended by Ctrl+C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NoReturn

from paperreader import __version__
from paperreader.cli import crash, streams
from paperreader.errors import LibraryDamaged, PaperReaderError

if TYPE_CHECKING:
    import argparse

    from paperreader.cli.commands import Command
    from paperreader.paths import Paths

Screen = Callable[["Paths"], int]
"""What opens the full-screen reader and gives the exit code: handed in, as neither front end knows the other."""

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

_EPILOG: Final = """commands:
{}

`paperreader COMMAND --help` tells more of each.

Data goes to standard output, talk to standard error.
Exit codes: 0 done, 1 failed (or a question found nothing), 2 misused, 3 a feed failed and what the others
brought is there, 4 a mail was refused for good, or nobody can know whether it arrived, 130 ended by Ctrl+C."""


def run(words: Sequence[str], screen: Screen) -> int:
    """Do what the words of a command line ask for; returns the exit code. Without a command, `screen` is opened."""
    streams.prepare()
    try:
        code = _ended(words, screen)
        streams.flush()
    except BrokenPipeError:  # `| head` has what it wants
        streams.mute()
        return DONE
    except PaperReaderError as error:
        streams.say(f"paperreader: {error}")
        return FAILED
    return code


def _ended(words: Sequence[str], screen: Screen) -> int:
    try:
        return _done(words, screen)
    except SystemExit as end:  # argparse: help, version, misuse
        return end.code if isinstance(end.code, int) else DONE


def _done(words: Sequence[str], screen: Screen) -> int:
    if not words or _is_home_alone(words):
        return _app(_paths(words[1] if words else None, lambda said: _top().error(said)), screen)
    from paperreader.cli.commands import COMMANDS, unknown

    place = _command_place(words)
    top = _top()
    options = top.parse_args(words[:place])
    if place == len(words):
        return _app(_paths(options.home, top.error), screen)
    command = COMMANDS.get(words[place])
    if command is None:
        top.error(unknown(words[place]))
    return _command(command, words[place + 1 :], options.home)


def _is_home_alone(words: Sequence[str]) -> bool:
    """What opens the reader is understood without argparse, which takes 10 of the 250 ms of its start."""
    return len(words) == 2 and words[0] == "--home" and not words[1].startswith("-")


def _command(command: Command, words: Sequence[str], home: str | None) -> int:
    from paperreader.cli.commands import understood

    parser = command.parser()
    options = understood(parser, words)
    options.misused = parser.error
    paths = _paths(home if options.home is None else options.home, parser.error)
    try:
        return _watched(lambda: command.doing.run(options, paths), paths)
    except KeyboardInterrupt:
        streams.say(f"Ended by Ctrl+C. {command.doing.KEPT}".strip())
        return INTERRUPTED


def _app(paths: Paths, screen: Screen) -> int:
    # Textual draws on standard error, so that one must be the terminal too.
    if not all(streams.is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        streams.say("paperreader: the reader needs a terminal. `paperreader --help` lists commands that need none.")
        return MISUSED
    return _watched(lambda: _screen(paths, screen), paths)


def _screen(paths: Paths, screen: Screen) -> int:
    """Open the screen; where the library is damaged, offer the last backup and open it on that."""
    while True:
        try:
            return screen(paths)
        except LibraryDamaged as damage:
            from paperreader.cli.restore import offer

            if not offer(damage, paths):
                return FAILED


def _watched(work: Callable[[], int], paths: Paths) -> int:
    """Do it; a bug goes to the log with its traceback, and the person hears where that is."""
    try:
        return work()
    except (PaperReaderError, BrokenPipeError):
        raise
    except Exception as error:
        streams.say(crash.told(error, paths.log))
        return FAILED


def _top() -> argparse.ArgumentParser:
    import argparse

    from paperreader.cli.commands import add_home, listed

    parser = argparse.ArgumentParser(
        prog="paperreader",
        usage="paperreader [--home DIR] [COMMAND ...]",
        description="A terminal reader of trending research papers. Without a command, it opens the reader.",
        epilog=_EPILOG.format(listed()),
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_home(parser)
    parser.add_argument("--version", action="version", version=f"paperreader {__version__}")
    return parser


def _command_place(words: Sequence[str]) -> int:
    """Where the command stands: the first word that is no option and no option's value."""
    place = 0
    while place < len(words) and words[place].startswith("-"):
        place += 2 if words[place] == "--home" else 1
    return min(place, len(words))


def _paths(home: str | None, misused: Callable[[str], NoReturn]) -> Paths:
    from paperreader.paths import Paths

    if home is not None and not home.strip():
        misused("--home wants a folder, and its name is empty")
    try:
        return Paths.chosen(home)
    except (RuntimeError, ValueError) as error:  # ~nobody: no such user
        misused(f"--home or PAPERREADER_HOME: {error}")
