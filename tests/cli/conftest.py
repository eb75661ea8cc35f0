"""The real program, run as a person runs it: words in; exit code, data and talk out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Answer:
    """What the program answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The lines, each read as JSON."""
        return [json.loads(line) for line in self.lines]


@dataclass(frozen=True)
class Program:
    """paperreader with a home of its own."""

    home: Path

    def __call__(
        self, *words: str | bytes | Path, stdin: bytes = b"", environment: dict[str, str] | None = None
    ) -> Answer:
        """Run it to its end, with no terminal in sight."""
        process = subprocess.run(
            self.command(*words), input=stdin, capture_output=True, env=self.environment(environment), check=False
        )
        return Answer(process.returncode, process.stdout.decode(), process.stderr.decode())

    def command(self, *words: str | bytes | Path) -> Sequence[str | bytes | Path]:
        return [sys.executable, "-m", "paperreader", *words]

    def environment(self, more: dict[str, str] | None = None) -> dict[str, str]:
        return {**os.environ, "PAPERREADER_HOME": str(self.home), **(more or {})}


@pytest.fixture
def paperreader(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """`jsonl({...}, {...})` is a file of these papers."""

    def written(*papers: dict[str, Any], name: str = "papers.jsonl") -> Path:
        file = tmp_path / name
        file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
        return file

    return written
