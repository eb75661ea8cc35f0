"""A JSON array: CSL-JSON as Zotero and pandoc write it, and what `export --format json` writes.

The items are read one after the other; only the file's text is held.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from paperreader.imports import csl_item, json_lines
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.paper import Sighting

_SPACE: Final = re.compile(r"\s*")
_HINT: Final = "A JSON array is [item, item, ...]. What follows was not read."


def recognise(head: str) -> bool:
    """Whether the file begins with an array of objects."""
    return bool(re.match(r"\s*\[\s*(?:\{|\]|$)", head))


def read(lines: Lines, gleaned: Gleaned, source: str) -> Iterator[Sighting]:
    """A sighting for each item. One that is no object or names no paper is refused; so is what follows broken JSON."""
    text = "\n".join(line for _, line in lines)
    items = _items(lines, text)
    while found := gleaned.each(lambda: next(items, None)):
        if found[0] is None:
            return
        start, value = found[0]
        yield from gleaned.each(partial(_of_item, value, gleaned, source, lines, _Line(text, start)))


def _of_item(value: Any, gleaned: Gleaned, source: str, lines: Lines, number: int) -> Sighting:
    if not isinstance(value, dict):
        raise lines.refuse(number, "an item of the array is no object.", _HINT)
    read_item = csl_item.sighting if csl_item.is_csl(value) else json_lines.sighting
    return read_item(value, gleaned, source, lines, number)


class _Line(int):
    """The number of a line, counted when it is wanted: for an error."""

    _text: str
    _at: int

    def __new__(cls, text: str, at: int) -> _Line:
        """At this character of the text."""
        made = super().__new__(cls, 0)
        made._text, made._at = text, at
        return made

    def __str__(self) -> str:
        return str(self._text.count("\n", 0, self._at) + 1)

    def __format__(self, _: str) -> str:
        return str(self)


def _items(lines: Lines, text: str) -> Iterator[tuple[int, Any]]:
    """Where each item begins, and the item. Raises UnreadableInput where it cannot go on."""
    decoder = json.JSONDecoder(parse_int=json_lines.Digits, parse_constant=lambda _: None)
    at = _behind(text, text.index("[") + 1)
    while not text.startswith("]", at):
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise lines.refuse(error.lineno, f"no JSON: {error.msg} at column {error.colno}.", _HINT) from error
        except RecursionError:
            raise lines.refuse(text.count("\n", 0, at) + 1, "no JSON that can be read: nested too deeply.") from None
        yield at, value
        at = _behind(text, end)
        if text.startswith(",", at):
            at = _behind(text, at + 1)
        elif not text.startswith("]", at):
            raise lines.refuse(text.count("\n", 0, at) + 1, "the array has no end here and no comma.", _HINT)
    if text[at + 1 :].strip():
        raise lines.refuse(text.count("\n", 0, at) + 1, "something stands behind the array's end.", _HINT)


def _behind(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
