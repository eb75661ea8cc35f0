r"""Text as LaTeX: what means something there is escaped, accents become commands, formulas stay formulas.

`normal` and `as_read` make the text what it means, once and for all; `written` is exact from there on: `reading.read`
gives every character of a normal text back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from paperreader.latex import signs
from paperreader.latex.accents import unescaped
from paperreader.plain import printable

_MARKS: Final = {mark: command for command, mark in signs.MARKS.items()}
_LETTERS: Final = {letter: f"{{\\{command}}}" for command, letter in signs.LETTERS.items()}
_TEXT: Final = {sign: f"\\{command}{{}}" for command, sign in signs.TEXT.items()}
_MATHS: Final = {sign: f"\\ensuremath{{\\{command}}}" for command, sign in signs.MATHS.items()}
_SIGNS: Final = {
    **_MATHS,
    "−": r"\ensuremath{-}",
    **{raised: f"\\textsuperscript{{{plain}}}" for raised, plain in signs.RAISED.items()},
    **{lowered: f"\\textsubscript{{{plain}}}" for lowered, plain in signs.LOWERED.items()},
    **{"²": r"\textsuperscript{2}", "³": r"\textsuperscript{3}", "¹": r"\textsuperscript{1}"},
    **_TEXT,
    **_LETTERS,
    **{"–": "--", "—": "---", "“": "``", "”": "''", "‘": "`"},
}
_SPECIAL: Final = {
    **{ord(sign): f"\\{sign}" for sign in "&%_#$"},
    **{ord(sign): command for sign, command in _TEXT.items() if sign in "\\{}~^"},
    ord("`"): r"\textasciigrave{}",
}

MATH: Final = re.compile(
    r"(?<!\\)(\$\$(?=[^\s$])[^$]{1,300}(?<=[^\s\\])\$\$|\$(?=[^\s$])[^$]{1,300}(?<=[^\s\\])\$(?!\d))"
)
"""A formula in running text, as pandoc tells them from prices: no space inside of the dollars, no digit behind."""
_NO_MATH: Final = re.compile(r"(?<!\\)[%#&]|\n")
_BARE: Final = re.compile(
    rf"\\(?:{'|'.join(sorted({**signs.MATHS, **signs.ALSO_MATHS}, key=len, reverse=True))})(?![A-Za-z])"
    r"(?:[_^](?:\{[^{}$]*\}|[A-Za-z0-9]))*"
)
_FONTS: Final = re.compile(
    r"\\(?:textit|textbf|texttt|textsc|textsf|textrm|textsl|textup|textnormal|emph|underline|mbox)\{([^{}$]*)\}"
)
_BREAK: Final = re.compile(r"\\(?:(\\)(?=[{}])|.)", re.DOTALL)
_GROUP: Final = re.compile(r"(?<![\\\w}])\{([^\W_]+)\}")
_DASHES: Final = re.compile(r"(?<!-)-{2,3}(?!-)")
_MARKED: Final = re.compile(r"([^\W\d_])([\u0300-\u036f]+)")
_ASCII_RUNS: Final = re.compile(r"-(?=-)|'(?=')")
_RUNS: Final = re.compile(r"[-–](?=[-–—])|'(?=['”])|‘(?=[‘“])")
_APART: Final = "\\g<0>\x00"
"""Between two characters that TeX would make one of; normal text has no NUL."""
_SIMPLE: Final = str.maketrans(
    {"’": "'", "\u2044": "/", "\u2010": "-", "\u2011": "-", "\u00a0": " ", **signs.LIGATURES}
)


def normal(text: str) -> str:
    """The text without what no reader of a bibliography can tell apart: composed, controls shown, one kind of ’."""
    lines = (" ".join(printable(line).translate(_SIMPLE).split()) for line in text.split("\n"))
    plain = re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()
    return plain if plain.isascii() else unicodedata.normalize("NFC", re.sub("ı(?=[\u0300-\u0315])", "i", plain))


def as_read(text: str) -> str:
    r"""A title or an abstract as TeX would set it: `Schr\"odinger`, `\ell_1` and ``so'' become what they mean."""
    text = normal(text)
    while text != (clearer := normal(_clearer(text))):
        text = clearer
    return text


def written(text: str, *, ascii_only: bool = True) -> str:
    """A normal text in LaTeX: nothing in it means anything any more.

    Without `ascii_only` only what means something to TeX is escaped: for engines that read Unicode. Characters that
    LaTeX has no command for stay as they are in both.
    """
    if text.isascii() or not ascii_only:
        coded = _ASCII_RUNS.sub(_APART, text).translate(_SPECIAL)
    else:
        coded = _MARKED.sub(lambda match: _accented(match[1], match[2]), _RUNS.sub(_APART, text).translate(_ESCAPED))
    return coded.replace("\x00", "{}").replace("\n\n", "\\par ").replace("\n", "\\newline ")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut into formulas (True) and what is between them."""
    at = 0
    for match in MATH.finditer(text) if "$" in text else ():
        if not _is_math(match[0]):
            continue
        if match.start() > at:
            yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def _clearer(text: str) -> str:
    plain = unescaped(text)
    parts = []
    for piece, is_math in pieces(plain):
        parts.append(_formula(piece) if is_math else _spoken(piece))
    return "".join(parts)


