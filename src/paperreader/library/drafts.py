"""Notes that are being written: each pause is on the disk at once, so that a killed app loses nothing.

A draft is a file of JSON lines, one for each pause, only ever appended to: its last whole line counts. Whoever writes
it holds a lock on it, which ends with the process; a draft without one was left behind, and becomes the note at the
next start. (The note itself is written once, when the person is done: an undo then takes back all of it.)
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple

from paperreader.errors import StoreError


class Left(NamedTuple):
    """What somebody was writing when their app ended."""

    rid: int
    """Of which paper."""
    base: str
    """The note as it was when they began."""
    text: str
    """As far as they got."""
    file: Path
    """Where it is; to be deleted once the text is safe."""


class Draft:
    """One note that is being written."""

    def __init__(self, folder: Path, rid: int, base: str) -> None:
        """Nothing is written yet. `base` is the note as it is."""
        self._folder = folder
        self._rid = rid
        self.base = base
        self._descriptor = -1
        self._file = Path()
        self._kept = base

    def keep(self, text: str) -> None:
        """Put it on the disk, if it has changed. Raises StoreError where that cannot be."""
        if text == self._kept:
            return
        line = json.dumps({"rid": self._rid, "base": self.base, "text": text}) + "\n"
        try:
            if self._descriptor < 0:
                self._open()
            os.write(self._descriptor, line.encode())
            os.fsync(self._descriptor)
        except OSError as error:
            raise StoreError(
                f"What you are writing cannot be kept yet: {error.strerror}.", "Ctrl+S tries again; nothing is lost."
            ) from error
        self._kept = text

    def _open(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = mkstemp(prefix=f"{self._rid}-", suffix=".jsonl", dir=self._folder)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._descriptor, self._file = descriptor, Path(name)

    def drop(self, base: str) -> None:
        """The note is `base` now: the draft is needed no more."""
        self.base = self._kept = base
        if self._descriptor >= 0:
            with suppress(OSError):
                self._file.unlink()
            os.close(self._descriptor)
            self._descriptor = -1


def left(folder: Path) -> Iterator[Left]:
    """The drafts that nobody writes any more. One that cannot be read is left where it is."""
    for file in sorted(folder.glob("*.jsonl")):
        with suppress(OSError), file.open("rb") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            found = _last(opened.read(), file)
            if found is not None:
                yield found


def _last(written: bytes, file: Path) -> Left | None:
    """What the last line says that is whole."""
    for line in reversed(written.splitlines(keepends=True)):
        with suppress(ValueError, KeyError, TypeError):
            if line.endswith(b"\n"):
                known = json.loads(line)
                return Left(int(known["rid"]), str(known["base"]), str(known["text"]), file)
    return None
