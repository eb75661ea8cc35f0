"""Once a day: a systemd user timer, a launchd agent, or a line for crontab where neither is there.

Each names the program by its absolute path and carries what it needs: a timer has neither a shell nor its variables.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from paperreader.digest.timers.job import Job, Scheduled
from paperreader.digest.timers.running import Ran, run

__all__ = ["Job", "Ran", "Run", "Scheduled", "Timer", "crontab_line", "files", "timer"]

Run = Callable[[Sequence[str]], Ran]


class Timer(Protocol):
    """What makes this machine do something once a day."""

    @property
    def label(self) -> str:
        """What it is called: "systemd"."""

    def schedule(self, job: Job) -> list[str]:
        """Do it from now on, in place of what was there under its name; what to tell the person.

        Raises ScheduleError.
        """

    def unschedule(self, name: str) -> bool:
        """No longer do it; whether there was anything. Raises ScheduleError."""

    def scheduled(self, name: str) -> Scheduled | None:
        """What is done under this name, read from its file; None where nothing is."""

    def environment(self) -> Mapping[str, str] | None:
        """The variables that it gives to what it starts; None where that cannot be known."""

    def lacks(self) -> list[str]:
        """What keeps it from running at some times, in sentences."""


def timer(environ: Mapping[str, str], platform: str = sys.platform, run: Run = run) -> Timer | None:
    """What this machine has; None where there is neither systemd for users nor launchd."""
    found = files(environ, platform, run)
    if found.label == "systemd":
        there = shutil.which("systemctl", path=environ.get("PATH")) is not None
        return found if there and found.environment() is not None else None  # there is none in most containers
    return found


def files(environ: Mapping[str, str], platform: str = sys.platform, run: Run = run) -> Timer:
    """What can read the files of a schedule, whether or not it can set one."""
    from paperreader.digest.timers.launchd import Launchd
    from paperreader.digest.timers.systemd import Systemd

    if platform == "darwin":
        return Launchd(Path(environ.get("HOME") or Path.home()) / "Library" / "LaunchAgents", run)
    return Systemd(_units(environ), run)


def crontab_line(job: Job) -> str:
    """The line that does it by cron."""
    from paperreader.digest.timers import crontab

    return crontab.line(job)


def _units(environ: Mapping[str, str]) -> Path:
    """Where a user's units are (systemd.unit(5))."""
    config = environ.get("XDG_CONFIG_HOME", "")
    base = Path(config) if config.startswith("/") else Path(environ.get("HOME") or Path.home()) / ".config"
    return base / "systemd" / "user"
