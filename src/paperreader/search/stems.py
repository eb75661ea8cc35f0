"""Word forms: `tracking`, `tracked` and `tracks` are one word to a question."""

from __future__ import annotations

import re
from functools import lru_cache

from whoosh.lang.snowball.english import EnglishStemmer

_ENGLISH = re.compile("[a-z]{3,}")
# Whoosh's `lang.porter` leaves the doubled consonant ("running" -> "runn", "bootstrapped" -> "bootstrapp").
_snowball = EnglishStemmer()


@lru_cache(1 << 15)
def stem(word: str) -> str:
    """The Snowball stem (M. F. Porter, 2001) of a word of three English letters or more; others are their own."""
    return str(_snowball.stem(word)) if _ENGLISH.fullmatch(word) else word
