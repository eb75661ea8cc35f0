"""The README is checked against the code: its commands, keys, formats, settings and pictures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from paperreader.exports import FORMATS
from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.settings.known import KNOWN
from paperreader.tui.keys import KEYS, drawn
from tests.terminal.pty import Terminal

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.+?)\n```$", README, re.MULTILINE | re.DOTALL)


def key_table() -> str:
    """The README's table of keys, as the code has it."""
    groups: dict[str, list[str]] = {}
    for key in KEYS:
        keys = " ".join(f"`{each}`" for each in drawn(key, "search" if key.owner == "search" else "list"))
        groups.setdefault(key.group, []).append(f"| {keys} | {key.help} | `{key.id}` |")
    lines = ["| key | what it does | its id in settings.toml |", "|---|---|---|"]
    for group, rows in groups.items():
        lines += [f"| **{group}** | | |", *rows]
    return "\n".join(lines)


def test_the_table_of_keys_is_the_codes() -> None:
    told = README.split("<!-- keys -->")[1].split("<!-- /keys -->")[0].strip()
    assert told == key_table()


def test_every_command_that_it_names_exists_and_every_command_is_named() -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "paperreader", "--help"], capture_output=True, text=True, check=True
    ).stdout
    known = set(re.findall(r"^  ([a-z]+) +\S*.*$", help_text.split("commands:")[1].split("\n\n")[0], re.MULTILINE))
    named = set(re.findall(r"paperreader ([a-z]+)\b", COMMANDS[2]))
    assert named == known


@pytest.mark.parametrize(
    "line", [line for line in COMMANDS[2].splitlines() if not re.search(r"paperreader (import|refresh|merge)", line)]
)
def test_every_line_of_the_command_line_examples_works(tmp_path: Path, line: str) -> None:
    command = line.split("#", maxsplit=1)[0].replace("paperreader ", f"{sys.executable} -m paperreader ", 1)
    environment = {**os.environ, "PAPERREADER_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, input=""
    )
    nothing = re.search(r"paperreader (restore|undo)", command)  # a new library has no backup, and no act to undo
    assert done.returncode == (1 if nothing else 0), done.stderr


def test_every_example_of_a_question_finds_something_in_the_library_of_a_newcomer(tmp_path: Path) -> None:
    table = README.split("| you type | it finds |")[1].split("\n\n")[0]
    questions = [question for row in table.splitlines()[2:] for question in re.findall(r"`([^`]+)`", row.split("|")[1])]
    assert len(questions) > 10
    library = Library.open(Paths.under(tmp_path))
    try:
        for _ in library.catch_up():
            pass
        for question in questions:
            found = library.find(question, finished=True)
            assert found.ids and not found.corrections and not found.remarks, question
        table = README.split("| you type too | it finds |")[1].split("\n\n")[0]
        for row in table.splitlines()[2:]:
            for question in re.findall(r"`([^`]+)`", row.split("|")[1]):
                found = library.find(question, finished=True)
                odd = [remark for remark in found.remarks if not remark.startswith("no paper has")]
                assert not odd and not found.corrections, question
    finally:
        library.close()


def test_the_guide_for_contributors_names_only_what_there_is() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:src|tests|benchmarks|screenshots)/[\w./-]+|\w+\.(?:md|toml))`", guide))
    assert len(named) > 20
    for name in named:
        assert (ROOT / name).exists(), name
    for module, attribute in re.findall(r"`([a-z_.]+)\.([A-Z][A-Z_]+)`", guide):
        assert hasattr(import_module(f"paperreader.{module}"), attribute), (module, attribute)
    for part in ("a feed", "an import", "an export", "a key", "a column", "a command", "a setting"):
        assert f"**{part[0].upper()}{part[1:]}**" in guide


def test_it_names_every_format_and_setting() -> None:
    for name in FORMATS:
        assert name in README
    for path in KNOWN:
        assert path[-1] in README, path
    assert "[keys]" in README


def test_its_settings_are_read_without_a_complaint(tmp_path: Path) -> None:
    from paperreader.settings import Settings
    from paperreader.tui.remapping import keymap

    toml = re.search(r"```toml\n(.+?)```", README, re.DOTALL)
    assert toml is not None
    (tmp_path / "settings.toml").write_text(toml[1], encoding="utf-8")
    settings = Settings.read(tmp_path / "settings.toml")
    assert settings.read_after == 2.0
    assert keymap(settings)["reading.bookmark"] == "N"


def test_its_pictures_and_links_are_there() -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_it_ships_with_the_words_that_the_program_says_of_itself() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"):
        assert (ROOT / name).read_text(encoding="utf-8").strip()


@pytest.fixture
def clean_copy(tmp_path: Path) -> Path:
    """The tree as a clone would have it: nothing that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: there is no telling what belongs to the tree")
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "tree" / name)
    return tmp_path / "tree"


def fresh(home: Path) -> dict[str, str]:
    """An environment of somebody who has never seen the program, nor any virtual environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUAL_ENV", "PYTHON", "XDG_"))}
    paths = [part for part in kept["PATH"].split(os.pathsep) if not part.startswith(sys.prefix)]
    home.mkdir()
    return {**kept, "HOME": str(home), "PATH": os.pathsep.join(paths), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def package_index(tmp_path: Path) -> None:
    """Skips, saying so, on a machine without a network."""
    asked = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(tmp_path / "x"),
        "platformdirs",
    ]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no package index can be reached, and both commands install from one")


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("package_index")
def test_its_first_command_opens_the_app_in_a_clean_copy(clean_copy: Path, tmp_path: Path) -> None:
    with Terminal(["bash", "-c", COMMANDS[0]], environment=fresh(tmp_path / "home"), cwd=clean_copy) as terminal:
        terminal.until("Filter Like You Test", patience=600)
        terminal.type("q")
        assert terminal.wait() == 0
    assert (tmp_path / "home").is_dir()


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("package_index")
def test_its_second_command_installs_and_runs_the_tests_in_a_clean_copy(clean_copy: Path, tmp_path: Path) -> None:
    environment = {**fresh(tmp_path / "home"), "PYTEST_ADDOPTS": "-q tests/test_paths.py tests/test_shape.py"}
    done = subprocess.run(
        ["bash", "-c", COMMANDS[1]], cwd=clean_copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed", done.stdout)
