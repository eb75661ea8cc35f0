"""How text is folded and cut into words; one way for papers and for questions, so that they meet.

Folding drops accents, full-width and other compatibility forms and case (`Łódź` and `lodz`, `ﬁne` and `fine` meet),
makes every hyphen one and drops what is invisible (and `$`: `$k$-NN` is `k-NN`). Cutting then finds

| in the text                 | words                                                                    |
|-----------------------------|--------------------------------------------------------------------------|
| `fine-tuning`, `O'Brien`    | both parts, and both as one: fine, tuning, finetuning                    |
| `GPT-4-turbo`, `R-CNN`      | the parts; neighbours as one where one is short or has digits: gpt4      |
| `BootsTAP`                  | bootstap, and its parts of three letters and more: boots, tap            |
| `ResNet50`                  | resnet50, and the letters before the digits: resnet                      |
| `2.5`, `Qwen2.5`            | 2.5, qwen2.5                                                             |
| `C++`, `C#`, `PointNet++`   | c++, c#, pointnet++ and pointnet                                         |
| `β-VAE`, `βVAE`, `beta-VAE` | beta, vae, betavae: a Greek letter that stands alone is its name         |
| `注意力`                     | each character and each pair of neighbours; Japanese, Korean, Thai alike |

Where only ASCII stands (nearly every abstract), short cuts give the same words faster.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import NamedTuple

# Part of the index's stamp: raise it with every change of what is cut, so that indexes are built anew.
VERSION = 1


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# The commonest words of English abstracts that say nothing (the, 100 %, to been, 15 % of the benchmark corpus): the
# text's bag leaves them out. Titles keep them, so that "the who" can be found.
COMMONEST = _set(
    "the of and to in for we this is that on with by an are as our from which can be it such or these have has at a "
    "also not their its than been"
)

# Dropped from questions that have other words; leaving these in costs up to .03 nDCG@10 (36 instead of about 100).
UNASKED = COMMONEST | _set(
    "about after all any because before being between both but could did do does doing during each few had "
    "he her here his how i if into me more most must my no nor now off only other out over own she should so "
    "some then there they those through too under until up very was were what when where who whom why will would "
    "you your us them among however while within without"
)

_CJK = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7fb\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of the scripts of India and its neighbours are marks, which `\w` leaves out.
_MARKS = "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0a81-\u0acd"
_MARKS += "\u0b01-\u0b4d\u0b82\u0bbe-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d\u0d82-\u0ddf\u0f71-\u0f84"

_LETTERS = """α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi
ο omicron π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega"""
_NAMES = dict(zip(_LETTERS.split()[::2], _LETTERS.split()[1::2], strict=True))

# Letters with a stroke and ligatures have no decomposition in Unicode, yet people type them without.
_SPELT = {
    **{"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h"},
    **{"Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "SS"},
    **{"ς": "σ", "ϵ": "ε", "ϑ": "θ", "ϕ": "φ", "ϱ": "ρ", "ϖ": "π", "ϰ": "κ"},
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\uff07\u2032", "'"),
    **dict.fromkeys("$\u00ad\u200b\u200c\u200d\u2060\ufeff\u0640", ""),
}


class _Fold(dict[int, str]):
    """What each character becomes; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        spelt = _SPELT.get(char)
        if spelt is None:
            parts = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
            spelt = "".join(_SPELT.get(c, c) for c in unicodedata.normalize("NFC", parts))
        if 0xD800 <= code <= 0xDFFF:
            spelt = " "
        # Nothing may grow or shrink when it is lowered later: offsets rest on it.
        self[code] = "".join(c if len(c.lower()) == 1 else c.lower()[0] for c in spelt)
        return self[code]


_FOLD = _Fold()


class Piece(NamedTuple):
    """A word of a text, and where it stands there."""

    word: str
    start: int
    end: int


