r"""TeX's names for signs, letters and accents, and their Unicode.

Sources: the LaTeX kernel's and amssymb's symbol lists, Unicode's superscripts and subscripts (U+2070 and around,
phonetic letters). Only signs of the Basic Multilingual Plane: what lies beyond is missing from many terminal fonts.
"""

from __future__ import annotations


def _named(names: str, signs: str) -> dict[str, str]:
    """Names with a space between them, each with its sign."""
    return dict(zip(names.split(), signs, strict=True))


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = (
    _named("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu", "αβγδεζηθικλμ")
    | _named("nu xi pi rho sigma tau upsilon phi chi psi omega", "νξπρστυφχψω")
    | _named("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega", "ΓΔΘΛΞΠΣΥΦΨΩ")
    | _named("varepsilon vartheta varpi varrho varsigma varphi", "εϑϖϱςφ")
)
"""Both epsilons and both phis are the letter that all fonts have."""

SIGNS = GREEK | {
    "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "infty": "∞", "partial": "∂", "nabla": "∇", "emptyset": "∅",
    "times": "×", "div": "÷", "pm": "±", "mp": "∓", "cdot": "·", "ast": "*", "star": "⋆", "circ": "∘", "bullet": "•",
    "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "odot": "⊙", "setminus": "∖", "cap": "∩", "cup": "∪", "wedge": "∧",
    "vee": "∨", "land": "∧", "lor": "∨", "neg": "¬", "forall": "∀", "exists": "∃", "in": "∈", "notin": "∉", "ni": "∋",
    "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "leqslant": "≤", "geqslant": "≥", "lesssim": "≲", "gtrsim": "≳", "ll": "≪", "gg": "≫", "neq": "≠", "ne": "≠",
    "approx": "≈", "sim": "∼", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "perp": "⊥", "parallel": "∥",
    "mid": "|", "vert": "|", "Vert": "‖", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "prec": "≺",
    "succ": "≻", "preceq": "⪯", "succeq": "⪰", "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "implies": "⇒", "iff": "⇔",
    "mapsto": "↦", "longrightarrow": "→", "uparrow": "↑", "downarrow": "↓", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "ldots": "…", "dots": "…", "cdots": "⋯", "sum": "∑",
    "prod": "∏", "int": "∫", "top": "⊤", "bot": "⊥", "prime": "′", "dagger": "†", "ddagger": "‡", "degree": "°",
    "checkmark": "✓", "square": "□", "triangle": "△", "triangleq": "≜", "aleph": "ℵ", "lbrace": "{", "rbrace": "}",
    "eps": "ε", "R": "ℝ",
}  # fmt: skip
"""Commands without argument, inside mathematics; `eps` and `R` are nobody's but everybody's macros."""

WORDS = GREEK | {
    name: SIGNS[name]
    for name in _names("ell infty times pm cdot leq geq le ge neq approx rightarrow to Rightarrow ldots dots")
}
"""Those of them that are certain between words too."""

FUNCTIONS = _names(
    "log ln lg exp min max sup inf lim limsup liminf sin cos tan tanh sinh cosh arg argmin argmax det dim ker deg gcd "
    "Pr hom mod bmod"
)
"""Names that TeX sets upright."""

SPACES = {",": " ", ";": " ", ":": " ", "!": "", " ": " ", "quad": " ", "qquad": " ", "thinspace": " ", "/": ""}
"""Commands that only make room."""

DROPPED = _names(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr middle displaystyle textstyle limits nolimits bf it rm em cal sf "
    "tt sc boldmath"
)
"""Sizes and switches of the letter, which plain text has not."""

FONTS = _names(
    "mathcal mathbf mathrm mathsf mathtt mathit mathscr mathfrak boldsymbol bm text textrm textbf textit textsf texttt "
    "textsc textnormal emph operatorname mbox hbox ensuremath pmb"
)
"""Commands whose argument is all that plain text can show."""

DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
"""The letters of \\mathbb that stand in the Basic Multilingual Plane."""

COMBINING = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
"""Accents of text."""

MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "Tilde": "\u0303", "bar": "\u0304",
    "overline": "\u0305", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "vec": "\u20d7",
}  # fmt: skip
"""Accents of mathematics."""

LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å"}
LETTERS |= {"AA": "Å", "i": "ı", "j": "ȷ"}
"""Letters that have a name of their own; certain in braces only."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′*⋆∘°",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′*⋆°°",
        strict=True,
    )
)
SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
