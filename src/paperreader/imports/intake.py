"""Files in, sightings out, in two passes: nothing is handed out unless every file can be read to its end.

Single entries that cannot be understood are left out and counted (`Gleaned.refused`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Self

from paperreader.errors import UnreadableInput
from paperreader.imports import FORMATS, recognised
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.imports.opening import InputFile, Source
from paperreader.paper import Sighting
from paperreader.plain import printable

_HEAD = 64 * 1024
"""Bytes from which the format is told."""
_STEP = 500
"""Papers between two reports of the first pass: about 20 ms."""


class Intake:
    """The files of one import. Use it as a context: leaving it removes the copies that were made of pipes."""

    def __init__(self, files: Sequence[InputFile], *, source: str = "import") -> None:
        """`source` is what the sightings name as the one who said so. Nothing is opened yet."""
        self.gleaned = Gleaned()
        """What the first pass found; complete when `check` has ended."""
        self._files = files
        self._source = source
        self._opened: list[Source] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Nothing to do: `check` opens the files."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove temporary copies."""
        self._stack.close()

    def check(self) -> Iterator[int]:
        """Read everything once; yield the number of papers so far, now and then and at the end.

        Raises UnreadableInput for the first file that cannot be read, and for a file without a paper.
        """
        for file in self._files:
            source = Source(file)
            self._stack.callback(source.close)
            self._opened.append(source)
            before, refused = self.gleaned.papers, len(self.gleaned.refusals)
            for _ in self._sightings_of(source, self.gleaned):
                self.gleaned.papers += 1
                if self.gleaned.papers % _STEP == 0:
                    yield self.gleaned.papers
            if self.gleaned.papers == before:
                if self.gleaned.refusals[refused:]:
                    raise self.gleaned.refusals[refused]
                raise UnreadableInput(f"{printable(source.name)}: there is no paper in it.")
        yield self.gleaned.papers

    def sightings(self) -> Iterator[Sighting]:
        """Read everything again and hand out the sightings, one at a time; to be called when `check` has ended.

        Raises UnreadableInput where a file changed since.
        """
        aside = Gleaned()
        for source in self._opened:
            yield from self._sightings_of(source, aside)

    def _sightings_of(self, source: Source, gleaned: Gleaned) -> Iterator[Sighting]:
        with closing(source.open()) as stream:
            head = Lines(source.name, stream).head(_HEAD)
            form = recognised(head)
            if form is None:
                raise _unknown(source.name, head)
            stream.seek(0)
            yield from form.read(Lines(source.name, stream), gleaned, self._source)


def _unknown(name: str, head: str) -> UnreadableInput:
    name = printable(name)
    begins = head.lstrip()
    if not begins:
        return UnreadableInput(f"{name} is empty.")
    line = head[: len(head) - len(begins)].count("\n") + 1
    known = ", ".join(form.name for form in FORMATS)
    hint = ""
    if begins.startswith(("\ufffd\ufffd", "\x00")) or "\x00" in begins[:100]:
        hint = "It does not look like UTF-8 text."
    return UnreadableInput(f"{name}, line {line}: this is none of {known}.", hint)
