"""What the program says of itself, and what it says to words that it does not understand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperreader import __version__
from paperreader.cli.commands import COMMANDS
from tests.cli.conftest import Program
from tests.terminal.pty import Terminal


def test_the_version_is_said(paperreader: Program) -> None:
    answer = paperreader("--version")
    assert (answer.code, answer.out, answer.err) == (0, f"paperreader {__version__}\n", "")


def test_the_help_lists_every_command(paperreader: Program) -> None:
    answer = paperreader("--help")
    assert answer.code == 0 and not answer.err
    for name in COMMANDS:
        assert f"\n  {name}" in answer.out
    assert not paperreader.home.exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help(paperreader: Program, name: str) -> None:
    answer = paperreader(name, "--help")
    assert answer.code == 0 and not answer.err
    assert answer.out.startswith(f"usage: paperreader {name}")
    assert "--home DIR" in answer.out
    assert "progress-lines" not in answer.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fnd"], "there is no command 'fnd'; did you mean find?"),
        (["xyzzy"], "see paperreader --help"),
        (["--nothing"], "unrecognized arguments: --nothing"),
        (["show"], "the following arguments are required: ID"),
        (["import"], "the following arguments are required: FILE"),
        (["find", "-n", "0"], "a number from 1 on, not '0'"),
        (["find", "-n", "many"], "a number from 1 on, not 'many'"),
        (["find", "--jso"], "unrecognized arguments: --jso"),
        (["export", "--format", "word"], "invalid choice: 'word'"),
        (["starter"], "the following arguments are required: state"),
        (["starter", "on", "--remove"], "--remove goes with off"),
        (["import", "-", "-"], "standard input can be read only once"),
        (["--home"], "expected one argument"),
        (["--home", "", "where"], "its name is empty"),
        (["where", "--home="], "its name is empty"),
    ],
    ids=" ".join,
)
def test_misuse_is_told_on_stderr_and_ends_with_2(paperreader: Program, words: list[str], told: str) -> None:
    answer = paperreader(*words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert not paperreader.home.exists()


def test_without_a_terminal_the_reader_does_not_open(paperreader: Program) -> None:
    answer = paperreader()
    assert (answer.code, answer.out) == (2, "")
    assert "needs a terminal" in answer.err
    assert not paperreader.home.exists()


def test_where_names_six_absolute_places_and_makes_none(paperreader: Program) -> None:
    places = json.loads(paperreader("where", "--json").out)
    assert places.pop("schedule") == ""
    assert list(places) == ["data", "settings", "database", "index", "cache", "log"]
    assert all(Path(place).is_relative_to(paperreader.home) for place in places.values())
    assert Path(places["settings"]).name == "settings.toml"
    assert Path(places["database"]).name == "library.db"
    plain = paperreader("where")
    assert [tuple(line.split(None, 1)) for line in plain.lines[:-1]] == list(places.items())
    assert plain.lines[-1] == "schedule  none: `paperreader digest --schedule 08:00` sets one"
    assert not paperreader.home.exists()


def test_the_home_may_be_named_before_or_after_the_command(paperreader: Program, tmp_path: Path) -> None:
    other = tmp_path / "other home"
    for words in (["--home", other, "where"], ["where", "--home", other], [f"--home={other}", "where"]):
        assert str(other / "data") in paperreader(*words).out
    relative = paperreader("--home", "here", "where", "--json")
    assert json.loads(relative.out)["data"] == str(Path.cwd() / "here" / "data")
    assert "--home" in paperreader("--home", "~nobody-of-that-name/x", "where").err


def test_a_place_that_is_no_text_is_still_told_as_json(paperreader: Program, tmp_path: Path) -> None:
    answer = paperreader("--home", bytes(tmp_path / "caf") + b"\xe9", "where", "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["data"].endswith("caf\udce9/data")


def test_settings_that_cannot_be_are_told_before_the_reader_opens(paperreader: Program) -> None:
    paperreader.home.mkdir()
    (paperreader.home / "settings.toml").write_text('read_after = 1\ntheem = "nord"\n')
    with Terminal.of_paperreader(paperreader.home) as terminal:
        assert terminal.wait() == 1
    assert b'line 2: there is no setting "theem"; did you mean theme?' in terminal.raw
    assert b"\x1b[?1049h" not in terminal.raw
    assert paperreader("find", "-n", "1").code == 0