class _Cutter:
    """The patterns over one alphabet; `cjk` is the class of scripts without spaces, or empty."""

    def __init__(self, letter: str, cjk: str) -> None:
        word = rf"{letter}+(?:(?<=[0-9])\.[0-9]{letter}*)*"
        self.base = re.compile(f"[{cjk}]+|{word}" if cjk else word)
        self.compound = re.compile(rf"(?<![^\W_]){word}(?:[-'_]{word})+")
        self.signed = re.compile(rf"(?<![^\W_]){word}\+\+(?!{letter}|\+)|(?<![^\W_])[a-z]\#(?!{letter})")


_ASCII = _Cutter("[a-z0-9]", "")
_ANY = _Cutter(rf"(?:(?![{_CJK}])[^\W_]|[{_MARKS}])", _CJK)
_UNSPACED = re.compile(f"[{_CJK}]+")
_LINK = re.compile("[-'_]")
_POSSESSIVE = re.compile(r"'s(?!\w)")
_BORDER = re.compile("[a-z][A-Z]")
_CAMEL = re.compile("[A-Za-z]*[a-z][A-Z][A-Za-z]*")
_HUMP = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NUMBERED = re.compile("(?<![a-z0-9])[a-z]{3,}(?=[0-9])")
_GREEK = re.compile("(?<![α-ω])[α-ω](?![α-ω])")
_MIXED = re.compile("[a-z0-9]{2,}")
# Shorter parts of a CamelCase word are rarely words: LoRA, LeCun, arXiv.
_SHORTEST_HUMP = 3


def folded(text: str) -> str:
    """The text without accents, compatibility forms and case; it may be shorter or longer than before."""
    return _prepared(text)[1]


def terms(text: str) -> list[str]:
    """Every word that a paper's text is found by, as often as it stands, in no order."""
    cased, lower, cutter = _prepared(text)
    words: list[str] = cutter.base.findall(lower)
    if cutter is _ANY:
        words = [piece.word for word in words for piece in _spread(Piece(word, 0, len(word)))]
    words += [piece.word for piece in _extras(cased, lower, cutter)]
    return words


def pieces(text: str) -> list[Piece]:
    """All of `terms` with their places in the text as it was given (before folding), by start."""
    cased, lower, cutter = _prepared(text)
    found = [Piece(match.group(), match.start(), match.end()) for match in cutter.base.finditer(lower)]
    if cutter is _ANY:
        found = [part for piece in found for part in _spread(piece)]
    found += _extras(cased, lower, cutter)
    if cased is not text:
        found = _placed(found, text)
    found.sort(key=lambda piece: (piece.start, piece.end))
    return found


def sequence(text: str) -> list[Piece]:
    """The simple words in their order with their places, as phrases are read: `R-CNN's 注意` is r, cnn, 注, 意."""
    cased, lower, cutter = _prepared(text)
    found = [part for piece in _simple(lower, cutter) for part in _characters(piece)]
    return _placed(found, text) if cased is not text else found


def asked(text: str) -> list[str]:
    """A piece of a question, cut: as `sequence`, but scripts without spaces give pairs (`注意力` is 注意, 意力).

    What stands joined (`BootsTAP`) stays joined: its parts would find other papers.
    """
    _, lower, cutter = _prepared(text)
    words: list[str] = []
    for piece in _simple(lower, cutter):
        word = piece.word
        paired = len(word) > 1 and unspaced(word)
        words += [word[i : i + 2] for i in range(len(word) - 1)] if paired else [_named(word)]
    return words


def unspaced(word: str) -> bool:
    """Whether the word is of a script that is written without spaces."""
    return not word.isascii() and _UNSPACED.fullmatch(word) is not None


def _prepared(text: str) -> tuple[str, str, _Cutter]:
    """The text folded, with its case and without (of one length), and the patterns for it."""
    if text.isascii() and "$" not in text:
        cased, lower = text, text.lower()
    else:
        cased = text.translate(_FOLD)
        lower = cased.lower().replace("ς", "σ")
    if "'" in lower:
        lower = _POSSESSIVE.sub("  ", lower)
    return cased, lower, _ASCII if lower.isascii() else _ANY


