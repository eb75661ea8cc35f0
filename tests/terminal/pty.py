"""The real program in a real pseudo-terminal: typed at by pexpect, looked at by pyte."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

_PATIENCE = 60.0
"""Seconds until a screen that does not come fails the test: generous, since machines differ."""


class Terminal:
    """A program on a screen of its own. Use it as a context: leaving it ends the program."""

    def __init__(
        self,
        arguments: list[str],
        *,
        columns: int = 120,
        lines: int = 40,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        """Every byte that the program wrote."""
        settings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        settings |= dict(environment or {})
        self.process = pexpect.spawn(
            arguments[0],
            arguments[1:],
            dimensions=(lines, columns),
            env=settings,
            cwd=None if cwd is None else str(cwd),
            timeout=_PATIENCE,
        )

    @classmethod
    def of_paperreader(
        cls, home: Path, *arguments: str, columns: int = 120, lines: int = 40, **environment: str
    ) -> Terminal:
        """The app on the library in `home`; without settings of its own it asks no feeds by itself."""
        home.mkdir(parents=True, exist_ok=True)
        if not (home / "settings.toml").exists():
            (home / "settings.toml").write_text("[refresh]\non_start_hours = 0\n", encoding="utf-8")
        command = [sys.executable, "-m", "paperreader", "--home", str(home), *arguments]
        return cls(command, columns=columns, lines=lines, environment=environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.screen.display)

    def type(self, text: str) -> None:
        """Send these characters in one go."""
        self.process.send(text)

    def until(self, wanted: str | Callable[[str], bool], *, patience: float = _PATIENCE) -> str:
        """Look until the screen shows the text, or fulfils the condition; returns the screen."""
        fulfilled = (lambda screen: wanted in screen) if isinstance(wanted, str) else wanted
        end = time.monotonic() + patience
        while not fulfilled(self.text):
            if time.monotonic() > end or not self._read(0.2):
                raise AssertionError(f"waited for {wanted!r}; the screen shows:\n{self.text}")
        return self.text

    def until_written(self, mark: bytes, times: int = 1) -> None:
        """Read until these bytes have been written so many times; the screen is not drawn, which takes pyte a while."""
        end = time.monotonic() + _PATIENCE
        while self.raw.count(mark) < times:
            if time.monotonic() > end or not self._read(0.2, draw=False):
                raise AssertionError(f"waited for {mark!r}; written was:\n{bytes(self.raw)!r}")

    def settle(self, quiet: float = 0.3) -> str:
        """Read until nothing has come for `quiet` seconds; returns the screen."""
        before = -1
        while before != len(self.raw):
            before = len(self.raw)
            self._read(quiet)
        return self.text

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal that large, as a person does with the window."""
        self.screen.resize(lines, columns)
        self.process.setwinsize(lines, columns)

    def wait(self) -> int:
        """Wait until the program has ended; returns its exit code (128 and the signal where one ended it)."""
        end = time.monotonic() + _PATIENCE
        while self._read(0.2):
            if time.monotonic() > end:
                raise AssertionError(f"the program did not end; the screen shows:\n{self.text}")
        self.process.wait()
        if self.process.signalstatus is not None:
            return 128 + int(self.process.signalstatus)
        return int(self.process.exitstatus or 0)

    def _read(self, patience: float, *, draw: bool = True) -> bool:
        """Take in what has come within `patience` seconds; False when the program has ended."""
        try:
            read = self.process.read_nonblocking(65536, timeout=patience)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += read
        if draw:
            self._stream.feed(read)
        return True
