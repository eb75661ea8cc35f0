"""What a paper is cited by: `doersch2024bootstap`, made of the first author, the year and the title's first word.

Here is only how a key is made; that no two papers of a library have the same one, and that each keeps its own for good,
is the library's to see to.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from paperreader.latex.writing import as_read
from paperreader.names import parts
from paperreader.paper import Paper

_LONGEST: Final = 24
_SHORTEST: Final = 3
_NOT_ASCII: Final = str.maketrans(
    {**{"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "ı": "i", "ŋ": "n"}}
)
_NOBODY: Final = "anon"
"""Before what would begin with a digit."""
_EMPTY_TEXT: Final = (
    "a an the on of for in to with towards toward from by at as and or is are was be do does did can could how "
    "what why when where which who if it its we you i our your no not via using into over under beyond about "
)
_EMPTY: Final = frozenset(_EMPTY_TEXT.split())
"""Words that half of all titles begin with."""
_COMMAND: Final = re.compile(r"\\[A-Za-z]+")


def citation_key(paper: Paper) -> str:
    """The key of this paper if it were alone: a letter, then letters and digits, in ASCII.

    Without an author that can be written so the title's word comes first: `heading2024`.
    """
    author = _author(paper.authors[0]) if paper.authors else ""
    word = _first_word(paper.title)
    year = paper.published[:4]
    made = f"{author}{year}{word}" if author else f"{word}{year}" if word else _plain(paper.id)[:_LONGEST]
    return f"{_NOBODY}{made}" if made[:1].isdigit() else made or "paper"


def _author(name: str) -> str:
    name_parts = parts(as_read(name))
    return _plain(name_parts.family or name_parts.whole)[:_LONGEST]


def _first_word(title: str) -> str:
    words = _COMMAND.sub(lambda match: match[0][1:], as_read(title)).split()
    known = [word for word in map(_word, words) if word]
    return next((word for word in known if word not in _EMPTY), known[0] if known else "")


def _word(text: str) -> str:
    """The first part of a word with hyphens that is long enough: "Tracking-Any" tracking, "B-PROP" bprop."""
    made = ""
    for part in re.split(r"[-–—/:]", text):
        made += _plain(part)
        if len(made) >= _SHORTEST:
            break
    return made[:_LONGEST]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_ASCII))
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())
