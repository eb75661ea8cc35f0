r"""arXiv's feeds write names and titles in TeX's accents; here they become Unicode. Formulas stay as they are.

`P\'erez`, `Be{\l}za`, `\"{O}ncel`, `F{\i}rat`, `360{\deg}`: of 440 real author lines 43 hold some.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# TeX's accents as combining marks: The TeXbook, chapter 9.
_MARKS: Final = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_LETTERS: Final = {
    **{"i": "ı", "j": "ȷ", "l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ"},
    **{"OE": "Œ", "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ"},
    **{"ng": "ŋ", "NG": "Ŋ", "deg": "°", "S": "§", "P": "¶", "pounds": "£", "copyright": "©", "pm": "±"},
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η"},
    **{"theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π"},
    **{"rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω"},
    **{"Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ"},
    **{"Psi": "Ψ", "Omega": "Ω", "times": "×", "infty": "∞", "to": "→", "rightarrow": "→"},
}

_FORMULA: Final = re.compile(r"(?<!\\)\$[^$]*\$")
_BASE: Final = r"(?:\{\\?(?P<braced>[^\W\d_])\}|\\(?P<dotless>[ij])(?![A-Za-z])\s?|(?P<bare>[^\W\d_]))"
_ACCENT: Final = re.compile(
    rf"(?P<open>\{{)?\\{{1,2}}(?:(?P<sign>[`'^~=.\"])\s*|(?P<word>[uvHcdbkr])(?=[\s{{\\])\s*){_BASE}(?(open)\}})"
)
_LETTER: Final = re.compile(r"\{\\([A-Za-z]+)\}|\\([A-Za-z]+)(?:\{\}|\s|(?![A-Za-z]))")
_ESCAPED: Final = re.compile(r"\\([&%#_$ ])")


def unescaped(text: str) -> str:
    """The text with TeX's accents and named letters as Unicode (NFC); what is not certain stays as it came."""
    if "\\" not in text:
        return text
    parts = []
    end = 0
    for formula in _FORMULA.finditer(text):
        parts += [_plain(text[end : formula.start()]), formula[0]]
        end = formula.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    accented = _ACCENT.sub(_accented, text)
    lettered = _LETTER.sub(_lettered, accented)
    return _ESCAPED.sub(r"\1", lettered)


def _accented(match: re.Match[str]) -> str:
    base = match["braced"] or match["dotless"] or match["bare"]
    mark = _MARKS[match["sign"] or match["word"]]
    composed = unicodedata.normalize("NFC", base + mark)
    return composed if len(composed) == 1 else match[0]


def _lettered(match: re.Match[str]) -> str:
    return _LETTERS.get(match[1] or match[2], match[0])
