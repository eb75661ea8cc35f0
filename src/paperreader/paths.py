"""Where things live: asking makes nothing, `ensure` does, once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "PAPERREADER_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one library, all absolute."""

    data: Path
    """The folder of what is the person's: the database and its backups."""
    settings: Path
    """The file settings.toml; written by the person, never by us."""
    database: Path
    """The file library.db."""
    index: Path
    """The folder of the search index: a projection, always safe to delete."""
    cache: Path
    """The folder of what can be made again."""
    log: Path
    """The file that errors and their tracebacks go to."""
    home: Path | None = None
    """The folder that holds all of this, where the person named one."""

    @classmethod
    def standard(cls) -> Paths:
        """The user's data, config, cache and log folders, as the operating system has them."""
        import platformdirs  # 12 ms, not needed where a home is named

        dirs = platformdirs.PlatformDirs("paperreader", appauthor=False)
        data, cache = _absolute(dirs.user_data_path), _absolute(dirs.user_cache_path)
        return cls(
            data=data,
            settings=_absolute(dirs.user_config_path) / "settings.toml",
            database=data / "library.db",
            index=cache / "index",
            cache=cache,
            log=_absolute(dirs.user_log_path) / "paperreader.log",
        )

    @classmethod
    def under(cls, folder: Path) -> Paths:
        """Everything in one folder: for a second library, a USB stick, a test."""
        home = _absolute(folder.expanduser())
        return cls(
            data=home / "data",
            settings=home / "settings.toml",
            database=home / "data" / "library.db",
            index=home / "cache" / "index",
            cache=home / "cache",
            log=home / "paperreader.log",
            home=home,
        )

    @classmethod
    def chosen(cls, home: str | None) -> Paths:
        """What `--home` says, else `PAPERREADER_HOME`, else the standard places."""
        named = home or os.environ.get(HOME_VARIABLE)
        return cls.under(Path(named)) if named else cls.standard()

    @property
    def backups(self) -> Path:
        """The folder of the daily copies of the database."""
        return self.data / "backups"

    def named(self) -> dict[str, str]:
        """The six places by name, as `paperreader where --json` prints them."""
        names = ("data", "settings", "database", "index", "cache", "log")
        return {name: str(getattr(self, name)) for name in names}

    def ensure(self) -> None:
        """Make the folders. Private (0700): a bookmark list says much about a person.

        Raises OSError where a folder cannot be made.
        """
        for folder in (self.data, self.cache):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _absolute(path: Path) -> Path:
    """Absolute without touching the disk: a symbolic link stays as the person named it."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute() keeps "..", resolve() follows links
