"""Text from outside, made plain: what may be kept, and what may be shown.

What is kept is nearly what came (an export gives it back); what is shown can neither steer a terminal nor turn
the reading direction of its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_ASCII_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_SURROGATES = "[\ud800-\udfff\x00]"
_WORDS_SHOWN = 12

# Controls that reorder or hide neighbouring text (Unicode TR 36, section 3.2): overrides, embeddings, isolates, marks.
_REORDERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_SHOWN: dict[int, str | None] = {code: chr(0x2400 + code) for code in range(0x20)}
_SHOWN |= dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")
_SHOWN |= {0x7F: "\u2421"} | dict.fromkeys([*range(0x80, 0x85), *range(0x86, 0xA0)], "\ufffd")
_SHOWN |= dict.fromkeys(map(ord, _REORDERING), None)


def storable(text: str) -> str:
    """The text as UTF-8 and SQLite can hold it: lone surrogates and NUL become U+FFFD."""
    if text.isascii() and "\x00" not in text:
        return text  # three times as quick, and most titles and names are so
    return re.sub(_SURROGATES, "\ufffd", text)


def one_line(text: str) -> str:
    """Storable, with every run of white space folded to one space: for titles and names."""
    return " ".join(storable(text).split())


def printable(text: str) -> str:
    """The text as one may put it on a terminal.

    Line breaks become spaces, other controls their pictures (ESC is shown as ␛), reordering controls go.
    """
    return text.translate(_SHOWN)


def folded(text: str) -> str:
    """For comparing: compatibility forms and accents dropped, case folded."""
    if text.isascii():
        return text.lower()  # the same, and ten times as quick: most titles are so
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def shown_title(title: str, text: str = "") -> str:
    """The title as the screen shows it; without one, the first words of the text, else "(untitled)"."""
    plain = printable(title).strip()
    if plain:
        return plain
    words = printable(text[:400]).split()
    if not words:
        return "(untitled)"
    return " ".join(words[:_WORDS_SHOWN]) + ("…" if len(words) > _WORDS_SHOWN else "")


def web_address(url: str) -> str:
    """The address if it is http or https and of one line, percent-encoded to ASCII; else nothing."""
    url = url.strip()
    if not url.lower().startswith(("http://", "https://")) or not url.isprintable() or " " in url:
        return ""
    return quote(url, safe=_ASCII_PRINTABLE)
