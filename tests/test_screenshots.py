"""The pictures of the README show the program as it is: each scene is played again and compared."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style

from screenshots.drawing import draw, read, runs
from tests.scenes import SCENES, Scene, Studio

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "screenshots"
AGAIN = "`python screenshots/take.py` takes it again, if it is meant to look so."


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(tmp_path_factory.mktemp("studio") / "homes")


def difference(name: str, before: str, now: str) -> str:
    """What is different in a picture, in lines of the screen; empty where nothing is."""
    if before == now:
        return ""
    old, new = read(before), read(now)
    length = max(len(old), len(new))
    pairs = list(zip(old + [""] * (length - len(old)), new + [""] * (length - len(new)), strict=True))
    told = [f"line {at}:\n  - {was}\n  + {is_}" for at, (was, is_) in enumerate(pairs, 1) if was != is_]
    if not told:
        told = ["the words are the same; their colours or weights are not:"]
        gone, come = set(before.splitlines()) - set(now.splitlines()), set(now.splitlines()) - set(before.splitlines())
        told += [f"  - {line}" for line in sorted(gone)[:10]] + [f"  + {line}" for line in sorted(come)[:10]]
    return "\n".join([f"screenshots/{name}.svg is not what the program draws now.", *told, AGAIN])


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_a_picture_shows_what_the_program_draws(scene: Scene, studio: Studio, tmp_path: Path) -> None:
    kept = FOLDER / f"{scene.name}.svg"
    assert kept.exists(), f"{kept.name} was never taken. {AGAIN}"
    now = draw(scene.name, scene.shows, (await studio.take(scene)).lines)
    told = difference(scene.name, kept.read_text(encoding="utf-8"), now)
    if told:
        taken = tmp_path / kept.name
        taken.write_text(now, encoding="utf-8")
        pytest.fail(f"{told}\nThe new one: {taken}", pytrace=False)


def test_the_script_takes_the_same_pictures_whatever_the_terminal_it_is_run_in(tmp_path: Path) -> None:
    odd = {"NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    command = [sys.executable, str(FOLDER / "take.py"), "--into", str(tmp_path), "no-bookmarks", "narrow"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **odd}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in ("no-bookmarks", "narrow"):
        kept, now = (folder / f"{name}.svg" for folder in (FOLDER, tmp_path))
        assert not difference(name, kept.read_text(encoding="utf-8"), now.read_text(encoding="utf-8"))


def test_a_scene_that_is_not_there_is_named(tmp_path: Path) -> None:
    command = [sys.executable, str(FOLDER / "take.py"), "--into", str(tmp_path), "wide", "sunset"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no scene sunset; there are wide, search" in done.stderr
    assert not list(tmp_path.iterdir())


def test_every_picture_has_its_scene_and_every_scene_another_name() -> None:
    names = [scene.name for scene in SCENES]
    assert sorted(names) == sorted(file.stem for file in FOLDER.glob("*.svg"))


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.svg")), ids=lambda file: file.name)
def test_a_picture_asks_nothing_of_the_network_and_names_no_machine(file: Path) -> None:
    svg = file.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    for word in ("http", "@import", "url(//", str(ROOT), str(Path.home())):
        assert word not in svg


def test_a_line_of_a_picture_reads_as_it_was_drawn() -> None:
    lines = [
        [Segment("  a  <b>", Style(color="red")), Segment(" & ", Style(bold=True)), Segment("漢字 x ")],
        [Segment(" " * 16)],
        [Segment("▂█▌  end".rjust(16))],
    ]
    assert read(draw("test", "A test.", lines)) == ["  a  <b> & 漢字 x", "", "        ▂█▌  end"]


def test_runs_that_look_alike_are_one() -> None:
    look = Style(color="#102030", bgcolor="#ffffff")
    found = list(
        runs([Segment("one ", look), Segment("two", look), Segment("", look), Segment("!", look + Style(bold=True))])
    )
    assert [(run.at, run.text) for run in found] == [(0, "one two"), (7, "!")]
    assert (found[0].ink, found[0].ground, found[1].face) == ("#102030", "#ffffff", " font-weight: bold;")


def test_the_difference_of_two_pictures_is_told_in_lines_of_the_screen() -> None:
    one, other, red = (
        draw("test", "A test.", [[Segment("same  ")], [Segment(text, style)]])
        for text, style in (("before", None), ("now   ", None), ("before", Style(color="red")))
    )
    assert difference("test", one, one) == ""
    assert "line 2:\n  - before\n  + now" in difference("test", one, other)
    assert "line 1" not in difference("test", one, other)
    assert AGAIN in difference("test", one, other)
    assert "the words are the same" in difference("test", one, red)
