r"""The inside of `$...$` in Unicode, or nothing where a part of it is not certain.

`\frac{1}{2}` is shown as 1/2, `x_i^2` as xᵢ², `T^{2/3}` as T^(2/3), `\tilde{O}(\sqrt{T})` as Õ(√T).
"""

from __future__ import annotations

import re
import unicodedata

from paperreader.tui.texsigns import (
    DOUBLE_STRUCK,
    DROPPED,
    FONTS,
    FUNCTIONS,
    MATH_ACCENTS,
    SIGNS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|[^\\]", re.DOTALL)
_ESCAPED = {"%": "%", "&": "&", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", "|": "‖"}
_PLAIN = {name: name for name in FUNCTIONS} | {"bmod": "mod"} | SIGNS | SPACES | _ESCAPED
_DEEPEST = 20
"""Braces nested deeper than any real formula."""


class _Unsure(Exception):
    """A part that we cannot show for certain."""


def translated(source: str) -> str | None:
    """The formula in Unicode, or None where a command, a brace or an index is not understood."""
    try:
        reader = _Reader(_TOKEN.findall(source))
        shown = reader.group(closing="")
    except _Unsure:
        return None
    return " ".join(shown.split()) or None


def raised(text: str) -> str | None:
    """The text as superscript, if every character has one."""
    return _shifted(text, SUPERSCRIPTS)


def lowered(text: str) -> str | None:
    """The text as subscript, if every character has one."""
    return _shifted(text, SUBSCRIPTS)


class _Reader:
    """Goes through the tokens of a formula once, from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def group(self, closing: str) -> str:
        """Everything up to the closing brace (or to the end, where `closing` is empty)."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unsure
        shown = ""
        while (token := self._next()) != closing:
            if not token:
                raise _Unsure
            shown = self._after(shown, token)
        self._depth -= 1
        return shown

    def _after(self, shown: str, token: str) -> str:
        """What is shown once the token has been read too."""
        if token in "^_":
            return shown + self._index(token)
        piece = self._piece(token)
        if token.lstrip("\\").rstrip("*") in FUNCTIONS and token.startswith("\\"):
            return shown + (" " if shown[-1:].isalnum() else "") + piece + self._room()
        return shown + piece

    def _room(self) -> str:
        """A space after a function's name where a letter follows at once."""
        upcoming = self._tokens[self._at] if self._at < len(self._tokens) else ""
        return " " if upcoming.isalnum() or (upcoming.startswith("\\") and upcoming[1:].isalpha()) else ""

    def _piece(self, token: str) -> str:
        if token == "{":
            return self.group("}")
        if token.startswith("\\"):
            return self._command(token[1:].rstrip("*"))
        if token == "~" or token.isspace():
            return " "
        if token in "}$&#" or not token.isprintable():
            raise _Unsure
        return "′" if token == "'" else token

    def _command(self, name: str) -> str:
        if name in _PLAIN:
            return _PLAIN[name]
        if name in DROPPED:
            return self._dropped(name)
        if name in FONTS:
            return self._argument()
        return self._drawn(name)

    def _drawn(self, name: str) -> str:
        """A command that does something to its arguments."""
        if name == "mathbb":
            return "".join(DOUBLE_STRUCK.get(letter, letter) for letter in self._argument())
        if name in MATH_ACCENTS:
            return _accented(self._argument(), MATH_ACCENTS[name])
        if name == "sqrt":
            return "√" + _enclosed(self._argument())
        if name in ("frac", "tfrac", "dfrac", "nicefrac"):
            return f"{_enclosed(self._argument())}/{_enclosed(self._argument())}"
        raise _Unsure

    def _dropped(self, name: str) -> str:
        """A size is dropped; so is the full stop that stands for "no bracket" after \\left and \\right."""
        upcoming = self._tokens[self._at] if self._at < len(self._tokens) else ""
        if upcoming.isspace() or (upcoming == "." and name in ("left", "right")):
            self._at += 1
        return ""

    def _argument(self) -> str:
        """The next group, or the next single token."""
        token = self._next()
        while token.isspace():
            token = self._next()
        if not token or token in "^_}[":
            raise _Unsure
        return self._piece(token)

    def _index(self, sign: str) -> str:
        inside = self._argument().strip()
        small = raised(inside) if sign == "^" else lowered(inside)
        if small is not None:
            return small
        return f"{sign}{inside}" if len(inside) == 1 else f"{sign}({inside})"

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        self._at += 1
        return self._tokens[self._at - 1]


def _shifted(text: str, table: dict[str, str]) -> str | None:
    return "".join(table[c] for c in text) if text and all(c in table for c in text) else None


def _accented(base: str, mark: str) -> str:
    """One letter under its accent; over more than one letter an accent cannot be drawn."""
    if len(base) != 1 or not base.isalpha():
        raise _Unsure
    return unicodedata.normalize("NFC", base + mark)


def _enclosed(text: str) -> str:
    """In brackets where it is more than a name or a number."""
    text = text.strip()
    if not text:
        raise _Unsure
    return text if len(text) == 1 or text.isdecimal() else f"({text})"
