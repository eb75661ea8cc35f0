"""What is done once a day, and what is known of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from hashlib import blake2b
from pathlib import Path
from typing import Final

from paperreader.errors import ScheduleError
from paperreader.plain import printable

JOB: Final = "paperreader-digest"
"""What the names of all jobs begin with."""
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Job:
    """A command and its time."""

    name: str
    """What its files are called by."""
    command: tuple[str, ...]
    """The words, the program first, by its absolute path."""
    at: time
    """In the machine's own time zone."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that the command needs, beside those that the timer has anyway."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What a file of a timer says."""

    at: str
    """The time, as it stands there."""
    file: Path
    program: str
    """What it starts."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """The variables that it sets for that."""


def name(home: Path | None) -> str:
    """The name of a library's job: each library that has a home of its own has a job of its own."""
    if home is None:
        return JOB
    return f"{JOB}-{blake2b(str(home).encode('utf-8', 'surrogateescape'), digest_size=4).hexdigest()}"


def command(program: Sequence[str], home: Path | None) -> tuple[str, ...]:
    """The words that refresh and send. Raises ScheduleError for a path that no timer's file can hold."""
    words = (*program, *(("--home", str(home)) if home else ()), "digest", "--send", "--refresh")
    _printable(words)
    return words


def environment(folders: Mapping[str, Path]) -> dict[str, str]:
    """Variables that name folders. Raises ScheduleError for a path that no timer's file can hold."""
    named = {variable: str(folder) for variable, folder in folders.items()}
    _printable(named.values())
    return named


def _printable(words: Iterable[str]) -> None:
    for word in words:
        if not word.isprintable():
            raise ScheduleError(f"{printable(word)!r} cannot stand in a timer's file.", "Rename the folder.")


def moment(text: str) -> time:
    """The time "08:00" or "8:00". Raises ScheduleError."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ScheduleError(f"{printable(text)!r} is no time.", "A time is written HH:MM, as 08:00.")
    return time(int(match[1]), int(match[2]))
