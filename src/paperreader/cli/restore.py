"""`paperreader restore [FILE]`"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.cli.streams import is_terminal, put, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperreader.errors import LibraryDamaged
    from paperreader.paths import Paths

KEPT = "The library is as it was."

_EPILOG = """A copy of the library is made once a day when it is used; seven are kept. Without FILE, the
copies are listed, and on a terminal you are asked for one. The file that is replaced is kept beside the library.
What went out as a digest since then does not come again.
While another paperreader has the library open, nothing is done."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which copy."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="a backup: its path, or its name as it is listed")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Bring the copy back; without one named, list them."""
    from paperreader.library import backups

    kept = backups(paths)
    if options.file is not None:
        return _brought_back(paths, _named(options.file, kept))
    if not kept:
        say(f"There is no backup in {paths.backups} yet.")
        return 1
    for place, copy in enumerate(kept, 1):
        put(f"{place}  {copy.name}  {_about(copy)}")
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        say("`paperreader restore FILE` brings one back.")
        return 0
    chosen = _asked(kept)
    return _brought_back(paths, chosen) if chosen else 0


def offer(damage: LibraryDamaged, paths: Paths) -> bool:
    """Say that the library is damaged and ask whether the last backup shall take its place; whether it did.

    Asked on a terminal only; a script is told what to call. Raises StoreError where the backup is not sound.
    """
    from paperreader.library import backups

    kept = backups(paths)
    if not kept or not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise damage
    say(f"paperreader: {damage.message}")
    say(f"The last backup is {kept[0].name} ({_about(kept[0])}). The damaged file is kept beside it.")
    try:
        answer = input("Bring this backup back? [y/N] ").strip().lower()
    except EOFError:
        answer = ""
    if answer not in ("y", "yes"):
        say("Nothing was changed. `paperreader restore` lists all backups.")
        return False
    return _brought_back(paths, kept[0]) == 0


def _named(text: str, kept: Sequence[Path]) -> Path:
    """A path, unless there is none and a copy has this name."""
    path = Path(text)
    return path if path.exists() else next((copy for copy in kept if copy.name == text), path)


def _about(copy: Path) -> str:
    status = copy.stat()
    made = datetime.fromtimestamp(status.st_mtime).strftime("%Y-%m-%d %H:%M")
    return f"{status.st_size / 1e6:,.1f} MB, made {made}"


def _asked(kept: Sequence[Path]) -> Path | None:
    """The copy that the person chooses by its number; None for none."""
    while True:
        try:
            answer = input(f"Bring back which one? 1-{len(kept)}, Enter for none: ").strip()
        except EOFError:
            return None
        if not answer:
            return None
        if answer.isdecimal() and 1 <= int(answer) <= len(kept):
            return kept[int(answer) - 1]
        say(f"{answer!r} is none of them.")


def _brought_back(paths: Paths, copy: Path) -> int:
    from paperreader.library import restore_backup

    done = restore_backup(paths, copy.absolute())
    say(f"The library is {copy.name} again.")
    if not done.carried:
        say("The file that was there cannot tell which digests went out since: papers of theirs may come once more.")
    if done.aside is not None:
        say(f"The file that was there is kept as {done.aside}.")
    return 0
