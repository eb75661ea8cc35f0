"""Text folded to a number of terminal columns, in which a Chinese character takes two and an accent none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def wrapped(text: str, columns: int) -> Iterator[str]:
    """Lines of at most `columns`; a word that is longer is broken. `text` is one paragraph without controls."""
    line, used = "", 0
    for word in text.split():
        for piece in _pieces(word, columns):
            size = width(piece)
            if line and used + 1 + size <= columns:
                line, used = f"{line} {piece}", used + 1 + size
                continue
            if line:
                yield line
            line, used = piece, size
    if line:
        yield line


def width(text: str) -> int:
    """Columns that the text takes (Unicode Standard Annex 11; ambiguous characters are narrow)."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _pieces(word: str, columns: int) -> Iterator[str]:
    """The word, in parts that fit: Chinese and Japanese write without spaces."""
    piece, used = "", 0
    for character in word:
        size = _cells(character)
        if piece and used + size > columns:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + size
    yield piece
