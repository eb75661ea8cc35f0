"""The program's end and its stops, in a real pseudo-terminal."""

import contextlib
import os
import pty
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

SCRIPT = Path(__file__).with_name("signalled.py")
COLUMNS, LINES = 60, 12
ENVIRON = {**os.environ, "TERM": "xterm-256color", "PS1": "shell> ", "TEXTUAL_ANIMATIONS": "none"}


class Terminal:
    """A shell in a pseudo-terminal, and the screen that it would show."""

    def __init__(self) -> None:
        shell = ["--norc", "--noprofile"]
        self.child = pexpect.spawn("bash", shell, env=ENVIRON, dimensions=(LINES, COLUMNS), timeout=20)
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.screen)

    def send(self, text: str) -> None:
        self.child.send(text)

    def wait(self, shows: Callable[[list[str]], bool], seconds: float = 20) -> list[str]:
        """The screen's lines as soon as it shows that; fails with the screen if it never does."""
        end = time.monotonic() + seconds
        while not shows(self.screen.display):
            assert time.monotonic() < end, "\n".join(self.screen.display)
            with contextlib.suppress(pexpect.TIMEOUT):
                # pyte's parser takes the keyboard protocol's question for text
                self.stream.feed(
                    self.child.read_nonblocking(65536, 0.2).replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b"")
                )
        return self.screen.display


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.child.close(force=True)


def has(text: str) -> Callable[[list[str]], bool]:
    return lambda lines: any(text in line for line in lines)


def started(terminal: Terminal, note: Path, *words: str) -> None:
    """Start the program from the shell's prompt, the terminal's modes noted before and after it."""
    terminal.wait(has("shell>"))
    program = f"{sys.executable} {SCRIPT} {note} {' '.join(words)}"
    terminal.send(f"stty -g > {note}.before; {program}; echo code $?; stty -g > {note}.after\r")
    terminal.wait(has("READY"))


def is_as_before(terminal: Terminal, note: Path) -> bool:
    """Whether the terminal has the modes again that it had before the program."""
    before, after = Path(f"{note}.before"), Path(f"{note}.after")
    terminal.wait(lambda lines: after.exists() and after.read_text() != "")
    return after.read_text() == before.read_text()


def process(terminal: Terminal) -> int:
    """The process that has the terminal now."""
    return os.tcgetpgrp(terminal.child.child_fd)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_the_program_in_order_and_gives_the_terminal_back(
    number: signal.Signals, code: int, terminal: Terminal, tmp_path: Path
) -> None:
    started(terminal, tmp_path / "note")
    os.kill(process(terminal), number)
    terminal.wait(has(f"code {code}"))
    assert (tmp_path / "note").read_text() == "ended in order"
    assert is_as_before(terminal, tmp_path / "note")


def test_a_program_that_is_stuck_ends_all_the_same_and_gives_the_terminal_back(
    terminal: Terminal, tmp_path: Path
) -> None:
    started(terminal, tmp_path / "note", "stuck")
    terminal.send("x")
    terminal.wait(lambda lines: (tmp_path / "note").exists())
    os.kill(process(terminal), signal.SIGTERM)
    terminal.wait(has("code 143"))
    assert is_as_before(terminal, tmp_path / "note")


def test_control_c_clears_the_field_and_pressed_twice_quits(terminal: Terminal, tmp_path: Path) -> None:
    started(terminal, tmp_path / "note")
    terminal.send("abc")
    terminal.wait(has("abc"))
    terminal.send("\x03")
    terminal.wait(lambda lines: not has("abc")(lines))
    terminal.send("\x03")
    terminal.wait(has("Press Ctrl+C"))
    terminal.send("\x03")
    terminal.wait(has("code 0"))


def stop_by_key(terminal: Terminal) -> None:
    terminal.send("\x1a")


def stop_without_warning(terminal: Terminal) -> None:
    os.kill(process(terminal), signal.SIGSTOP)


@pytest.mark.parametrize("stop", [stop_by_key, stop_without_warning])
def test_after_a_stop_and_fg_the_screen_is_whole_and_takes_keys(
    stop: Callable[[Terminal], None], terminal: Terminal, tmp_path: Path
) -> None:
    terminal.wait(has("shell>"))
    terminal.send(f"{sys.executable} {SCRIPT} {tmp_path / 'note'}\r")
    terminal.wait(has("READY"))
    terminal.send("abc")
    terminal.wait(has("abc"))
    stop(terminal)
    terminal.wait(has("Stopped"))
    terminal.screen.reset()
    terminal.send("stty -g > before; fg; stty -g > after\r".replace(" > ", f" > {tmp_path / 'note'}."))
    terminal.wait(lambda lines: has("READY")(lines) and has("abc")(lines))
    terminal.send("def")
    terminal.wait(has("abcdef"))
    os.kill(process(terminal), signal.SIGTERM)
    assert is_as_before(terminal, tmp_path / "note")
    assert (tmp_path / "note").read_text() == "ended in order"


def test_when_the_terminal_is_closed_the_program_ends_in_order(tmp_path: Path) -> None:
    note = tmp_path / "note"
    child, master = pty.fork()
    if not child:
        os.execve(sys.executable, [sys.executable, str(SCRIPT), str(note)], ENVIRON)
    seen = b""
    while b"READY" not in seen:
        assert select.select([master], [], [], 20)[0], seen
        seen += os.read(master, 65536)
    os.close(master)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 129
    assert note.read_text() == "ended in order"
