"""A launchd agent (macOS): the property list is made here, `launchctl` is told of it.

A Mac that sleeps at the time does it when it wakes (launchd.plist(5), StartCalendarInterval).
"""

from __future__ import annotations

import os
import plistlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from xml.parsers.expat import ExpatError

from paperreader.digest.timers.job import Job, Scheduled
from paperreader.digest.timers.running import Ran
from paperreader.errors import ScheduleError

_PATH: Final = "/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin"
"""Where password commands are, also Homebrew's: launchd itself knows the system's folders only."""


class Launchd:
    """Property lists in `folder`; `run` runs launchctl."""

    label = "launchd"

    def __init__(self, folder: Path, run: Callable[[Sequence[str]], Ran]) -> None:
        self._folder = folder
        self._run = run

    def schedule(self, job: Job) -> list[str]:
        """Write the list, and load it in place of the one before. Raises ScheduleError; then nothing is left of it."""
        file = self._file(job.name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file.write_bytes(plistlib.dumps(agent(job)))
        except OSError as error:
            raise ScheduleError(f"{file} cannot be written: {error.strerror}.", "Check whose it is.") from error
        self._run(["launchctl", "bootout", f"{_domain()}/{job.name}"])  # says no where none was loaded
        loaded = self._run(["launchctl", "bootstrap", _domain(), str(file)])
        if loaded.code:
            file.unlink(missing_ok=True)
            raise ScheduleError(f"launchd refuses the agent: {loaded.said}", "Try it in a terminal of your desktop.")
        return [f"The agent is {file}.", *self.lacks()]

    def unschedule(self, name: str) -> bool:
        """Unload the agent and delete its list."""
        file = self._file(name)
        if not file.exists():
            return False
        self._run(["launchctl", "bootout", f"{_domain()}/{name}"])
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise ScheduleError(f"{file} cannot be removed: {error.strerror}.", "Check whose it is.") from error
        return True

    def scheduled(self, name: str) -> Scheduled | None:
        """What the list says."""
        file = self._file(name)
        with suppress(
            OSError, plistlib.InvalidFileException, ExpatError, KeyError, TypeError, IndexError, AttributeError
        ):
            known = plistlib.loads(file.read_bytes())
            at = known["StartCalendarInterval"]
            time = f"{at['Hour']:02}:{at['Minute']:02}"
            variables = {str(key): str(value) for key, value in known.get("EnvironmentVariables", {}).items()}
            return Scheduled(time, file, str(known["ProgramArguments"][0]), variables)
        return None

    def environment(self) -> Mapping[str, str] | None:
        """Only what the list says itself."""
        return {"PATH": _PATH}

    def lacks(self) -> list[str]:
        """An agent belongs to a session."""
        return ["While you are logged out it does not run: an agent belongs to your session."]

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.plist"


def agent(job: Job) -> dict[str, Any]:
    """The property list."""
    return {
        "Label": job.name,
        "ProgramArguments": list(job.command),
        "StartCalendarInterval": {"Hour": job.at.hour, "Minute": job.at.minute},
        "EnvironmentVariables": {"PATH": _PATH, **job.environment},
        "ProcessType": "Background",
    }


def _domain() -> str:
    return f"gui/{os.getuid()}"
