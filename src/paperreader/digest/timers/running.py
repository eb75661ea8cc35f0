"""Asking the programs that keep a machine's timers."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import Final, NamedTuple

from paperreader.plain import printable

_PATIENCE: Final = 20.0
"""Seconds; they answer in a few hundredths."""


class Ran(NamedTuple):
    """What came of a program."""

    code: int
    """Its exit code; 127 where it is not there or does not end."""
    out: str
    said: str
    """What it complained of, on one line."""


def run(words: Sequence[str]) -> Ran:
    """Run it to its end; never raises for what the program does."""
    try:
        done = subprocess.run(
            list(words), stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Ran(127, "", printable(str(error))[:200])
    said = " ".join(done.stderr.decode("utf-8", "replace").split())
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), printable(said)[:200])
