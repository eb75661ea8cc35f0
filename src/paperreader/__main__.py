"""The door: a command, or the screen?"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperreader.paths import Paths


def main() -> int:
    """What the installed program `paperreader` calls; returns the exit code."""
    try:
        from paperreader.cli import run

        return run(sys.argv[1:], _screen)
    except KeyboardInterrupt:  # pressed before any command had begun
        return 130


def _screen(paths: Paths) -> int:
    """The reader, with the person's settings. Raises PaperReaderError where it cannot open."""
    gc.disable()  # until the first paint: what the start makes stays, and looking through it takes 40 of its 400 ms
    try:
        from paperreader.settings import Settings
        from paperreader.tui.app import run  # 300 ms: Textual

        return run(paths, Settings.read(paths.settings))
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
