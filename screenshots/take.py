"""Take every picture again: `python screenshots/take.py`, or some: `python screenshots/take.py wide help`.

Needs the package with its `test` extra installed, and nothing else. The pictures are the same bytes on every run;
tests/test_screenshots.py compares them with what the program draws now.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only this folder is there

from screenshots.drawing import draw  # noqa: E402 -- the path above comes first
from tests.scenes import SCENES, Scene, Studio  # noqa: E402 -- likewise


def main() -> None:
    """Write the named pictures, or all."""
    names = [scene.name for scene in SCENES]
    parser = argparse.ArgumentParser(description="Take the pictures of the README again.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of them only: {', '.join(names)}")
    parser.add_argument("--into", type=Path, default=ROOT / "screenshots", metavar="FOLDER", help="put them there")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in names]:
        parser.error(f"there is no scene {', '.join(unknown)}; there are {', '.join(names)}")
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder) / "studio")
        for scene in SCENES:
            if not asked.names or scene.name in asked.names:
                _take(studio, scene, asked.into / f"{scene.name}.svg")


def _take(studio: Studio, scene: Scene, file: Path) -> None:
    picture = draw(scene.name, scene.shows, asyncio.run(studio.take(scene)).lines).encode()
    same = file.exists() and file.read_bytes() == picture
    file.write_bytes(picture)
    print(f"{'the same   ' if same else 'taken again'}  {file}")


if __name__ == "__main__":
    main()
