"""Once a day: a systemd user timer, a launchd agent, or a line for crontab where neither is there.

Each names the program by its absolute path and carries what it needs: a timer has neither a shell nor its variables.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from paperreader.digest.timers.job import JOB, Job, Scheduled
from paperreader.digest.timers.running import Ran, run

__all__ = ["Job", "Ran", "Run", "Scheduled", "Timer", "crontab_line", "files", "timer"]

Run = Callable[[Sequence[str]], Ran]
_CONFIG = "XDG_CONFIG_HOME"


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
        seen = found.environment() if there else None
        if seen is None:
            return None  # as in most containers
        # Its manager looks where its own environment says, not where this terminal's does.
        return _systemd(_units({**environ, _CONFIG: seen.get(_CONFIG, "")}), run)
    return found


def files(environ: Mapping[str, str], platform: str = sys.platform, run: Run = run) -> Timer:
    """What can read the files of a schedule, whether or not it can set one."""
    from paperreader.digest.timers.launchd import Launchd

    if platform == "darwin":
        return Launchd(Path(environ.get("HOME") or Path.home()) / "Library" / "LaunchAgents", run)
    places = [_units(environ), _units({**environ, _CONFIG: ""})]
    return _systemd(next((place for place in places if any(place.glob(f"{JOB}*.timer"))), places[0]), run)


def _systemd(folder: Path, run: Run) -> Timer:
    from paperreader.digest.timers.systemd import Systemd

    return Systemd(folder, run)


def crontab_line(job: Job) -> str:
    """The line that does it by cron."""
    from paperreader.digest.timers import crontab

    return crontab.line(job)


def _units(environ: Mapping[str, str]) -> Path:
    """Where a user's units are (systemd.unit(5))."""
    config = environ.get(_CONFIG, "")
    base = Path(config) if config.startswith("/") else Path(environ.get("HOME") or Path.home()) / ".config"
    return base / "systemd" / "user"
