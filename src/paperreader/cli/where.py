"""`paperreader where`"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from paperreader.cli.streams import JSON_ESCAPE, put, write, write_as

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """In which form."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Print the six places, and when the digest goes out by itself; makes nothing."""
    from paperreader.cli.digest_schedule import looked_at

    places = {**paths.named(), "schedule": looked_at(paths)}
    if options.json:
        import json

        write_as(JSON_ESCAPE)
        write([json.dumps(places, ensure_ascii=False, indent=2) + "\n"])
        return 0
    width = max(map(len, places))
    for name, place in places.items():
        put(f"{name:<{width}}  {place or 'none: `paperreader digest --schedule 08:00` sets one'}")
    return 0
