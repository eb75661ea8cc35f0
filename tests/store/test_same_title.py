"""Papers that nobody gave an id: told by title and first author."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.paper import IMPORT, Sighting, View
from paperreader.paths import Paths
from paperreader.store.recording import record

TITLE = "A Survey of Everything"
ANN = Sighting(source=IMPORT, title=TITLE, authors=("Ann Lee", "Bo Xu"))
ANN_AGAIN = Sighting(source=IMPORT, title="A survey of everything", authors=("Lee, A.",))
CARL = Sighting(source=IMPORT, title=TITLE, authors=("Carl Doersch",))
NOBODY = Sighting(source=IMPORT, title=TITLE)
NAMED = Sighting(source=IMPORT, title=TITLE, authors=("Ann Lee",), arxiv_id="2401.01234")
OTHER = Sighting(source=IMPORT, title=TITLE, authors=("Ann Lee",), arxiv_id="2401.09999")


def papers(home: Path, *sightings: Sighting) -> list[tuple[str, str]]:
    """Ids and first authors of what a library makes of these sightings, each recorded twice."""
    library = Library.open(Paths.under(home), starter=False)
    for sighting in (*sightings, *sightings):
        list(record(library._database, [sighting], 1.0, revive=False))
    found = [(paper.arxiv_id, (paper.authors or ("",))[0]) for paper in library.papers(library.listing(View.ALL))]
    library.close()
    return sorted(found)


@pytest.mark.parametrize(
    ("sightings", "count"),
    [
        ((ANN, ANN_AGAIN), 1),
        ((ANN, CARL), 2),
        ((ANN, NOBODY), 1),
        ((NAMED, ANN), 1),
        ((NAMED, CARL), 2),
        ((NAMED, NOBODY), 1),
        ((NAMED, OTHER), 2),
    ],
)
def test_title_and_first_author_tell_where_one_has_no_id(
    tmp_path: Path, sightings: tuple[Sighting, ...], count: int
) -> None:
    for number, order in enumerate(permutations(sightings)):
        assert len(papers(tmp_path / str(number), *order)) == count
