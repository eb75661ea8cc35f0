import base64
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.app import App

from paperreader.session import session
from paperreader.tui.clipboard import copy, in_screen, programs

LINK = "https://arxiv.org/abs/2402.00847"
Install = Callable[[str, str], None]


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def install(bin_folder: Path) -> Install:
    """`install("xclip", "cat > file")` puts a program of that name and script on the path."""

    def made(name: str, script: str) -> None:
        program = bin_folder / name
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return made


async def copied(environ: dict[str, str], text: str = LINK) -> tuple[tuple[str, ...], str, str]:
    """(what took it, the sentence, what Textual keeps)."""
    app: App[None] = App()
    async with app.run_test():
        done = await copy(app, text, environ)
        return done.ways, done.sentence, app.clipboard


async def test_over_ssh_the_terminal_is_asked_and_no_program_of_this_machine(
    install: Install, bin_folder: Path, tmp_path: Path
) -> None:
    install("pbcopy", f"cat > {tmp_path}/took")
    ways, sentence, kept = await copied({"PATH": str(bin_folder), "SSH_CONNECTION": "1 2 3 4"})
    assert ways == ("terminal",)
    assert sentence == f"Handed to the terminal’s clipboard: {LINK}"
    assert kept == LINK
    assert not (tmp_path / "took").exists()


@pytest.mark.parametrize(
    ("name", "variable"), [("wl-copy", "WAYLAND_DISPLAY"), ("xclip", "DISPLAY"), ("xsel", "DISPLAY")]
)
async def test_where_there_is_a_display_its_program_takes_the_text_too(
    name: str, variable: str, install: Install, bin_folder: Path, tmp_path: Path
) -> None:
    install(name, f"cat > {tmp_path}/took")
    ways, sentence, _ = await copied({"PATH": str(bin_folder), variable: ":0"}, "é漢 [b]")
    assert ways == ("terminal", name)
    assert sentence == "Copied é漢 [b]"
    assert (tmp_path / "took").read_text() == "é漢 [b]"


async def test_without_the_display_its_program_is_not_run(install: Install, bin_folder: Path, tmp_path: Path) -> None:
    install("xclip", f"cat > {tmp_path}/took")
    install("wl-copy", f"cat > {tmp_path}/took")
    ways, _, _ = await copied({"PATH": str(bin_folder)})
    assert ways == ("terminal",)
    assert not (tmp_path / "took").exists()


async def test_a_program_that_fails_is_followed_by_the_next(install: Install, bin_folder: Path, tmp_path: Path) -> None:
    install("xclip", "exit 1")
    install("xsel", f"cat > {tmp_path}/took")
    ways, _, _ = await copied({"PATH": str(bin_folder), "DISPLAY": ":0"})
    assert ways == ("terminal", "xsel")


async def test_a_program_that_stays_in_the_background_keeps_nobody_waiting(
    install: Install, bin_folder: Path, tmp_path: Path
) -> None:
    install("xclip", f"cat > {tmp_path}/took; sleep 30 & exit 0")
    ways, _, _ = await copied({"PATH": str(bin_folder), "DISPLAY": ":0"})
    assert ways == ("terminal", "xclip")


