"""Once a day: the files that are written, what is called, and what systemd thinks of them where it is installed.

launchd is tested as far as the file and the calls go.
"""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
from collections.abc import Sequence
from datetime import time
from pathlib import Path

import pytest

from paperreader.digest import timers
from paperreader.digest.timers import Job, Ran, crontab_line
from paperreader.digest.timers.job import command, environment, moment, name
from paperreader.digest.timers.launchd import Launchd
from paperreader.digest.timers.systemd import Systemd, units
from paperreader.errors import ScheduleError

ODD = Path('/tmp/it\'s 100% $HOME "of" a\\b')


def job(home: Path | None = None, program: Sequence[str] = ("/bin/true",), at: str = "08:00") -> Job:
    return Job(name(home), command(program, home), moment(at))


class Machine:
    """Programs that answer as told, and what they were asked."""

    def __init__(self, **answers: Ran) -> None:
        self.asked: list[str] = []
        self._answers = answers

    def __call__(self, words: Sequence[str]) -> Ran:
        self.asked.append(" ".join(words))
        key = next((word for word in words if word.replace("-", "_") in self._answers), "")
        return self._answers.get(key.replace("-", "_"), Ran(0, "", ""))


def test_a_timer_names_the_program_by_its_path_and_carries_its_home(tmp_path: Path) -> None:
    machine = Machine(show_user=Ran(0, "no\n", ""))
    timer = Systemd(tmp_path / "units", machine)
    made = job(Path("/home/ann/papers"), ("/opt/bin/paperreader",), "8:05")
    said = timer.schedule(made)
    service = (tmp_path / f"units/{made.name}.service").read_text()
    assert "ExecStart=/opt/bin/paperreader --home /home/ann/papers digest --send --refresh\n" in service
    text = (tmp_path / f"units/{made.name}.timer").read_text()
    for line in ("OnCalendar=*-*-* 08:05:00", "Persistent=true", "WantedBy=timers.target"):
        assert line in text.splitlines()
    for line in (
        *("Restart=on-failure", "RestartSec=10min", "StartLimitIntervalSec=3h", "StartLimitBurst=12"),
        *("RestartPreventExitStatus=2 4", "SuccessExitStatus=3"),
    ):  # offline it tries again for two hours; what is refused for good it does not
        assert line in service.splitlines()
    assert machine.asked[:2] == ["systemctl --user daemon-reload", f"systemctl --user enable --now {made.name}.timer"]
    assert any("loginctl enable-linger" in line for line in said)
    found = timer.scheduled(made.name)
    assert found is not None
    assert (found.at, found.program) == ("08:05", "/opt/bin/paperreader")
    machine.asked.clear()
    assert timer.unschedule(made.name)
    assert machine.asked == [f"systemctl --user disable --now {made.name}.timer", "systemctl --user daemon-reload"]
    assert list((tmp_path / "units").iterdir()) == []
    assert not timer.unschedule(made.name)
    assert timer.scheduled(made.name) is None


def test_a_timer_that_systemd_refuses_leaves_nothing(tmp_path: Path) -> None:
    timer = Systemd(tmp_path / "units", Machine(enable=Ran(1, "", "Unit is masked")))
    with pytest.raises(ScheduleError, match="Unit is masked"):
        timer.schedule(job())
    assert list((tmp_path / "units").iterdir()) == []


def test_each_home_has_a_timer_of_its_own() -> None:
    assert name(None) == "paperreader-digest"
    assert name(Path("/a")) != name(Path("/b"))


def test_what_the_timer_does_not_see_can_be_told(tmp_path: Path) -> None:
    timer = Systemd(tmp_path, Machine(show_environment=Ran(0, "PATH=/usr/bin\nLANG=C.UTF-8\n", "")))
    assert timer.environment() == {"PATH": "/usr/bin", "LANG": "C.UTF-8"}
    assert Systemd(tmp_path, Machine(show_environment=Ran(1, "", "no bus"))).environment() is None


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("home", [None, ODD], ids=["plain", "odd"])
def test_systemd_itself_accepts_the_units(tmp_path: Path, home: Path | None) -> None:
    files = []
    for file, text in units(job(home)).items():
        (tmp_path / file).write_text(text)
        files.append(str(tmp_path / file))
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    asked = ["systemd-analyze", "verify", "--user", *files]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for at in ("00:00", "08:00", "23:59"):
        text = next(text for file, text in units(job(home, at=at)).items() if file.endswith(".timer"))
        (told,) = (line for line in text.splitlines() if line.startswith("OnCalendar="))
        calendar = ["systemd-analyze", "calendar", told.partition("=")[2]]
        assert "Next elapse" in subprocess.run(calendar, capture_output=True, text=True, check=True).stdout


