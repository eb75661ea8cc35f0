r"""LaTeX as text: accents and signs become characters, grouping goes, formulas stay between their dollars.

What is not known stays as it came: `\foo{bar}` is better read than lost.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from paperreader.latex import signs

_WORD: Final = re.compile(r"[A-Za-z]+\*?")
_SPACES: Final = re.compile(r"\s*")
_SIGNS: Final = {**signs.ALSO_MATHS, **signs.MATHS, **signs.ALSO_TEXT, **signs.TEXT, **signs.LETTERS, "minus": "−"}
_DOTLESS: Final = {"ı": "i", "ȷ": "j"}
_WRAPS_TEXT: Final = (
    "textit textbf texttt textsc textsf textrm textsl textup textnormal textmd emph underline uline mbox hbox "
    "text enquote mathrm mathit mathbf natexlab uppercase lowercase MakeUppercase MakeLowercase url path "
    "nolinkurl bibinfo bibnamedelima ensuremath textsuperscript textsubscript "
)
_WRAPS: Final = frozenset(_WRAPS_TEXT.split())
"""Commands whose argument is what is meant."""
_SWITCHES_TEXT: Final = (
    "it em bf tt sc sf rm sl itshape bfseries ttfamily scshape em normalfont small protect displaystyle boldmath "
    "unboldmath noopsort "
)
_SWITCHES: Final = frozenset(_SWITCHES_TEXT.split())
"""Commands that mean nothing without fonts."""
_CONTROL: Final = {",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "/": "", "-": "", "!": "", "@": "", "\\": " "}
_RAISED: Final = {plain: raised for raised, plain in signs.RAISED.items()} | {"1": "¹", "2": "²", "3": "³"}
_LOWERED: Final = {plain: lowered for lowered, plain in signs.LOWERED.items()}
_DEEPEST: Final = 60
"""Groups within groups; deeper ones are taken as they are."""


def read(source: str) -> str:
    """The text of a LaTeX source, composed (NFC). Never fails: what cannot be understood stays."""
    if not any(sign in source for sign in "\\{}$~`'-"):
        return unicodedata.normalize("NFC", source)
    return unicodedata.normalize("NFC", _Reading(source).all())


class _Reading:
    """One source, read from left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._depth = 0

    def all(self) -> str:
        """Everything; a closing brace too many is a character."""
        parts = []
        while self._at < len(self._source):
            parts.append(self._until_brace())
            if self._at < len(self._source):
                self._at += 1
                parts.append("")
        return "".join(parts)

    def _until_brace(self) -> str:
        """Everything up to the brace that closes this group, which stays to be read."""
        parts: list[str] = []
        source = self._source
        while self._at < len(source):
            sign = source[self._at]
            if sign == "}":
                break
            parts.append(self._piece(sign))
        return "".join(parts)

    def _piece(self, sign: str) -> str:
        if sign == "\\":
            return self._command()
        if sign == "{":
            return self._group()
        if sign == "$":
            return self._formula()
        for typed, meant in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")):
            if self._source.startswith(typed, self._at):
                self._at += len(typed)
                return meant
        self._at += 1
        return {"~": " ", "`": "‘"}.get(sign, sign)

    def _group(self) -> str:
        self._at += 1
        if self._depth >= _DEEPEST:
            return ""
        self._depth += 1
        inside = self._until_brace()
        self._depth -= 1
        self._at += 1
        return inside

    def _formula(self) -> str:
        """The formula as it is; a dollar without another is a dollar."""
        double = self._source.startswith("$$", self._at)
        mark = "$$" if double else "$"
        start = self._at + len(mark)
        match = re.compile(rf"(?:[^\\$]|\\.)*?(?={re.escape(mark)})", re.DOTALL).match(self._source, start)
        if match is None or not match[0].strip() or match[0].count("{") != match[0].count("}"):
            self._at += 1
            return "$"
        self._at = match.end() + len(mark)
        return f"{mark}{match[0].strip()}{mark}"

    def _command(self) -> str:
        word = _WORD.match(self._source, self._at + 1)
        if word is None:
            return self._control()
        name = word[0].rstrip("*")
        self._at = word.end()
        if name in signs.MARKS and len(name) == 1:
            return self._accent(name, word[0])
        if name in ("par", "newline", "linebreak"):
            self._pass_spaces()
            return "\n\n" if name == "par" else "\n"
        if name in _WRAPS or name == "href":
            return self._wrapped(name)
        if name in _SWITCHES:
            self._pass_spaces()
        elif name in _SIGNS:
            self._end_word()
        else:
            return f"\\{word[0]}{self._raw_arguments()}"
        return _SIGNS.get(name, "")

    def _control(self) -> str:
        sign = self._source[self._at + 1 : self._at + 2]
        self._at += 1 + len(sign)
        if sign and sign in signs.MARKS:
            return self._accent(sign, sign)
        return _CONTROL.get(sign, sign or "\\")

    def _accent(self, command: str, spelt: str) -> str:
        """The next letter or group with this mark."""
        before = self._at
        self._pass_spaces()
        if self._at >= len(self._source) or self._source[self._at] == "}":
            return "" if spelt != "-" else "-"
        if command.isalpha() and self._at == before and self._source[before] not in "{\\":
            return f"\\{spelt}"
        base = self._piece(self._source[self._at])
        base = _DOTLESS.get(base[:1], base[:1]) + base[1:]
        return unicodedata.normalize("NFC", base[:1] + signs.MARKS[command] + base[1:]) if base else ""

    def _wrapped(self, name: str) -> str:
        self._pass_spaces()
        if name == "href":
            self._raw_group()
            self._pass_spaces()
        if not self._source.startswith("{", self._at):
            return ""
        inside = self._group()
        if name == "ensuremath":
            return {"-": "−"}.get(inside, inside if len(inside) == 1 and not inside.isascii() else f"${inside}$")
        if name in ("textsuperscript", "textsubscript"):
            table = _RAISED if name == "textsuperscript" else _LOWERED
            return "".join(table[sign] for sign in inside) if all(sign in table for sign in inside) else inside
        return inside

    def _raw_arguments(self) -> str:
        parts = []
        while self._source.startswith("{", self._at):
            start = self._at
            self._raw_group()
            parts.append(self._source[start : self._at])
        return "".join(parts)

    def _raw_group(self) -> None:
        """Go behind the group that begins here, where one does."""
        depth = 0
        for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(self._source, self._at):
            depth += (match[0] == "{") - (match[0] == "}")
            if depth <= 0:
                self._at = match.end()
                return
        self._at = len(self._source)

    def _end_word(self) -> None:
        r"""Go behind what ends a command's name: `{}` or white space."""
        if self._source.startswith("{}", self._at):
            self._at += 2
        else:
            self._pass_spaces()

    def _pass_spaces(self) -> None:
        match = _SPACES.match(self._source, self._at)
        self._at = match.end() if match else self._at
