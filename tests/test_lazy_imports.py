"""What a command does not need it does not import: a start must not pay for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"textual", "rich", "httpx", "whoosh", "numpy", "sqlite3", "platformdirs"}


def imported(home: Path, *words: str) -> set[str]:
    """The heavy packages that a command imports."""
    script = (
        "import sys; from paperreader.__main__ import main; code = main(); "
        f"print('\\nIMPORTED', *sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "--home", str(home), *words]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(answer.stderr.rpartition("IMPORTED")[2].split())


@pytest.mark.parametrize(
    "words",
    [
        *(["--help"], ["--version"], ["where"], ["where", "--json"]),
        *([command, "--help"] for command in ("find", "refresh", "feeds", "digest")),
    ],
    ids=str,
)
def test_what_needs_no_library_imports_nothing_heavy(tmp_path: Path, words: list[str]) -> None:
    assert imported(tmp_path, *words) == set()


def test_a_list_needs_the_database_only(tmp_path: Path) -> None:
    looking = (["find"], ["show", "2402.00847"], ["export"], ["feeds"], ["list"], ["saved"], ["dump"])
    for words in (*looking, ["bookmark", "2402.00847"], ["tag", "x", "2402.00847"]):
        assert imported(tmp_path, *words) == {"sqlite3"}


def test_a_search_does_not_import_the_screen(tmp_path: Path) -> None:
    assert imported(tmp_path, "find", "neural") == {"sqlite3", "whoosh", "numpy"}
