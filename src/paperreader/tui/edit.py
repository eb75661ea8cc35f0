"""What stands for a piece of a text on the screen; and which texts may have TeX at all."""

from __future__ import annotations

from typing import NamedTuple

TEX_SIGNS = frozenset("\\$^`")
"""A text without any of these has no TeX in it: what understands it need not be imported."""


class Edit(NamedTuple):
    """A piece of the text and what stands for it."""

    start: int
    end: int
    new: str