def test_an_odd_home_is_one_word_everywhere() -> None:
    made = job(ODD)
    (service,) = (text for file, text in units(made).items() if file.endswith(".service"))
    (line,) = (line for line in service.splitlines() if line.startswith("ExecStart="))
    assert line == r'ExecStart=/bin/true --home "/tmp/it' + r"""'s 100%% $$HOME \"of\" a\\b" digest --send --refresh"""
    shell = crontab_line(made).removeprefix("0 8 * * * ").replace(r"\%", "%")
    words = subprocess.run(["sh", "-c", f'printf "%s\\n" {shell}'], capture_output=True, text=True, check=True).stdout
    assert words.splitlines()[2] == str(ODD)
    with pytest.raises(ScheduleError):
        command(("/bin/true",), Path("/tmp/a\nb"))


def test_folders_that_variables_name_are_carried_and_read_back(tmp_path: Path) -> None:
    folders = environment({"XDG_DATA_HOME": ODD, "XDG_CONFIG_HOME": Path("/tmp/config")})
    made = Job(name(None), command(("/bin/true",), None), moment("08:00"), folders)
    machine = Machine()
    for timer in (Systemd(tmp_path, machine), Launchd(tmp_path, machine)):
        timer.schedule(made)
        found = timer.scheduled(made.name)
        assert found is not None
        assert {key: found.environment.get(key) for key in folders} == folders == {**folders, "XDG_DATA_HOME": str(ODD)}
    service = (tmp_path / f"{made.name}.service").read_text()
    assert 'Environment="XDG_CONFIG_HOME=/tmp/config"\n' in service
    if shutil.which("systemd-analyze"):
        verify = ["systemd-analyze", "verify", "--user", str(tmp_path / f"{made.name}.service")]
        done = subprocess.run(
            verify, env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
    shell = crontab_line(made).removeprefix("0 8 * * * ").replace(r"\%", "%").partition(" /bin/true")[0]
    words = subprocess.run(
        ["sh", "-c", f"{shell} sh -c 'printf %s \"$XDG_DATA_HOME\"'"], capture_output=True, text=True, check=True
    )
    assert words.stdout == str(ODD)
    with pytest.raises(ScheduleError):
        environment({"XDG_DATA_HOME": Path("/tmp/a\nb")})


def test_an_agent_of_launchd_is_written_loaded_and_removed(tmp_path: Path) -> None:
    machine = Machine()
    agents = Launchd(tmp_path / "LaunchAgents", machine)
    made = job(ODD, ("/opt/bin/paperreader",), "08:05")
    agents.schedule(made)
    file = tmp_path / f"LaunchAgents/{made.name}.plist"
    known = plistlib.loads(file.read_bytes())
    assert known["ProgramArguments"] == ["/opt/bin/paperreader", "--home", str(ODD), "digest", "--send", "--refresh"]
    assert known["StartCalendarInterval"] == {"Hour": 8, "Minute": 5}
    assert known["Label"] == made.name
    assert "/opt/homebrew/bin" in known["EnvironmentVariables"]["PATH"].split(":")
    leaving = f"launchctl bootout gui/{os.getuid()}/{made.name}"  # launchd refuses to load what is loaded
    assert machine.asked == [leaving, f"launchctl bootstrap gui/{os.getuid()} {file}"]
    found = agents.scheduled(made.name)
    assert found is not None
    assert (found.at, found.program) == ("08:05", "/opt/bin/paperreader")
    assert agents.unschedule(made.name)
    assert machine.asked[-1] == leaving
    assert not file.exists()
    assert not agents.unschedule(made.name)
    with pytest.raises(ScheduleError, match="busy"):
        Launchd(tmp_path / "LaunchAgents", Machine(bootstrap=Ran(5, "", "busy"))).schedule(made)
    assert not file.exists()
    file.write_bytes(b"no property list")
    assert agents.scheduled(made.name) is None


def test_the_machine_decides_what_keeps_the_time(tmp_path: Path) -> None:
    program = tmp_path / "systemctl"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    here = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    assert isinstance(timers.timer(here, "darwin"), Launchd)
    assert isinstance(timers.timer(here, "linux", Machine()), Systemd)
    assert timers.timer(here, "linux", Machine(show_environment=Ran(1, "", "no bus"))) is None
    assert timers.timer({"PATH": "/nowhere"}, "linux", Machine()) is None


@pytest.mark.parametrize(("text", "at"), [("08:00", time(8)), ("8:30", time(8, 30)), ("23:59", time(23, 59))])
def test_a_time_is_hours_and_minutes(text: str, at: time) -> None:
    assert moment(text) == at


@pytest.mark.parametrize("text", ["24:00", "8", "08:60", "8:0", "08:00:00", "noon", "٠٨:٠٠", ""])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ScheduleError, match="no time"):
        moment(text)
