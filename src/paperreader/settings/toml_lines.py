"""TOML with line numbers: the values of a text, and the line on which each of them begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paperreader.errors import SettingsError

Lines = Mapping[tuple[str, ...], int]


def parsed(file: Path, text: str) -> dict[str, Any]:
    """What the text says. Raises SettingsError, naming the line of what is no TOML."""
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


def located(text: str) -> Lines:
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


def leaves(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(path, value) of everything in a table that is no table itself."""
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from (((name, *path), leaf) for path, leaf in leaves(value))
        else:
            yield (name,), value


def _paths(values: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The path of everything in a table, the outer ones first."""
    for name, value in values.items():
        yield (name,)
        inner = value[-1] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            yield from ((name, *path) for path in _paths(inner))
