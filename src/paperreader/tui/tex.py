r"""TeX in titles and abstracts, made readable in Unicode where that is certain; else left as it is.

`$\alpha$` is shown as α, `\textit{very}` as very, `n^2` as n², `Schr\"odinger` as Schrödinger, `50\%` as 50%.
Prices ("$5 and $10"), names with underscores and escaped quotation marks are none of that and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from paperreader.tui.edit import TEX_SIGNS, Edit
from paperreader.tui.texmath import lowered, raised, translated
from paperreader.tui.texsigns import COMBINING, LETTERS, WORDS

_PIECE = re.compile(
    r"""
      (?P<double> \$\$ .*? (?:\$\$|$) )
    | (?P<math>   \$ | \\\( )
    | \\(?P<font> textit|textbf|texttt|textsc|textsf|textrm|textsl|textup|textnormal|emph|underline|url)\{
    | \{\\(?P<switch> it|em|bf|tt|sc|sf)\s+
    | \\text(?P<script> superscript|subscript)\{(?P<raised>[^{}\\]*)\}
    | (?P<accent> \{\\[`'^"~=.]\s?\{?(?:[A-Za-z]|\\[ij])\}?\} | \\[`'^"~=.]\{(?:[A-Za-z]|\\[ij])\}
                | \\[uvHckrdb]\{[A-Za-z]\} | (?<=[^\W\d_])\\[`'^"~][aeiouyAEIOUY] )
    | \{\\(?P<braced> ss|ae|AE|oe|OE|aa|AA|[oOlLij])\}
    | \\(?P<escaped> [%&_#$])
    | \\(?P<word> [A-Za-z]+)(?:_(?:\{(?P<below>\d+)\}|(?P<low>\d)(?![\w{])))?
    | (?<=[^\W_]|[)\]])\^(?:\{(?P<group>[+-]?\d+)\}|(?P<power>\d+)(?![\w{]|[./,]\d))
    | ``(?P<quoted>[^`'\n]{1,200})''
    """,
    re.VERBOSE | re.DOTALL,
)
_TWO_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_WORDY = re.compile(r"\\(?:text|mathrm|mbox)\{[^{}]*\}")
_DOLLAR = re.compile(r"(?<!\\)\$")
_BRACKET = re.compile(r"\\\)")
_LONGEST = 300
"""Characters between two dollar signs: no formula of an abstract is longer, two prices may be."""


def edits(text: str) -> list[Edit]:
    """What to replace, in order, never overlapping."""
    return sorted(_found(text)) if not TEX_SIGNS.isdisjoint(text) else []


def readable(text: str) -> str:
    """The text with all of its edits made."""
    parts, at = [], 0
    for edit in edits(text):
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def _found(text: str) -> Iterator[Edit]:
    at = 0
    while match := _PIECE.search(text, at):
        at = match.end()
        if match["math"]:
            found = _formula(text, match)
            if found:  # what is a formula but cannot be shown for certain is passed over as a whole
                at = found.end
                if found.new:
                    yield found
        elif match["font"] or match["switch"]:
            yield from _unwrapped(text, match)
        elif (new := _single(match)) is not None:
            yield Edit(match.start(), match.end(), new)
        elif match["quoted"]:
            yield Edit(match.start(), match.start() + 2, "“")
            yield Edit(match.end() - 2, match.end(), "”")
            at = match.start() + 2


def _single(match: re.Match[str]) -> str | None:
    """What stands for the whole piece, if it is one that is replaced as a whole and certain."""
    if match["accent"]:
        return _accent(match["accent"])
    if match["script"]:
        return (raised if match["script"] == "superscript" else lowered)(match["raised"])
    if match["group"] or match["power"]:
        return raised(match["group"] or match["power"])
    if match["braced"]:
        return LETTERS[match["braced"]]
    if match["word"] in WORDS:
        return WORDS[match["word"]] + (lowered(match["below"] or match["low"] or "") or "")
    return match["escaped"]


def _formula(text: str, match: re.Match[str]) -> Edit | None:
    """The formula that begins here, by pandoc's rule for dollars and a few more doubts; `new` is empty if unsure."""
    start, inside = match.start(), match.end()
    dollar = match["math"] == "$"
    closing = (_DOLLAR if dollar else _BRACKET).search(text, inside, inside + _LONGEST)
    if not closing or closing.start() == inside:
        return None
    source = text[inside : closing.start()]
    if _TWO_WORDS.search(_WORDY.sub("", source)) or (dollar and not _is_math(text, start, source, closing.end())):
        return None
    return Edit(start, closing.end(), translated(source) or "")


def _is_math(text: str, start: int, source: str, after: int) -> bool:
    """It opens before no space and after no letter (but for x$^2$), and closes after no space and before no digit."""
    if source[0].isspace() or source[-1].isspace() or text[after : after + 1].isdigit():
        return False
    before = text[start - 1 : start]
    return not before.isalnum() or source[0] in "^_\\"


def _unwrapped(text: str, match: re.Match[str]) -> Iterator[Edit]:
    """`\\emph{...}` and `{\\em ...}` lose their command and braces; what is inside is looked at on its own."""
    depth = 1
    for at in range(match.end(), len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            yield Edit(match.start(), match.end(), "")
            yield Edit(at, at + 1, "")
            return


def _accent(source: str) -> str | None:
    """One accented letter, if Unicode has it as one character."""
    bare = re.sub(r"[{}\s\\]", "", source)
    mark, letter = bare[0], bare[1]
    composed = unicodedata.normalize("NFC", letter + COMBINING[mark])
    return composed if len(composed) == 1 else None
