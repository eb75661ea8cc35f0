"""Take the pictures of the digest's mail again: `python screenshots/take_digest.py`. Needs Chromium.

Each browser draws letters a little otherwise: so nothing compares these pictures byte by byte.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only this folder is there

from paperreader.digest import html  # noqa: E402 -- the path above comes first
from paperreader.library import Library  # noqa: E402 -- likewise
from paperreader.library.opening import starter_sightings  # noqa: E402 -- likewise
from paperreader.paper import Sighting  # noqa: E402 -- likewise
from paperreader.paths import Paths  # noqa: E402 -- likewise
from paperreader.settings import DigestSettings  # noqa: E402 -- likewise
from paperreader.store import recording  # noqa: E402 -- likewise
from screenshots.rendering import chromium, take  # noqa: E402 -- likewise
from tests.scenes import NOW  # noqa: E402 -- likewise

PICTURES = {
    "digest-light": (720, False),
    "digest-dark": (720, True),
    "digest-narrow": (400, False),
    "digest-narrow-dark": (400, True),
}
"""By name: the width, and whether the person likes it dark."""
_HEIGHT = 1500
_READER = "you@example.org"
_LAST, *_MISSED = (date(2024, 12, 29) + timedelta(days=number) for number in range(4))
_REMARK = "The refresh before this digest failed: this machine was offline. This is what was there before."


def page(folder: Path) -> str:
    """A mail after two days off, with every kind of section: the starter papers, as if a feed had told of them."""
    moment = NOW - 3 * 86_400
    library = Library.open(Paths.under(folder), now=lambda: moment, starter=False)
    papers = [paper for paper in starter_sightings() if paper.arxiv_id]
    try:
        _told(library, papers[:6], _LAST)
        library.bookmark([1])
        library.digests.keep(library.digests.draft(DigestSettings(), _READER))
        moment = NOW
        for number, day in enumerate(_MISSED, 1):
            _told(library, papers[number * 20 : number * 20 + 20], day)
        _told(library, [replace(papers[0], version=2)], _LAST)
        library.saved.save("reasoning", "reasoning")
        for _ in library.reindex():
            pass
        return html.in_mail(library.digests.draft(DigestSettings(trending=1, saved=2), _READER, [_REMARK]).digest)
    finally:
        library.close()


def _told(library: Library, papers: Sequence[Sighting], day: date) -> None:
    seen = [
        replace(
            paper,
            source="huggingface",
            listed=day.isoformat(),
            votes=90 // (place + 1),
            comments=place % 4,
            version=paper.version or 1,
        )
        for place, paper in enumerate(papers)
    ]
    for _ in recording.record(library._database, seen, library._now(), revive=False):
        pass


def main() -> None:
    """Write all pictures."""
    if chromium() is None:
        sys.exit("Chromium is not installed; on Debian: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        mail = page(Path(folder))
    for name, (width, dark) in PICTURES.items():
        file = ROOT / "screenshots" / f"{name}.png"
        take(mail, file, width=width, height=_HEIGHT, dark=dark)
        print(f"taken  {file}")


if __name__ == "__main__":
    main()
