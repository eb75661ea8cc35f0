"""Papers, written as text: which formats there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from paperreader.errors import ExportError
from paperreader.exports import json_array, json_lines, markdown
from paperreader.paper import Paper


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing papers down."""

    name: str
    """What `export --format` calls it."""
    label: str
    """What it is, in a few words."""
    write: Callable[[Iterable[Paper]], Iterator[str]]
    """The text, in pieces, as the papers come: nothing is gathered in memory."""


FORMATS: Final = {
    form.name: form
    for form in (
        Format("markdown", "a list to read or to put into notes", markdown.write),
        Format("json", "one array", json_array.write),
        Format("jsonl", "one object a line, which import reads", json_lines.write),
    )
}
"""By name, in the order of the help."""


def write(name: str, papers: Iterable[Paper]) -> Iterator[str]:
    """The papers in the format of that name, in pieces. Raises ExportError where there is none."""
    form = FORMATS.get(name)
    if form is None:
        raise ExportError(f"There is no format {name!r}.", f"Known are {', '.join(FORMATS)}.")
    return form.write(papers)
