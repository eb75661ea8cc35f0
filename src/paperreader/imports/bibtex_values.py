"""Values of a BibTeX field taken apart: a person's name, words between commas."""

from __future__ import annotations

from typing import Any

from paperreader.latex.reading import read as plain
from paperreader.names import joined
from paperreader.plain import one_line


def person(name: str) -> str:
    """The name, given name first; braces keep one whole."""
    from pybtex.bibtex.exceptions import BibTeXError
    from pybtex.database import Person
    from pybtex.exceptions import PybtexError

    if name.startswith("{") and name.endswith("}") and name.find("}") == len(name) - 1:
        return one_line(plain(name))
    try:
        person: Any = Person(name)
    except (BibTeXError, PybtexError):  # more than two commas
        return one_line(plain(name))
    family = " ".join((*person.prelast_names, *person.last_names))
    given = " ".join((*person.first_names, *person.middle_names))
    return one_line(plain(joined(given=given, family=family, suffix=" ".join(person.lineage_names))))


def split(raw: str, mark: str) -> list[str]:
    """The parts between the marks that stand outside of braces."""
    depth, start, parts = 0, 0, []
    for at, sign in enumerate(raw):
        depth += (sign == "{") - (sign == "}")
        if sign == mark and depth == 0:
            parts.append(raw[start:at])
            start = at + 1
    return [*parts, raw[start:]]
