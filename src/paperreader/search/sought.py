"""The places of a few words in a text, as a page of passages needs them, without cutting the whole text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from paperreader.search import words
from paperreader.search.words import Piece

# What stands around a plain word and is never a part of one.
_AROUND = '.,;:!?()[]"'
# A longer run without spaces is not kept: cut, it takes kilobytes.
_SHORT = 40
_KEPT = 4096


def sought(text: str, wanted: Callable[[str], bool]) -> list[Piece]:
    """Those of `words.pieces(text)` whose word is wanted.

    No word reaches over white space, and most of what stands between it is one plain word: only the rest
    is cut.
    """
    tokens = text.split()
    hits: dict[str, list[Piece]] = {}
    for token in set(tokens):
        core = token.strip(_AROUND)
        if core.isalpha() and core.isascii() and (core[1:].islower() or core.isupper() or len(core) == 1):
            word = core.lower()
            if wanted(word):
                start = token.index(core)
                hits[token] = [Piece(word, start, start + len(core))]
        elif core:
            found = [piece for piece in _cut_token(token) if wanted(piece.word)]
            if found:
                hits[token] = found
    placed: list[Piece] = []
    at = 0
    for token in tokens if hits else ():
        at = text.index(token, at)
        placed += [Piece(word, at + start, at + end) for word, start, end in hits.get(token, ())]
        at += len(token)
    return placed


def _cut_token(token: str) -> Sequence[Piece]:
    return _cut_short(token) if len(token) <= _SHORT else words.pieces(token)


@lru_cache(_KEPT)
def _cut_short(token: str) -> tuple[Piece, ...]:
    return tuple(words.pieces(token))