def _simple(lower: str, cutter: _Cutter) -> list[Piece]:
    """The words in their order, runs of unspaced scripts whole, `c++` and `c#` in place of their letters."""
    found = [Piece(match.group(), match.start(), match.end()) for match in cutter.base.finditer(lower)]
    if "++" in lower or "#" in lower:
        signed = {match.start(): Piece(match.group(), *match.span()) for match in cutter.signed.finditer(lower)}
        found = [signed.get(piece.start, piece) for piece in found]
    return found


def _extras(cased: str, lower: str, cutter: _Cutter) -> list[Piece]:
    """What is found besides the simple words: joined ones, parts of joined ones, `c++`."""
    found: list[Piece] = []
    if "-" in lower or "'" in lower or "_" in lower:
        found += (piece for match in cutter.compound.finditer(lower) for piece in _joined(match.group(), match.start()))
    if _BORDER.search(cased):
        found += (piece for match in _CAMEL.finditer(cased) for piece in _humps(match.group(), match.start()))
    found += (Piece(match.group(), match.start(), match.end()) for match in _NUMBERED.finditer(lower))
    if "++" in lower or "#" in lower:
        found += (Piece(match.group(), match.start(), match.end()) for match in cutter.signed.finditer(lower))
    return found


def _joined(compound: str, offset: int) -> list[Piece]:
    """Two parts: both as one. More: neighbours of which one is short or has digits (`gpt-4-turbo`, `k-nn-based`)."""
    parts: list[tuple[str, int, int]] = []
    start = 0
    for link in [*_LINK.finditer(compound), None]:
        end = link.start() if link else len(compound)
        parts.append((_named(compound[start:end]), offset + start, offset + end))
        start = link.end() if link else end
    pairs = itertools.pairwise(parts)
    if len(parts) == 2:
        return [Piece(a + b, begin, end) for (a, begin, _), (b, _, end) in pairs]
    return [Piece(a + b, begin, end) for (a, begin, _), (b, _, end) in pairs if _terse(a, b) or _terse(b, a)]


def _terse(short: str, other: str) -> bool:
    return (len(short) <= 2 or not short.isalpha()) and short not in UNASKED and other not in UNASKED


def _humps(word: str, offset: int) -> list[Piece]:
    """The parts of a CamelCase word, the long ones."""
    return [
        Piece(hump.group().lower(), offset + hump.start(), offset + hump.end())
        for hump in _HUMP.finditer(word)
        if hump.end() - hump.start() >= _SHORTEST_HUMP
    ]


def _spread(piece: Piece) -> list[Piece]:
    """A simple word as a paper is found by it: characters and pairs of unspaced scripts, Greek letters by name."""
    word, start, end = piece
    if word.isascii():
        return [piece]
    if unspaced(word):
        pairs = [Piece(word[i : i + 2], start + i, start + i + 2) for i in range(len(word) - 1)]
        return [*_characters(piece), *pairs]
    found = [Piece(_named(word), start, end)]
    if len(word) > 1:
        for letter in _GREEK.finditer(word):
            found.append(Piece(_named(letter.group()), start + letter.start(), start + letter.end()))
        if len(found) > 1:
            found += (Piece(m.group(), start + m.start(), start + m.end()) for m in _MIXED.finditer(word))
    return found


def _characters(piece: Piece) -> list[Piece]:
    """A run of an unspaced script as its characters; another word as it is, Greek letters by name."""
    word, start, end = piece
    if unspaced(word):
        return [Piece(char, start + i, start + i + 1) for i, char in enumerate(word)]
    return [Piece(_named(word), start, end)]


def _named(word: str) -> str:
    """The word with each Greek letter that stands alone spelt out."""
    if word.isascii():
        return word
    return _GREEK.sub(lambda letter: _NAMES.get(letter.group(), letter.group()), word)


def _placed(found: list[Piece], text: str) -> list[Piece]:
    """The pieces of the folded text with their places in the text itself, accents that follow a letter included."""
    if not found:
        return found
    if all(len(_FOLD[ord(char)]) == 1 for char in set(text)):  # one for one, as in nearly all texts
        return found
    starts = [index for index, char in enumerate(text) for _ in _FOLD[ord(char)]]
    placed: list[Piece] = []
    for word, start, end in found:
        stop = starts[end - 1] + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        placed.append(Piece(word, starts[start], stop))
    return placed
