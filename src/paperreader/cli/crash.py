"""A bug, written down: the traceback goes to the log file, one sentence to the person."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from paperreader import __version__

_FULL = 1 << 20
"""Bytes after which the log begins anew, the old one kept beside it: a bug in a cron job must not fill the disk."""


def told(error: BaseException, log: Path) -> str:
    """Write the traceback to the log; returns the sentence. Where no log can be written, stderr takes the traceback."""
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    try:
        _append(log, error)
    except OSError:
        traceback.print_exception(error)
        return f"paperreader: this is a bug, please report it, with what you did last: {what}"
    return f"paperreader: this is a bug, please report it, with what you did last and the end of {log}: {what}"


def _append(log: Path, error: BaseException) -> None:
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _FULL:
        log.replace(log.with_suffix(".old.log"))
    head = f"--- {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, paperreader {__version__}, Python {sys.version.split()[0]}"
    with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(head + "\n" + "".join(traceback.format_exception(error)))
