"""One line on stderr that is written anew while something long goes on; only where a person sees it."""

from __future__ import annotations

import os
import sys
import time
from typing import Self

from paperreader.cli.streams import is_terminal
from paperreader.plain import printable

_PAUSE = 0.1
"""Seconds between two writings: quick enough to live, slow enough for ssh."""


class Progress:
    """Use it as a context: leaving it wipes the line, so that what is said next stands alone."""

    def __init__(self) -> None:
        self._seen = is_terminal(sys.stderr)
        self._next = 0.0
        self._shown = ""

    def __enter__(self) -> Self:
        """Nothing is shown yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the line."""
        self.wipe()

    def show(self, what: str, done: int, total: int | None) -> None:
        """ "Indexing 12,000 of 95,311 (12 %)", if the last line has stood for a while."""
        if not self._due():
            return
        if total:
            self._draw(f"{what} {done:,} of {total:,} ({100 * done // total} %)")
        else:
            self._draw(f"{what} {done:,}")

    def tell(self, what: str) -> None:
        """A line without numbers, at once, unless it stands there already."""
        if self._seen and what != self._shown:
            self._draw(what)

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown:
            self._draw("")

    def _due(self) -> bool:
        return self._seen and time.monotonic() >= self._next

    def _draw(self, text: str) -> None:
        """Blanks wipe the rest of the longer line before: every terminal knows those."""
        fits = printable(text)[: _columns() - 1]
        sys.stderr.write("\r" + fits.ljust(len(self._shown)) + ("" if fits else "\r"))
        sys.stderr.flush()
        self._shown = fits
        self._next = time.monotonic() + _PAUSE


def _columns() -> int:
    try:
        return max(20, os.get_terminal_size(sys.stderr.fileno()).columns)
    except OSError:
        return 80
