"""Where the person sits: at this machine, or at another one that is connected to it by ssh."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, MutableMapping
from typing import NamedTuple

_PATIENCE = 1.0
"""Seconds that tmux may take; it answers in some 5 ms."""


class Session(NamedTuple):
    """What programs that show something can count on."""

    over_ssh: bool
    """The person sits at another machine."""
    display: bool
    """A window opened here would be seen (X11, Wayland, macOS, Windows)."""
    environ: Mapping[str, str]
    """The environment that this was read from, for programs that are started."""


def session(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Session:
    """The session as it is now; inside tmux as tmux knows it, since a pane outlives the connection it began in."""
    known = dict(os.environ if environ is None else environ)
    inside = _from_tmux(known) if known.get("TMUX") else {}
    for name, value in inside.items():
        if value is None:
            known.pop(name, None)
        else:
            known[name] = value
    told = ("SSH_CONNECTION",) if "SSH_CONNECTION" in inside else ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
    over_ssh = any(known.get(name) for name in told)
    native = platform in ("darwin", "win32") or bool(known.get("WSL_DISTRO_NAME"))
    shown = bool(known.get("DISPLAY") or known.get("WAYLAND_DISPLAY"))
    return Session(over_ssh=over_ssh, display=shown or (native and not over_ssh), environ=known)


def heed_terminal(environ: MutableMapping[str, str] | None = None) -> None:
    """Let the terminal say how large it is, now and when it is resized.

    Python believes COLUMNS and LINES first, which a shell or a test runner may have exported for another size. They
    stay where the terminal does not know its size (a serial line).
    """
    try:
        columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return
    if columns and lines:
        for name in ("COLUMNS", "LINES"):
            (os.environ if environ is None else environ).pop(name, None)


def _from_tmux(environ: Mapping[str, str]) -> dict[str, str | None]:
    """The variables that tmux takes over from whoever attaches; None for those that the last one had not."""
    try:
        answer = subprocess.run(
            ["tmux", "show-environment"],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return {}
    found: dict[str, str | None] = {}
    for line in answer.splitlines():
        name, separator, value = line.partition("=")
        if separator and not name.startswith("-"):
            found[name] = value
        elif line.startswith("-"):
            found[line[1:]] = None
    wanted = ("SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY")
    return {name: found[name] for name in wanted if name in found}
