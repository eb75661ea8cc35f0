"""Word forms: `tracking`, `tracked` and `tracks` are one word to a question."""

from __future__ import annotations

import re
from functools import lru_cache

from whoosh.lang.porter import stem as _porter

_ENGLISH = re.compile("[a-z]{3,}")


@lru_cache(1 << 15)
def stem(word: str) -> str:
    """The Porter stem (M. F. Porter, 1980) of a word of three English letters or more; other words are their own."""
    return str(_porter(word)) if _ENGLISH.fullmatch(word) else word
