"""What a reading found besides papers: how many, what it left aside, what it could not understand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from paperreader.errors import UnreadableInput
from paperreader.plain import printable

# A file whose every line has a field of its own must not fill the memory; nobody reads more names than this.
_NAMES_KEPT = 50
_NAME_LENGTH = 40
_REFUSALS_KEPT = 20
Made = TypeVar("Made")
OTHER_NAMES = "(other fields)"


@dataclass(slots=True)
class Gleaned:
    """The counts of one import; a format adds to them while it reads."""

    papers: int = 0
    """Papers read so far."""
    bare: int = 0
    """Those of which the file has no more than an id."""
    ignored: Counter[str] = field(default_factory=Counter)
    """How many papers carried each field that we do not keep."""
    misread: Counter[str] = field(default_factory=Counter)
    """How many papers said something in a known field that is no value for it; the field was left empty."""

    refused: int = 0
    """Entries that name no paper or cannot be understood; the others of their file come in."""
    refusals: list[UnreadableInput] = field(default_factory=list)
    """Which and why: the first twenty."""

    def refuse(self, error: UnreadableInput) -> None:
        """Leave one entry out and remember why."""
        self.refused += 1
        if len(self.refusals) < _REFUSALS_KEPT:
            self.refusals.append(error)

    def each(self, make: Callable[[], Made]) -> tuple[Made, ...]:
        """What is made of one entry; nothing where that is refused."""
        try:
            return (make(),)
        except UnreadableInput as error:
            self.refuse(error)
            return ()

    def ignore(self, name: str) -> None:
        """Count a field that we do not keep."""
        shown = printable(name)[:_NAME_LENGTH]
        known = shown in self.ignored or len(self.ignored) < _NAMES_KEPT
        self.ignored[shown if known else OTHER_NAMES] += 1

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the person should hear about the fields that were not understood, one sentence part a field."""
        return tuple(f"{name} not understood: {count:,}" for name, count in sorted(self.misread.items()))
