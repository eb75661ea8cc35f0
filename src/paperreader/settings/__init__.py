"""settings.toml, read once and checked. The person writes it; we never do.

read_after = 2.0            # seconds at rest in the open detail after which a paper counts as read; 0: only Enter
theme = "textual-light"     # the theme of a first start; one chosen in the app is remembered instead
browser = "firefox"         # the command that opens links
citation = "bibtex"         # what c copies: "bibtex", "biblatex", "text" (a formatted reference), "markdown", "key"
template = "~/papers.tex.j2"  # your own form of an export: export --format template

[refresh]
on_start_hours = 6          # the app refreshes at its start if the last refresh is older; 0: never

[search]
model = "~/models/all-MiniLM-L6-v2"   # a sentence model, for search by meaning (paperreader[semantic])

[feeds]
contact = "me@example.org"  # told to every server that is asked

[feeds.huggingface]
on = false                  # followed, and not asked

[trending]
gained = 24.0               # the formula's numbers by their names

[digest]
to = "me@example.org"       # who gets it by mail, once a day

[keys]
bookmark = "B"              # an action's id, as the help screen names it, and its key
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from paperreader.errors import SettingsError
from paperreader.settings.checking import Checked, KeySetting
from paperreader.settings.digest import DigestSettings
from paperreader.trending import Weights

__all__ = [
    "READ_AFTER",
    "DigestSettings",
    "KeySetting",
    "RefreshTimes",
    "SearchSettings",
    "Settings",
    "SourceSettings",
    "TrendingOrder",
    "WorldSettings",
]

READ_AFTER: Final = 2.0
"""Seconds. Long enough for j held down, short enough for an abstract that one really looks at."""


class RefreshTimes(NamedTuple):
    """The table [refresh]: when the app refreshes by itself. Commands never do."""

    on_start_hours: float = 6.0
    """At its start, if the last refresh is older than so many hours; 0: never."""
    every_hours: float = 0.0
    """While it is open, so often; 0: never."""


class SearchSettings(NamedTuple):
    """The table [search]."""

    model: str = ""
    """The sentence model for search by meaning: a folder, or a package that carries one; empty for a fetched one."""


class SourceSettings(NamedTuple):
    """A table [feeds.NAME]: one source."""

    on: bool = True
    """Whether it is asked."""
    base_url: str = ""
    """Where it is; empty for its own place."""
    rss_base_url: str = ""
    """Where its announcements are, for arXiv; empty likewise."""


class WorldSettings(NamedTuple):
    """The table [feeds]: how the world is asked; `library.following.World.of` makes it what feeds understand."""

    contact: str = ""
    """Where the person can be reached, told to every server; empty for nobody's business."""
    huggingface: SourceSettings = SourceSettings()
    arxiv: SourceSettings = SourceSettings()
    semantic_scholar: SourceSettings = SourceSettings(on=False)


class TrendingOrder(NamedTuple):
    """The table [trending]."""

    weights: Weights = Weights()
    by_source: bool = False
    """Whether the order is Hugging Face's own (order = "huggingface") and not the formula's ("ours")."""


class Settings(NamedTuple):
    """What the person decided; a field not decided has its default."""

    file: Path
    """The settings.toml that this is of, whether it exists or not: for messages."""
    read_after: float = READ_AFTER
    """Seconds at rest in the open detail after which a paper counts as read; 0 means never by resting."""
    theme: str = ""
    """A theme's name, not yet checked; empty for ours."""
    template: str = ""
    """The template of `export --format template`; empty for none."""
    browser: str = ""
    """The command that opens links; empty for the system's."""
    citation: str = "bibtex"
    """What a citation is copied as: one of `known.CITATIONS`."""
    keys: tuple[KeySetting, ...] = ()
    """The person's own keys, in the file's order."""
    refresh: RefreshTimes = RefreshTimes()
    search: SearchSettings = SearchSettings()
    world: WorldSettings = WorldSettings()
    trending: TrendingOrder = TrendingOrder()
    digest: DigestSettings = DigestSettings()
    lines: Mapping[str, int] = MappingProxyType({})
    """The line of each setting that the file has, by its name with dots: for messages of those who check further."""

    @classmethod
    def read(cls, file: Path) -> Settings:
        """The settings in `file`; the defaults where there is no such file.

        Raises SettingsError, naming the line and what was expected there.
        """
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return cls(file=file)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise SettingsError(file, line, "this is not UTF-8 text.") from error
        except OSError as error:
            raise SettingsError(file, 1, f"the file cannot be read: {error.strerror}.") from error
        checked = Checked(file, text)
        return cls(
            file=file,
            keys=checked.keys,
            refresh=RefreshTimes(**checked.table("refresh")),
            search=SearchSettings(**checked.table("search")),
            world=_world(checked),
            trending=_trending(checked),
            digest=DigestSettings.of(checked.table("digest")),
            lines=checked.lines,
            **checked.table(),
        )


def _world(checked: Checked) -> WorldSettings:
    defaults = WorldSettings()
    return WorldSettings(
        huggingface=SourceSettings(**checked.table("feeds", "huggingface")),
        arxiv=SourceSettings(**checked.table("feeds", "arxiv")),
        semantic_scholar=SourceSettings(
            **{"on": defaults.semantic_scholar.on, **checked.table("feeds", "semantic_scholar")}
        ),
        **checked.table("feeds"),
    )


def _trending(checked: Checked) -> TrendingOrder:
    said = checked.table("trending")
    order = said.pop("order", "ours")
    return TrendingOrder(weights=Weights(**said), by_source=order == "huggingface")
