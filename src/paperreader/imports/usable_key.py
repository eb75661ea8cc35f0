"""Citation keys of other programs: which of them can stay."""

from __future__ import annotations

import re
from typing import Final

_USABLE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,99}")


def usable_key(text: str) -> str:
    """The key of another program's entry, if LaTeX, BibTeX and biber all take it; else nothing.

    A link, as Zotero has in CSL-JSON, is none, nor is a bare number.
    """
    text = text.strip()
    is_key = _USABLE.fullmatch(text) and "://" not in text and any(sign.isalpha() for sign in text)
    return text if is_key else ""
