"""Take every picture again: `python screenshots/take.py`, or some: `python screenshots/take.py wide help`.

Needs the package with its `test` extra installed, and nothing else. The pictures are the same bytes on every run;
tests/test_screenshots.py compares them with what the program draws now.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only this folder is there

from screenshots.drawing import draw  # noqa: E402 -- the path above comes first
from tests.scenes import SCENES, Studio  # noqa: E402 -- likewise


def main(names: list[str]) -> int:
    """Write the named pictures, or all; 2 where a name is none."""
    unknown = sorted(set(names) - {scene.name for scene in SCENES})
    if unknown:
        print(
            f"There is no scene {', '.join(unknown)}; there are {', '.join(s.name for s in SCENES)}.", file=sys.stderr
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder) / "studio")
        for scene in SCENES:
            if names and scene.name not in names:
                continue
            file = ROOT / "screenshots" / f"{scene.name}.svg"
            picture = draw(scene.name, scene.shows, asyncio.run(studio.take(scene)).lines)
            changed = not file.exists() or file.read_bytes() != picture.encode()
            file.write_bytes(picture.encode())
            print(f"{'taken again' if changed else 'the same   '}  {file.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