async def test_a_program_that_hangs_is_left_alone(
    install: Install, bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperreader.tui.clipboard._PATIENCE", 0.1)
    install("xclip", "exec sleep 60")
    ways, _, _ = await copied({"PATH": str(bin_folder), "DISPLAY": ":0"})
    assert ways == ("terminal",)


async def test_a_file_that_is_no_program_is_no_reason_to_fail(bin_folder: Path) -> None:
    broken = bin_folder / "xclip"
    broken.write_bytes(b"\x00\x01")
    broken.chmod(0o755)
    ways, _, _ = await copied({"PATH": str(bin_folder), "DISPLAY": ":0"})
    assert ways == ("terminal",)


async def test_text_too_long_for_a_terminal_is_not_sent_to_it(bin_folder: Path) -> None:
    ways, sentence, _ = await copied({"PATH": str(bin_folder)}, "x" * 80_000)
    assert ways == ()
    assert sentence.startswith("Nothing here can copy: xxx") and len(sentence) < 100


async def test_what_cannot_be_encoded_does_not_raise(bin_folder: Path) -> None:
    ways, sentence, _ = await copied({"PATH": str(bin_folder)}, "a\ud800b\x1b[2J")
    assert ways == ("terminal",)
    assert "\x1b" not in sentence


def test_inside_screen_the_sequence_is_wrapped_piece_by_piece() -> None:
    text = "x" * 2000
    wrapped = in_screen(text)
    pieces = wrapped.split("\x1bP")[1:]
    assert all(piece.endswith("\x1b\\") and len(piece) < 768 for piece in pieces)
    inside = "".join(piece.removesuffix("\x1b\\") for piece in pieces)
    assert inside.startswith("\x1b]52;c;") and inside.endswith("\a")
    assert base64.b64decode(inside.removeprefix("\x1b]52;c;").removesuffix("\a")).decode() == text


def test_only_programs_whose_display_is_there_are_tried() -> None:
    def names(**environ: str) -> list[str]:
        return [command[0] for command in programs(session(environ, "linux"))]

    assert names(SSH_CONNECTION="1") == []
    assert names(DISPLAY=":0", SSH_CONNECTION="1") == ["xclip", "xsel"]  # forwarded by ssh -X
    assert names(WAYLAND_DISPLAY="wayland-0") == ["wl-copy", "pbcopy"]
    assert names(WSL_DISTRO_NAME="Debian") == ["pbcopy", "clip.exe"]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """A tmux server of its own: `tmux("show-buffer")` is its answer."""
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    socket = tmp_path / "tmux"

    def run(*words: str) -> str:
        return subprocess.run(
            ["tmux", "-S", str(socket), "-f", "/dev/null", *words], check=True, capture_output=True, text=True
        ).stdout

    run("new-session", "-d", "-x", "80", "-y", "24", "cat")
    yield run
    run("kill-server")


def inside(tmux: Callable[..., str]) -> dict[str, str]:
    """The environment of a program in that tmux."""
    socket, process, session_id = (
        tmux("display-message", "-p", "#{socket_path},#{pid},#{session_id}").strip().split(",")
    )
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "TMUX": f"{socket},{process},{session_id.lstrip('$')}"}


async def test_inside_tmux_the_text_is_in_its_buffer_without_any_setting(tmux: Callable[..., str]) -> None:
    ways, sentence, _ = await copied(inside(tmux))
    assert ways == ("terminal", "tmux")
    assert sentence == f"Copied {LINK}"
    assert tmux("show-buffer") == LINK


def test_inside_tmux_the_session_is_that_of_whoever_attached_last(tmux: Callable[..., str]) -> None:
    began_by_ssh = inside(tmux) | {"SSH_CONNECTION": "1 2 3 4", "SSH_TTY": "/dev/pts/1"}
    tmux("set-environment", "-r", "SSH_CONNECTION")
    tmux("set-environment", "DISPLAY", ":7")
    here = session(began_by_ssh, "linux")
    assert not here.over_ssh
    assert here.display and here.environ["DISPLAY"] == ":7"
    tmux("set-environment", "SSH_CONNECTION", "9 9 9 9")
    tmux("set-environment", "-r", "DISPLAY")
    here = session(inside(tmux) | {"DISPLAY": ":0"}, "linux")
    assert here.over_ssh and not here.display


def test_a_tmux_that_does_not_answer_changes_nothing() -> None:
    here = session({"TMUX": "/nowhere/tmux,1,0", "PATH": "/usr/bin:/bin", "DISPLAY": ":0"}, "linux")
    assert here.display and not here.over_ssh
