"""From and To as they stand in a mail.

Written here because the standard library's folding tears names: within a long one it leaves a comma bare, which makes
one address two (https://github.com/python/cpython/issues/121284), and a space between two encoded words, where readers
drop it (RFC 2047, section 6.2).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from email.policy import Policy
from itertools import groupby
from typing import Final

from paperreader.digest.addresses import Mailbox

_LINE: Final = 76
"""Columns of a line that has encoded words (RFC 2047, section 2)."""
_LONGEST: Final = 68
"""Characters of an encoded word: at most 75, and the first one stands behind "From: "."""
_ATOMS: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+( [\w!#$%&'*+/=?^`{|}~-]+)*")
"""What needs no quotes (RFC 5322, section 3.2.3; with other letters, RFC 6532)."""
_ENCODED: Final = "=?"
"""What readers take for the beginning of an encoded word, wherever it stands."""
_SAFE: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
"""Bytes that stay as they are in a Q-encoded name (RFC 2047, section 5, rule 3)."""


class AddressHeader(str):
    """A header with one address. As a string it is as a person would write it."""

    name: str
    """The header's own name; `email` leaves a value that has one as it is."""
    _box: Mailbox

    def __new__(cls, name: str, box: Mailbox) -> AddressHeader:
        """The header `name`, with this address."""
        header = super().__new__(cls, str(box.header))
        header.name = name
        header._box = box
        return header

    def fold(self, *, policy: Policy) -> str:
        """The lines, as the generator of `email` asks for them."""
        lines = [f"{self.name}:"]
        for word in _words(self._box, utf8=bool(getattr(policy, "utf8", False))):
            if len(lines[-1]) + 1 + len(word) <= _LINE or lines[-1] == f"{self.name}:":
                lines[-1] += f" {word}"
            else:
                lines.append(f" {word}")
        return policy.linesep.join(lines) + policy.linesep


def _words(box: Mailbox, *, utf8: bool) -> list[str]:
    """What a line may break between."""
    if not box.name:
        return [box.address]
    if _ENCODED in box.name or not (utf8 or box.name.isascii()):
        return [*_mixed(box.name), f"<{box.address}>"]
    plain = box.name if _ATOMS.fullmatch(box.name) else '"' + re.sub(r'(["\\])', r"\\\1", box.name) + '"'
    return [*plain.split(" "), f"<{box.address}>"]


def _mixed(name: str) -> Iterator[str]:
    """Words in ASCII as they are, what stands between them encoded.

    That keeps most encoded words from being neighbours, which the parsers of Python 3.11 and 3.12 read with a space
    between them.
    """
    for bare, words in groupby(name.split(" "), key=_is_bare):
        if bare:
            yield from words
        else:
            yield from _encoded(" ".join(words))


def _is_bare(word: str) -> bool:
    return word.isascii() and _ENCODED not in word and _ATOMS.fullmatch(word) is not None


def _encoded(text: str) -> Iterator[str]:
    """Encoded words, cut behind spaces where that can be: a space between two of them says nothing."""
    form, write = min((("q", _q), ("b", _b)), key=lambda way: len(way[1](text)))
    room = _LONGEST - len(f"=?utf-8?{form}??=")
    piece = ""
    for part in _parts(text, write, room):
        if len(write(piece + part)) > room:
            yield f"=?utf-8?{form}?{write(piece)}?="
            piece = ""
        piece += part
    yield f"=?utf-8?{form}?{write(piece)}?="


def _parts(text: str, write: Callable[[str], str], room: int) -> Iterator[str]:
    """Words, each with the space behind it; letters where a word is longer than there is room for."""
    for word in re.findall(r"\S+ ?", text):
        yield from [word] if len(write(word)) <= room else word


def _q(text: str) -> str:
    return "".join(chr(byte) if byte in _SAFE else "_" if byte == 32 else f"={byte:02X}" for byte in text.encode())


def _b(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
