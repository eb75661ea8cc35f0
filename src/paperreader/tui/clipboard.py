r"""Text onto the clipboard of the person, wherever they sit.

The terminal is asked first (OSC 52, the only way over ssh); it never answers, so the clipboard programs of the system
are used too where their display is there. Inside tmux `tmux load-buffer -w` hands the text on without any setting of
tmux (from 3.2 on); inside screen the sequence is wrapped, so that screen lets it through.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import App

from paperreader.plain import printable
from paperreader.session import Session, session

_PATIENCE = 2.0
"""Seconds that one clipboard program may take before it is left alone."""
_TERMINAL_LIMIT = 74_994
"""Bytes that terminals take at least by OSC 52: xterm's limit of 100,000 characters of base64, less the rest."""
_SCREEN_LIMIT = 700
"""Characters that screen lets through in one piece (its limit is 768)."""
_SHOWN = 60
"""Characters of the text in the sentence."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was done with the text."""

    text: str
    ways: tuple[str, ...]
    """What took it: "terminal", or a program's name."""

    @property
    def certain(self) -> bool:
        """Whether something confirmed it; a terminal never does."""
        return any(way != "terminal" for way in self.ways)

    @property
    def how(self) -> str:
        """What was done, where the text is told beside."""
        if not self.ways:
            return "Nothing here can copy it."
        return "It is on your clipboard." if self.certain else "It was handed to the terminal’s clipboard."

    def told_of(self, things: str) -> str:
        """What was done with several things: "3 links"."""
        if not self.ways:
            return f"Nothing here can copy {things}."
        return f"{things} are on your clipboard." if self.certain else f"Handed {things} to the terminal’s clipboard."

    @property
    def sentence(self) -> str:
        """For the line above."""
        text = printable(self.text)
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        if not self.ways:
            return f"Nothing here can copy: {shown}"
        return f"Copied {shown}" if self.certain else f"Handed to the terminal’s clipboard: {shown}"


async def copy(app: App[Any], text: str, environ: Mapping[str, str] | None = None) -> Copied:
    """Put the text on the clipboard; never raises, and programs run beside the screen.

    `environ` is for tests: the environment that decides which ways there are.
    """
    ways = ["terminal"] if _by_terminal(app, text, environ) else []
    done = await asyncio.to_thread(_by_programs, text, environ)
    return Copied(text, (*ways, *done))


def programs(here: Session) -> Iterator[tuple[str, ...]]:
    """The commands that can take the text in this session, each reading it from its standard input."""
    known = here.environ
    if known.get("TMUX"):
        yield "tmux", "load-buffer", "-w", "-"
    if known.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if known.get("DISPLAY"):
        yield "xclip", "-selection", "clipboard", "-in"
        yield "xsel", "--clipboard", "--input"
    if not here.over_ssh:
        yield ("pbcopy",)
        if known.get("WSL_DISTRO_NAME"):
            yield ("clip.exe",)
        if known.get("TERMUX_VERSION"):
            yield ("termux-clipboard-set",)


def in_screen(text: str) -> str:
    """The sequence of OSC 52 in the wrapping that GNU screen lets through to the terminal."""
    code = base64.b64encode(text.encode()).decode()
    pieces = [code[at : at + _SCREEN_LIMIT] for at in range(0, len(code), _SCREEN_LIMIT)] or [""]
    return "\x1bP\x1b]52;c;" + "\x1b\\\x1bP".join(pieces) + "\a\x1b\\"


def _by_terminal(app: App[Any], text: str, environ: Mapping[str, str] | None) -> bool:
    if len(text.encode("utf-8", "replace")) > _TERMINAL_LIMIT:
        return False
    clean = text.encode("utf-8", "replace").decode()
    app.copy_to_clipboard(clean)
    if _is_screen(os.environ if environ is None else environ) and app._driver is not None:
        app._driver.write(in_screen(clean))
    return True


def _is_screen(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("STY")) and not environ.get("TMUX")


def _by_programs(text: str, environ: Mapping[str, str] | None) -> tuple[str, ...]:
    """The first program that takes it, and tmux beside."""
    here = session(environ)
    done: list[str] = []
    for command in programs(here):
        outside = [name for name in done if name != "tmux"]
        if not outside and _handed(command, text, here.environ):
            done.append(command[0])
    return tuple(done)


def _handed(command: tuple[str, ...], text: str, environ: Mapping[str, str]) -> bool:
    """Whether the program is there and took the text in time.

    Its output goes nowhere: xclip stays in the background and would keep a pipe open.
    """
    program = shutil.which(command[0], path=environ.get("PATH"))
    if program is None:
        return False
    data = text.encode("utf-16-le") if command[0] == "clip.exe" else text.encode("utf-8", "replace")
    try:
        done = subprocess.run(
            [program, *command[1:]],
            input=data,
            env=dict(environ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            start_new_session=True,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
