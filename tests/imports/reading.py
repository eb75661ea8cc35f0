"""Bytes in, what a format makes of them out: without a file."""

from __future__ import annotations

import io
import json
from typing import Any

from paperreader.imports import recognised
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.paper import Sighting


def read(raw: bytes | str) -> tuple[list[Sighting], Gleaned]:
    """The sightings of a file with these bytes, in whichever format it is, and what else was found.

    Raises UnreadableInput where all is refused."""
    raw = raw.encode() if isinstance(raw, str) else raw
    form = recognised(Lines("papers", io.BytesIO(raw)).head(65536))
    assert form is not None, "no format recognises it"
    gleaned = Gleaned()
    papers = list(form.read(Lines("papers", io.BytesIO(raw)), gleaned, "import"))
    if gleaned.refusals and not papers:
        raise gleaned.refusals[0]
    return papers, gleaned


def sighting(**fields: Any) -> Sighting:
    """The one sighting of one JSON line with these fields; an id is added where none is among them."""
    named = fields if fields.keys() & {"arxiv_id", "doi", "id"} else {"id": "x", **fields}
    (only,), _ = read(json.dumps(named))
    return only
