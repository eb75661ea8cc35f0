"""HTML: one page that needs nothing else, light or dark as the reader's system is, and good on paper."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader.exports import templates
from paperreader.exports.document import Document


def write(document: Document) -> Iterator[str]:
    """The page, made by the template beside this file; every value in it is escaped."""
    from importlib.resources import files

    source = files("paperreader.exports").joinpath("page.html.j2").read_text(encoding="utf-8")
    return templates.write(source, document, escape=True, name="page.html.j2")
