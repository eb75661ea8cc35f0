"""The values of settings.toml, checked one by one; what does not fit is refused with its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from paperreader.errors import SettingsError
from paperreader.plain import printable
from paperreader.settings.digest import REFUSED
from paperreader.settings.known import KEYS, KNOWN, TABLES, siblings
from paperreader.settings.toml_lines import leaves, located, parsed

_EXAMPLE: Final = 'reading.bookmark = "N"'


class KeySetting(NamedTuple):
    """One line of the table [keys], not yet checked: which actions there are is for the screen to know."""

    id: str
    """The action's id."""
    key: str
    """The key, as the person wrote it; several with commas between."""
    line: int
    """Where it stands in settings.toml, from 1."""


class Checked:
    """A file that was read and found sound. Raises SettingsError where it is not."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._values = parsed(file, text)
        self._lines = located(text)
        self._said = dict(self._checked(self._values, ()))
        self.keys = self._keys()
        """The person's own keys, in the file's order."""

    @property
    def lines(self) -> dict[str, int]:
        """The line of each setting that the file has, by its name with dots."""
        return {".".join(path): self._line(*path) for path in self._said}

    def table(self, *table: str) -> dict[str, Any]:
        """What one table says, by name; () is the outermost one."""
        return {path[-1]: value for path, value in self._said.items() if path[:-1] == table}

    def _checked(self, values: Mapping[str, Any], table: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        for name, value in values.items():
            path = (*table, name)
            if path == (KEYS,):
                continue
            if path in TABLES:
                if not isinstance(value, dict):
                    raise self._no_table(path)
                yield from self._checked(value, path)
            elif path in REFUSED:
                raise self._error(path, f"{'.'.join(path)}: {REFUSED[path]}")
            elif path in KNOWN:
                yield path, self._fitting(path, value)
            else:
                raise self._unknown(path)

    def _fitting(self, path: tuple[str, ...], value: Any) -> Any:
        expected = KNOWN[path]
        if not expected.fits(value):
            secret = path[-1].startswith("password")  # somebody may have taken it for the place of the password itself
            text = f"{'.'.join(path)} must be {expected.wanted}{'' if secret else f', not {_shown(value)}'}."
            raise self._error(path, text)
        return value

    def _unknown(self, path: tuple[str, ...]) -> SettingsError:
        known = siblings(path[:-1])
        near = difflib.get_close_matches(path[-1], known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
        place = f" in [{'.'.join(path[:-1])}]" if path[:-1] else ""
        return self._error(path, f"there is no setting {_shown(path[-1])}{place}; {hint}")

    def _no_table(self, path: tuple[str, ...]) -> SettingsError:
        name = ".".join(path)
        return self._error(path, f"{name} must be a table: [{name}], and below it {siblings(path)[0]} = ...")

    def _keys(self) -> tuple[KeySetting, ...]:
        table = self._values.get(KEYS, {})
        if not isinstance(table, dict):
            text = f"{KEYS} must be a table: [{KEYS}], and below it {_EXAMPLE}."
            raise self._error((KEYS,), text)
        return tuple(self._key(path, value) for path, value in leaves(table))

    def _key(self, path: tuple[str, ...], value: Any) -> KeySetting:
        """TOML reads `reading.bookmark` as a table within a table; an id in quotes comes in one piece."""
        keys = value if isinstance(value, list) else [value]
        if not keys or not all(isinstance(key, str) and key.strip() for key in keys):
            text = f"the key of {'.'.join(path)} must be a string, as {_EXAMPLE}, not {_shown(value)}."
            raise self._error((KEYS, *path), text)
        return KeySetting(".".join(path), ",".join(key.strip() for key in keys), self._line(KEYS, *path))

    def _error(self, path: tuple[str, ...], message: str) -> SettingsError:
        return SettingsError(self._file, self._line(*path), message)

    def _line(self, *path: str) -> int:
        """Where this stands, else where the thing it is part of stands (an inline table has one line for all)."""
        return self._lines.get(path) or (self._line(*path[:-1]) if len(path) > 1 else 1)


def _shown(value: object) -> str:
    """The value as it would stand in the file, cut to a size that fits a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{printable(value[:40])}"'
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return str(value)[:40]
