"""What commands that ask feeds share: the library's feeds as settings.toml has them, and words that name feeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperreader.cli.opening import as_typed

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.library.following import Following
    from paperreader.paths import Paths

ALL_WELL, SOME_FAILED = 0, 3


def following(library: Library, paths: Paths) -> Following:
    """The feeds, asked as the person decided. Raises SettingsError."""
    from paperreader.library.world import World
    from paperreader.settings import Settings

    return library.following(World.of(Settings.read(paths.settings).world))


def names(words: Sequence[str]) -> list[str]:
    """The feeds that words name: one a word, but `arxiv cs.CL` is one without quotes too."""
    found: list[str] = []
    for word in map(as_typed, words):
        if found and found[-1].lower() == "arxiv":
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
