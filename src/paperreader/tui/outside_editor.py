"""A text handed to the person's own editor, the terminal given to it while it runs; and whatever comes back."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from textual.app import App, SuspendNotSupported

_LIKELY = ("sensible-editor", "nano", "vim", "vi")
"""Where neither $VISUAL nor $EDITOR names one."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of the text."""

    text: str | None
    """As the editor left it; None where it is as it was."""
    trouble: str = ""
    """What went wrong, for the person."""


def command(environ: Mapping[str, str]) -> list[str]:
    """The editor and its arguments: $VISUAL, else $EDITOR, else what there is; empty where there is none."""
    for name in ("VISUAL", "EDITOR"):
        with suppress(ValueError):
            if words := shlex.split(environ.get(name, "")):
                return words
    found = next((name for name in _LIKELY if shutil.which(name, path=environ.get("PATH"))), None)
    return [found] if found else []


def edit(app: App[Any], text: str, folder: Path, environ: Mapping[str, str] | None = None) -> Edited:
    """Let the person edit it, in a file of `folder` that is deleted when all went well.

    An editor that fails or is killed loses nothing: what it wrote stays in its file, which the trouble names.
    """
    words = command(os.environ if environ is None else environ)
    if not words:
        return Edited(None, "No editor was found: set $EDITOR to yours.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="note-", suffix=".md", dir=folder)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        return Edited(None, f"The editor could not be given the note: {error.strerror}.")
    try:
        with app.suspend():
            trouble = _run([*words, name])
    except SuspendNotSupported:
        trouble = "The terminal cannot be handed to an editor here."
    return _read_back(Path(name), text, trouble)


def _run(words: list[str]) -> str:
    """Run it; returns what went wrong. Ctrl+C is the editor's: it is sent to both of us."""
    before = signal.signal(signal.SIGINT, _not_for_us)
    try:
        code = subprocess.run(words, check=False).returncode
    except OSError as error:
        return f"{words[0]} cannot be run: {error.strerror}."
    finally:
        signal.signal(signal.SIGINT, before)
    if not code:
        return ""
    return f"{words[0]} was killed." if code < 0 else f"{words[0]} ended with an error ({code})."


def _not_for_us(number: int, frame: FrameType | None) -> None:
    """A function and not SIG_IGN, which the editor would inherit."""


def _read_back(file: Path, before: str, trouble: str) -> Edited:
    try:
        after = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return Edited(None, trouble or f"What the editor wrote cannot be read: {error.strerror}.")
    changed = after.rstrip("\n") != before.rstrip("\n")
    if trouble and changed:
        return Edited(None, f"{trouble} What it wrote is in {file}.")
    with suppress(OSError):
        file.unlink()
    return Edited(after.rstrip("\n") if changed else None, trouble)
