"""Which command stands for which character, in text and in formulas: one table for both ways.

Text commands are those of the LaTeX kernel and of textcomp, which is part of it since 2020; commands for formulas those
of the kernel and amssymb.
"""

from __future__ import annotations

from typing import Final

MARKS: Final = {
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
"""Accents by their commands, as combining characters: The TeXbook, chapter 9; `k` is of T1."""

LETTERS: Final = {
    **{"i": "ı", "j": "ȷ", "l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ"},
    **{"oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ"},
    **{"ng": "ŋ", "NG": "Ŋ"},
}
"""Letters that have a command of their own; as `{\\ss}` they count as one letter where BibTeX sorts and cuts."""

TEXT: Final = {
    **{"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~"},
    **{"textasciicircum": "^", "textbar": "|", "textless": "<", "textgreater": ">", "textdollar": "$"},
    **{"textdegree": "°", "S": "§", "P": "¶", "pounds": "£", "copyright": "©", "textregistered": "®"},
    **{"texttrademark": "™", "texteuro": "€", "textyen": "¥", "textcent": "¢", "dots": "…", "textmu": "µ"},
    **{"textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textexclamdown": "¡"},
    **{"textquestiondown": "¿", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹"},
    **{"guilsinglright": "›", "quotedblbase": "„", "quotesinglbase": "‚", "textbullet": "•", "textperiodcentered": "·"},
    **{"textdagger": "†", "textdaggerdbl": "‡", "textperthousand": "‰", "textordfeminine": "ª"},
    **{"textordmasculine": "º", "textnumero": "№", "textmusicalnote": "♪", "textbrokenbar": "¦", "textcurrency": "¤"},
    **{"textlnot": "¬", "textasciimacron": "¯", "textasciiacute": "´", "textasciidieresis": "¨"},
}
"""Signs of running text, written as `\\textdegree{}`."""

ALSO_TEXT: Final = {
    **{"ldots": "…", "textellipsis": "…", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“"},
    **{"textquotedblright": "”", "textquotedbl": '"', "textquotesingle": "'", "textendash": "–", "textemdash": "—"},
    **{"textunderscore": "_", "textcopyright": "©", "textsterling": "£", "textsection": "§", "textparagraph": "¶"},
    **{"lbrace": "{", "rbrace": "}", "deg": "°", "degree": "°", "TeX": "TeX", "LaTeX": "LaTeX", "slash": "/"},
    **{"textasteriskcentered": "*", "textasciigrave": "`", "quad": " ", "qquad": " ", "space": " ", "relax": ""},
    **{"textsuperscriptst": "st", "ordinalmasculine": "º", "euro": "€", "BibTeX": "BibTeX", "-": ""},
}
"""More that others write and we read."""

MATHS: Final = {
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ"},
    **{"eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν"},
    **{"xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ"},
    **{"varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ"},
    **{"Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω"},
    **{"infty": "∞", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ell": "ℓ", "nabla": "∇", "partial": "∂"},
    **{"leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝"},
    **{"ll": "≪", "gg": "≫", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "uparrow": "↑", "downarrow": "↓"},
    **{"Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "mapsto": "↦", "in": "∈", "notin": "∉"},
    **{"subset": "⊂", "subseteq": "⊆", "supset": "⊃", "cup": "∪", "cap": "∩", "emptyset": "∅", "forall": "∀"},
    **{"exists": "∃", "neg": "¬", "wedge": "∧", "vee": "∨", "oplus": "⊕", "otimes": "⊗", "odot": "⊙", "circ": "∘"},
    **{"ast": "∗", "star": "⋆", "cdot": "⋅", "bullet": "∙", "sum": "∑", "prod": "∏", "int": "∫", "surd": "√"},
    **{"langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "prime": "′"},
    **{"hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "perp": "⊥", "top": "⊤", "parallel": "∥", "vdash": "⊢"},
    **{"models": "⊨", "cong": "≅", "angle": "∠", "triangle": "△", "diamond": "⋄", "cdots": "⋯", "vdots": "⋮"},
    **{"ddots": "⋱", "square": "□", "checkmark": "✓", "blacksquare": "■", "bigstar": "★", "dagger": "†"},
}
"""Signs of formulas, written as `\\ensuremath{\\alpha}` where they stand in running text."""

ALSO_MATHS: Final = {
    **{"le": "≤", "ge": "≥", "ne": "≠", "rightarrow": "→", "gets": "←", "land": "∧", "lor": "∨", "lnot": "¬"},
    **{"varnothing": "∅", "minus": "−", "longrightarrow": "⟶", "varrho": "ϱ", "iff": "⇔"},
}
"""More that others write and we read."""

RAISED: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n", strict=True))
LOWERED: Final = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-", strict=True))
LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\ufeff": "", "\u200b": ""}
"""What typesetting makes by itself, or what has no looks at all."""
