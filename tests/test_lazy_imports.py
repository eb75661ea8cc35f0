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


NOT_BEFORE_THE_FIRST_PAINT = {
    *("argparse", "tomllib", "hashlib", "hmac", "secrets", "httpx", "whoosh", "numpy"),
    *(f"paperreader.cli.{name}" for name in ("commands", "find", "restore")),
    *(f"paperreader.tui.{name}" for name in ("tex", "texmath", "palette", "suspension", "clipboard", "index_work")),
    *(f"paperreader.tui.screens.{name}" for name in ("help", "export", "note", "membership", "pick", "save_form")),
    *("paperreader.tui.panes.note_page", "paperreader.tui.panes.pick_list", "paperreader.library.following"),
    *("paperreader.search", "paperreader.feeds", "paperreader.exports", "paperreader.imports", "paperreader.digest"),
}
"""What a person who looks at the list has not asked for yet."""


def test_the_reader_imports_only_what_its_first_list_shows(tmp_path: Path) -> None:
    """Textual aside, its modules are most of what a start takes; no garbage is looked for among them meanwhile."""
    imported(tmp_path, "find")  # makes the library
    script = (
        "import gc, sys; from paperreader import cli; from paperreader.__main__ import main; "
        "cli.streams.is_terminal = lambda stream: True; looked = []; "
        "gc.callbacks.append(lambda *said: looked.append(said) if 'textual' in sys.modules else None); "
        "from textual.app import App; gc.collect(); looked.clear(); "
        "App.run = lambda app: print('IMPORTED', len(looked), *sorted(sys.modules), file=sys.stderr); sys.exit(main())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, "--home", str(tmp_path)], capture_output=True, text=True, check=True
    )
    looked, *names = answer.stderr.rpartition("IMPORTED")[2].split()
    assert "paperreader.tui.screens.reading" in names
    assert not NOT_BEFORE_THE_FIRST_PAINT & set(names)
    assert looked == "0"


def test_a_list_needs_the_database_only(tmp_path: Path) -> None:
    looking = (["find"], ["show", "2402.00847"], ["export"], ["feeds"], ["list"], ["saved"], ["dump"])
    for words in (*looking, ["bookmark", "2402.00847"], ["tag", "x", "2402.00847"]):
        assert imported(tmp_path, *words) == {"sqlite3"}


def test_a_search_does_not_import_the_screen(tmp_path: Path) -> None:
    assert imported(tmp_path, "find", "neural") == {"sqlite3", "whoosh", "numpy"}
