"""Take the pictures of the digest's mail again: `python screenshots/take_digest.py`. Needs Chromium.

Each browser draws letters a little otherwise: so nothing compares these pictures byte by byte.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only this folder is there

from paperreader.digest import html  # noqa: E402 -- the path above comes first
from paperreader.library import Library  # noqa: E402 -- likewise
from paperreader.paths import Paths  # noqa: E402 -- likewise
from paperreader.settings import DigestSettings  # noqa: E402 -- likewise
from screenshots.rendering import chromium, take  # noqa: E402 -- likewise
from tests.scenes import NOW, Studio  # noqa: E402 -- likewise

PICTURES = {"digest-light": (720, False), "digest-dark": (720, True), "digest-narrow": (400, False)}
"""By name: the width, and whether the person likes it dark."""
_HEIGHT = 900


def page(folder: Path) -> str:
    """The mail of a library of starter papers with made-up votes; `folder` is empty, or not there yet."""
    Studio(folder)
    library = Library.open(Paths.under(folder / "voted"), now=lambda: NOW)
    try:
        return html.write(library.digests.draft(DigestSettings()).digest)
    finally:
        library.close()


def main() -> None:
    """Write all pictures."""
    if chromium() is None:
        sys.exit("Chromium is not installed; on Debian: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        mail = page(Path(folder) / "studio")
    for name, (width, dark) in PICTURES.items():
        file = ROOT / "screenshots" / f"{name}.png"
        take(mail, file, width=width, height=_HEIGHT, dark=dark)
        print(f"taken  {file}")


if __name__ == "__main__":
    main()
