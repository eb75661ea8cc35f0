"""settings.toml, read once and checked. The person writes it; we never do.

read_after = 2.0            # seconds at rest in the open detail after which a paper counts as read; 0: only Enter
theme = "textual-light"     # the theme of a first start; one chosen in the app is remembered instead
browser = "firefox"         # the command that opens links

[keys]
bookmark = "B"              # an action's id, as the help screen names it, and its key
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from paperreader.errors import SettingsError
from paperreader.plain import printable

READ_AFTER: Final = 2.0
"""Seconds. Long enough for j held down, short enough for an abstract that one really looks at."""
_LONGEST_REST: Final = 3600.0
_KEYS: Final = "keys"
_EXAMPLE: Final = 'reading.bookmark = "B"'

Lines = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class KeySetting:
    """One line of the table [keys], not yet checked: which actions there are is for the screen to know."""

    id: str
    """The action's id."""
    key: str
    """The key, as the person wrote it; several with commas between."""
    line: int
    """Where it stands in settings.toml, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the person decided; a field not decided has its default."""

    file: Path
    """The settings.toml that this is of, whether it exists or not: for messages."""
    read_after: float = READ_AFTER
    """Seconds at rest in the open detail after which a paper counts as read; 0 means never by resting."""
    theme: str = ""
    """A theme's name, not yet checked; empty for ours."""
    browser: str = ""
    """The command that opens links; empty for the system's."""
    keys: tuple[KeySetting, ...] = ()
    """The person's own keys, in the file's order."""
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The line of each setting that the file has, by name: for messages of those who check further."""

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
        return _Check(file, text).settings()


class _Check:
    """The file's values, handed out one by one; what does not fit is refused with its line."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._values = _parsed(file, text)
        self._lines = _located(text)

    def settings(self) -> Settings:
        self._refuse_unknown(self._values, (*_KNOWN, _KEYS))
        known = {name: self._value(name, fits, wanted) for name, (fits, wanted) in _KNOWN.items()}
        lines = {name: self._line(name) for name in self._values if name != _KEYS}
        said = {name: value for name, value in known.items() if value is not None}
        return Settings(file=self._file, keys=self._keys(), lines=lines, **said)

    def _value(self, name: str, fits: Callable[[Any], bool], wanted: str) -> Any:
        value = self._values.get(name)
        if value is not None and not fits(value):
            raise self._error((name,), f"{name} must be {wanted}, not {_shown(value)}.")
        return value

    def _keys(self) -> tuple[KeySetting, ...]:
        table = self._values.get(_KEYS, {})
        if not isinstance(table, dict):
            text = f"{_KEYS} must be a table: [{_KEYS}], and below it {_EXAMPLE}."
            raise self._error((_KEYS,), text)
        return tuple(self._key(path, value) for path, value in _leaves(table))

    def _key(self, path: tuple[str, ...], value: Any) -> KeySetting:
        """TOML reads `reading.bookmark` as a table within a table; an id in quotes comes in one piece."""
        keys = value if isinstance(value, list) else [value]
        if not keys or not all(isinstance(key, str) and key.strip() for key in keys):
            text = f"the key of {'.'.join(path)} must be a string, as {_EXAMPLE}, not {_shown(value)}."
            raise self._error((_KEYS, *path), text)
        return KeySetting(".".join(path), ",".join(key.strip() for key in keys), self._line(_KEYS, *path))

    def _refuse_unknown(self, names: Iterable[str], known: tuple[str, ...]) -> None:
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
                raise self._error((name,), f"there is no setting {_shown(name)}; {hint}")

    def _error(self, path: tuple[str, ...], message: str) -> SettingsError:
        return SettingsError(self._file, self._line(*path), message)

    def _line(self, *path: str) -> int:
        """Where this stands, else where the thing it is part of stands (an inline table has one line for all)."""
        return self._lines.get(path) or (self._line(*path[:-1]) if len(path) > 1 else 1)


def _is_rest(value: object) -> bool:
    """Not so: true and false, which Python counts as numbers, and nan, which is not at least 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST_REST


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


_KNOWN: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "read_after": (_is_rest, f"a number of seconds from 0 to {_LONGEST_REST:.0f}"),
    "theme": (_is_text, "a theme's name in quotes"),
    "browser": (_is_text, "a command in quotes"),
}
"""Each setting with what fits it, and how that is said."""


def _shown(value: object) -> str:
    """The value as it would stand in the file, cut to a size that fits a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{printable(value[:40])}"'
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return str(value)[:40]


def _parsed(file: Path, text: str) -> dict[str, Any]:
    import tomllib  # 6 ms that a start without a settings file saves

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(place[1]) if place and place[1] else max(1, len(text.splitlines()))
        reason = str(error)[: place.start()] if place else str(error)
        raise SettingsError(file, line, f"this is not TOML: {reason[:1].lower()}{reason[1:]}.") from error
    except (RecursionError, ValueError):  # ValueError: a number of more than 4,300 digits
        text = "this is not TOML that can be read: nested too deeply, or a number too long."
        raise SettingsError(file, 1, text) from None


def _located(text: str) -> Lines:
    """The line on which each setting begins, by its path; `text` is sound TOML.

    tomllib does not tell, so each statement is parsed alone: no statement is complete before its last line.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for line, values, is_header in _statements(text):
        table = () if is_header else table
        paths = [(*table, *path) for path in _paths(values)]
        for path in paths:
            found.setdefault(path, line)
        table = max(paths, key=len, default=()) if is_header else table
    return found


def _statements(text: str) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """(first line, what it says, whether it opens a table) for each statement of sound TOML."""
    import tomllib

    begun, parts = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        parts += line + "\n"
        try:
            values = tomllib.loads(parts)
        except tomllib.TOMLDecodeError:
            continue  # a list or a long string that goes on
        yield begun, values, parts.lstrip().startswith("[")
        begun, parts = number + 1, ""


def _leaves(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(path, value) of everything in a table that is no table itself."""
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from (((name, *path), leaf) for path, leaf in _leaves(value))
        else:
            yield (name,), value


def _paths(values: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The path of everything in a table, the outer ones first."""
    for name, value in values.items():
        yield (name,)
        inner = value[-1] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            yield from ((name, *path) for path in _paths(inner))
