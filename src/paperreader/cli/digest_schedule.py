"""A digest once a day: set, taken back, looked at."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperreader.cli.streams import put, say
from paperreader.digest import timers
from paperreader.digest.timers.job import Job, Scheduled, command, environment, name
from paperreader.errors import MailError
from paperreader.plain import printable

if TYPE_CHECKING:
    from paperreader.paths import Paths
    from paperreader.settings import DigestSettings

_AUTHORITY = "SSL_CERT_FILE"
_WANTED = ("HTTPS_PROXY", "HF_TOKEN", _AUTHORITY, "SEMANTIC_SCHOLAR_API_KEY")
"""Variables that change what a refresh does."""
_USUAL = {"XDG_DATA_HOME": ".local/share", "XDG_CONFIG_HOME": ".config"}
"""Variables that say where a library and its settings are, and what they say where they are not set."""


def run(at: time | None, paths: Paths) -> int:
    """Set it to this time, or where `at` is None take it back. Raises ScheduleError."""
    timer = timers.timer(os.environ)
    if at is None:
        return _taken_back(timer, paths)
    job = Job(name(paths.home), command(program(), paths.home), at, environment(_folders(paths)))
    if timer is None:
        say("There is neither a systemd for users nor a launchd here. Put this line into `crontab -e`:")
        put(timers.crontab_line(job))
        _foretell(paths)
        return 0
    said = timer.schedule(job)
    say(f"The digest goes out every day at {job.at:%H:%M}, after a refresh.")
    if day := without(at, date.today()):
        say(f"On {day} the clocks leave out {at:%H:%M}: perhaps no digest goes out then; the next one has it all.")
    for line in said:
        say(line)
    _foretell(paths)
    say("`paperreader digest --check` says whether it can, and what the timer does not see.")
    return 0


def _folders(paths: Paths) -> dict[str, Path]:
    """The variables of this terminal that say where the library is, each with the folder that it comes to."""
    if paths.home is not None:
        return {}
    folders = {
        "XDG_DATA_HOME": paths.data.parent,
        "XDG_CONFIG_HOME": paths.settings.parent.parent,
        "XDG_CACHE_HOME": paths.cache.parent,
    }
    return {variable: folder for variable, folder in folders.items() if os.environ.get(variable, "").strip()}


def _foretell(paths: Paths) -> None:
    """A timer that fails every morning tells nobody: so what it lacks is said now."""
    from paperreader.library.digests import ways
    from paperreader.settings import Settings

    wishes = Settings.read(paths.settings).digest
    try:
        ways.way(wishes)
        ways.recipients(wishes)
    except MailError as error:
        say(f"It cannot go out yet: {error}")


def without(at: time, today: date) -> date | None:
    """The next day within a year on which the machine's time zone leaves out that time, as summer time begins."""
    for number in range(366):
        moment = datetime.combine(today + timedelta(days=number), at)
        if moment.astimezone().replace(tzinfo=None) != moment:
            return moment.date()
    return None


def program() -> list[str]:
    """How this program is started, by absolute paths."""
    started = Path(sys.argv[0])
    if started.name == "paperreader" and started.is_file() and os.access(started, os.X_OK):
        return [os.path.abspath(started)]  # noqa: PTH100 - a link stays: it outlives what it leads to
    return [sys.executable, "-m", "paperreader"]


def looked_at(paths: Paths) -> str:
    """The schedule in a line, for `where`; empty where none is set. Asks no program."""
    found = _scheduled(paths)
    return f"{found.at} every day ({found.file})" if found else ""


class Found(NamedTuple):
    """What was found of the timer."""

    said: str
    how: Literal["ok", "note", "FAILED"]
    """Whether it keeps the digest from going out: a note does so at some times, or perhaps."""


def checked(paths: Paths, wishes: DigestSettings) -> Iterator[Found]:
    """What keeps the timer from doing its work."""
    timer = timers.timer(os.environ)
    found = timer.scheduled(name(paths.home)) if timer else None
    if timer is None or found is None:
        yield Found("none; `paperreader digest --schedule 08:00` sets one", "ok")
        return
    if os.access(found.program, os.X_OK):
        yield Found(f"{found.at} every day, by {timer.label}", "ok")
    else:
        yield Found(f"{found.program} is gone", "FAILED")
    yield from _elsewhere(paths, found, timer.environment() or {})
    for lack in timer.lacks():
        yield Found(lack, "note")
    seen = timer.environment()
    if seen is not None:
        yield from _unseen(wishes, seen)


def _elsewhere(paths: Paths, found: Scheduled, seen: Mapping[str, str]) -> Iterator[Found]:
    """Where the timer's variables lead to another library, or to other settings."""
    here = _folders(paths)
    for variable, usual in _USUAL.items() if paths.home is None else ():
        ours = str(here.get(variable, Path.home() / usual))
        theirs = found.environment.get(variable) or seen.get(variable) or str(Path.home() / usual)
        if ours != theirs:
            yield Found(
                f"the timer has {variable} = {printable(theirs)}, this terminal {printable(ours)}: it has another "
                "library or other settings; `paperreader digest --schedule HH:MM` sets it anew",
                "FAILED",
            )


def _unseen(wishes: DigestSettings, seen: Mapping[str, str]) -> Iterator[Found]:
    """What stands in this terminal's environment, and not in the timer's."""
    if wishes.password_env and wishes.username and wishes.password_env not in seen:
        yield Found(f"the timer does not see {wishes.password_env}; password_command works there", "FAILED")
    for setting in ("sendmail", "" if wishes.password_env or not wishes.username else "password_command"):
        words = getattr(wishes, setting, "").split()
        if words and shutil.which(os.path.expanduser(words[0]), path=seen.get("PATH")) is None:  # noqa: PTH111 - a word
            yield Found(f"the timer does not find {words[0]}; name it by its whole path", "FAILED")
    unseen = [variable for variable in _WANTED if os.environ.get(variable) and variable not in seen]
    if _AUTHORITY in unseen and wishes.smtp and wishes.tls != "none":
        yield Found(f"the timer does not see {_AUTHORITY}, by which the server's certificate is trusted here", "FAILED")
        unseen.remove(_AUTHORITY)
    if unseen:
        yield Found(f"the timer does not see {', '.join(unseen)}", "note")


def _taken_back(timer: timers.Timer | None, paths: Paths) -> int:
    if timer is not None and timer.unschedule(name(paths.home)):
        say("The digest goes out no longer by itself.")
        return 0
    say("No schedule was set here." + ("" if timer else " A line in crontab is yours to take out."))
    return 1


def _scheduled(paths: Paths) -> timers.Scheduled | None:
    timer = timers.files(os.environ)
    return timer.scheduled(name(paths.home))
