"""A list of arXiv ids, DOIs or links to either, one a line; what stands behind a # is a remark."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader.identity import named
from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.paper import Sighting


def recognise(head: str) -> bool:
    """Whether the first line that says anything is an id or a link."""
    filled = (_said(line) for line in head.split("\n"))
    first = next((line for line in filled if line), "")
    return named(first) is not None


def read(lines: Lines, gleaned: Gleaned, source: str) -> Iterator[Sighting]:
    """A sighting, bare but for its id, for each line. One that is no id is refused."""
    for number, text in lines:
        said = _said(text)
        if not said:
            continue
        name = named(said)
        if name is None:
            gleaned.refuse(
                lines.refuse(number, "neither an arXiv id nor a DOI nor a link to one.", "One a line: 2401.01234")
            )
            continue
        gleaned.bare += 1
        if name.kind == "arxiv":
            yield Sighting(source=source, arxiv_id=name.value)
        else:
            yield Sighting(source=source, doi=name.value)


def _said(line: str) -> str:
    """The line without its remark."""
    line = line.strip().removesuffix(",")
    return "" if line.startswith("#") else line.partition(" #")[0].strip()
