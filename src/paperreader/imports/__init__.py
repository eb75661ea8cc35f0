"""Files that people have, read as sightings: which formats there are, and which one a file is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from paperreader.imports import bibtex, id_list, json_array, json_lines, ris, trending_page
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.paper import Sighting


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing papers down."""

    name: str
    """What messages and the help call it."""
    recognise: Callable[[str], bool]
    """Whether a file that begins with this text is in this format."""
    read: Callable[[Lines, Gleaned, str], Iterator[Sighting]]
    """The sightings on these lines, said by this source; what it cannot understand is refused (`Gleaned.refused`).

    Raises UnreadableInput where it cannot go on."""


FORMATS: Final = (
    Format("the text of the page of trending papers", trending_page.recognise, trending_page.read),
    Format("a JSON array of papers or CSL items", json_array.recognise, json_array.read),
    Format("a list of arXiv ids", id_list.recognise, id_list.read),
    Format("RIS", ris.recognise, ris.read),
    Format("BibTeX", bibtex.recognise, bibtex.read),
    Format("JSON Lines", json_lines.recognise, json_lines.read),
)
"""In the order of asking: the first that recognises a file reads it."""


def recognised(head: str) -> Format | None:
    """The format of a file that begins with `head`; None for a file in none of ours."""
    return next((form for form in FORMATS if form.recognise(head)), None)