def _spoken(text: str) -> str:
    text = _DASHES.sub(lambda dashes: "–" if len(dashes[0]) == 2 else "—", text)
    text = text.replace("``", "“").replace("''", "”")
    if "\\" in text:
        text = _FONTS.sub(r"\1", text)
    if "{" in text:
        text = _GROUP.sub(r"\1", text)
    if "\\" in text:
        text = _BARE.sub(lambda match: f"${match[0]}$", text)
    return text


def _formula(text: str) -> str:
    """Signs in a formula by their commands: TeX's fonts for formulas have no Unicode.

    A line break stands apart from the brace behind it, which bibtexparser would take for an escaped one.
    """
    text = _BREAK.sub(lambda sign: f"{sign[0]} " if sign[1] else sign[0], text)
    if text.isascii():
        return text
    return "".join(f"{{\\{_IN_MATHS[sign]}}}" if sign in _IN_MATHS else sign for sign in text)


_IN_MATHS: Final = {sign: command for command, sign in signs.MATHS.items()}


def _is_math(text: str) -> bool:
    """Whether TeX could set it: its braces match, and nothing in it ends a line or a column."""
    depth = 0
    for sign in re.findall(r"\\.|[{}]", text, re.DOTALL):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    # BibTeX counts escaped braces too.
    return depth == 0 and text.count("{") == text.count("}") and not _NO_MATH.search(text)


class _Escapes(dict[int, str]):
    """What stands for each character; filled as characters come."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _escaped(chr(code))
        return value


_ESCAPED: Final = _Escapes(_SPECIAL)


def _escaped(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    parts = unicodedata.normalize("NFD", sign)
    if len(parts) > 1 and parts[0].isascii() and all(mark in _MARKS for mark in parts[1:]):
        return _accented(parts[0], parts[1:])
    return sign


def _accented(letter: str, marks: str) -> str:
    r"""`{\'e}`; `{\'\i}`, since the dot must go; `{\^{\d{e}}}` where there are two."""
    if not all(mark in _MARKS for mark in marks):
        return letter + marks
    code = f"\\{letter}" if letter in "ij" and any(_MARKS[mark] not in "dckb" for mark in marks) else letter
    for mark in marks:
        command = _MARKS[mark]
        joined = f"{{{code}}}" if len(code) > 1 and not code.startswith("\\i") and not code.startswith("\\j") else code
        code = f"\\{command}{joined}" if not command.isalpha() else f"\\{command}{{{code.strip('{}')}}}"
    return f"{{{code}}}"
