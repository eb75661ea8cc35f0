"""The door: a command, or the screen?"""

from __future__ import annotations

import sys


def main() -> int:
    """What the installed program `paperreader` calls; returns the exit code."""
    try:
        from paperreader.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # pressed before any command had begun
        return 130


if __name__ == "__main__":
    sys.exit(main())
