"""A systemd user timer: the unit files are made here, `systemctl --user` is told of them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from paperreader.digest.timers.job import Job, Scheduled
from paperreader.digest.timers.running import Ran
from paperreader.errors import ScheduleError

_SERVICE: Final = """\
[Unit]
Description=paperreader: the daily digest
# A laptop that just woke up may not be on its network yet: try again every ten minutes, for two hours.
StartLimitIntervalSec=3h
StartLimitBurst=12

[Service]
Type=oneshot
{environment}ExecStart={command}
Restart=on-failure
RestartSec=10min
# 2: misused. 3: it went out, though a feed had failed. 4: refused for good, settings that cannot be, or nobody knows.
RestartPreventExitStatus=2 4
SuccessExitStatus=3
"""
_TIMER: Final = """\
[Unit]
Description=paperreader: the daily digest at {at}

[Timer]
OnCalendar=*-*-* {at}:00
# Asleep or switched off at that time, the machine does it when it is back.
Persistent=true

[Install]
WantedBy=timers.target
"""
_AT: Final = re.compile(r"^OnCalendar=\*-\*-\* (\d\d:\d\d):00$", re.MULTILINE)
_PROGRAM: Final = re.compile(r'^ExecStart="?([^"\n]*?)"?(?: |$)', re.MULTILINE)


_VARIABLE: Final = re.compile(r'^Environment="(\w+=.*)"$', re.MULTILINE)


class Systemd:
    """Units in `folder`; `run` runs systemctl."""

    label = "systemd"

    def __init__(self, folder: Path, run: Callable[[Sequence[str]], Ran]) -> None:
        self._folder = folder
        self._run = run

    def schedule(self, job: Job) -> list[str]:
        """Write both units, and start the timer. Raises ScheduleError; then nothing is left of them."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for name, text in units(job).items():
                (self._folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise ScheduleError(f"{self._folder} cannot be written: {error.strerror}.", "Check whose it is.") from error
        reloaded = self._ask("daemon-reload")
        enabled = self._ask("enable", "--now", f"{job.name}.timer") if reloaded.code == 0 else reloaded
        if enabled.code:
            with suppress(ScheduleError):
                self.unschedule(job.name)
            raise ScheduleError(f"systemd refuses the timer: {enabled.said}", "`systemctl --user status` says more.")
        return [f"The units are {self._folder / job.name}.service and .timer.", *self.lacks()]

    def unschedule(self, name: str) -> bool:
        """Stop the timer and delete its units."""
        there = [file for kind in ("timer", "service") if (file := self._folder / f"{name}.{kind}").exists()]
        if not there:
            return False
        self._ask("disable", "--now", f"{name}.timer")
        try:
            for file in there:
                file.unlink(missing_ok=True)
        except OSError as error:
            raise ScheduleError(f"{self._folder} cannot be written: {error.strerror}.", "Check whose it is.") from error
        self._ask("daemon-reload")
        return True

    def scheduled(self, name: str) -> Scheduled | None:
        """What the units say."""
        file = self._folder / f"{name}.timer"
        try:
            timer = file.read_text(encoding="utf-8")
            service = file.with_suffix(".service").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        at, program = _AT.search(timer), _PROGRAM.search(service)
        variables = dict(_variable(found[1]) for found in _VARIABLE.finditer(service))
        return Scheduled(at[1] if at else "?", file, _unquoted(program[1]) if program else "", variables)

    def environment(self) -> Mapping[str, str] | None:
        """What `systemctl --user show-environment` shows."""
        asked = self._ask("show-environment")
        if asked.code:
            return None
        pairs = (line.partition("=") for line in asked.out.splitlines())
        return {name: value for name, equals, value in pairs if equals}

    def lacks(self) -> list[str]:
        """Without lingering, a user's timers stop with their last session."""
        asked = self._run(["loginctl", "show-user", "--property=Linger", "--value", _user()])
        if asked.code == 0 and asked.out.strip() == "no":
            return ["While you are logged out it does not run; `loginctl enable-linger` lets it."]
        return []

    def _ask(self, *words: str) -> Ran:
        return self._run(["systemctl", "--user", *words])


def units(job: Job) -> dict[str, str]:
    """The two files by name."""
    variables = "".join(f'Environment="{name}={_plain(value)}"\n' for name, value in job.environment.items())
    command = " ".join(map(_quoted, job.command))
    return {
        f"{job.name}.service": _SERVICE.format(command=command, environment=variables),
        f"{job.name}.timer": _TIMER.format(at=f"{job.at:%H:%M}"),
    }


def _quoted(word: str) -> str:
    """A word of ExecStart: percent and dollar signs mean something, quotes and spaces too (systemd.service(5))."""
    plain = _plain(word).replace("$", "$$")
    return plain if re.fullmatch(r"[\w@%+=:,./$-]+", plain, re.ASCII) else f'"{plain}"'


def _plain(word: str) -> str:
    """What stands between quotes (systemd.exec(5), Environment=: there a dollar sign means nothing)."""
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _variable(text: str) -> tuple[str, str]:
    with suppress(ValueError):
        text = "".join(shlex.split(f'"{text}"'))
    name, _, value = text.replace("%%", "%").partition("=")
    return name, value


def _unquoted(word: str) -> str:
    with suppress(ValueError):
        word = "".join(shlex.split(f'"{word}"'))
    return word.replace("%%", "%").replace("$$", "$")


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name; which error depends on the version
        return ""
