"""The text of the page of trending papers, as one copies it from a browser.

Some lines of page furniture, then title and abstract in turn, each on a line of its own; the button's word
"Subscribe" is glued to the front of the first title. Nothing names a paper but its title.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from paperreader.imports.gleaned import Gleaned
from paperreader.imports.lines import Lines
from paperreader.paper import Sighting
from paperreader.plain import one_line, storable

_FURNITURE = "get trending papers in your email inbox"
_BUTTON = "Subscribe"
_FURNITURE_WITHIN = 20
"""Lines. Furniture stands at the top; further down the words are a paper's."""
_LONGEST_TITLE = 400
"""Characters. The longest of the 247 titles has 162, the shortest abstract 523; arXiv's form takes no longer ones."""


def recognise(head: str) -> bool:
    """Whether the page's invitation stands among its first lines."""
    lines = [line for line in head.split("\n") if line.strip()]
    return any(_is_furniture(line.strip()) for line in lines[:_FURNITURE_WITHIN])


def read(lines: Lines, gleaned: Gleaned, source: str) -> Iterator[Sighting]:
    """A sighting for each title; a last title may lack its abstract.

    Raises UnreadableInput where a title was due and an abstract stands: all papers after it would get a wrong one.
    """
    title = ""
    for number, text in _body(lines):
        if title:
            yield Sighting(source=source, title=title, abstract=storable(text))
            title = ""
        elif len(text) > _LONGEST_TITLE:
            reason = f"a title is due here, and this line has {len(text):,} characters."
            raise lines.refuse(number, reason, "Title and abstract must stand in turn, each on one line.")
        else:
            title = one_line(text)
    if title:
        yield Sighting(source=source, title=title)


def _body(lines: Lines) -> Iterator[tuple[int, str]]:
    """The numbered lines of the papers, without blank ones, furniture and the glued word."""
    filled = ((number, text.strip()) for number, text in lines if text and not text.isspace())
    top = list(islice(filled, _FURNITURE_WITHIN))
    ends = max((place for place, (_, text) in enumerate(top, 1) if _is_furniture(text)), default=0)
    glued = True
    for number, text in chain(top[ends:], filled):
        title = text.removeprefix(_BUTTON).strip() if glued else text
        glued = glued and not title
        if title:
            yield number, title


def _is_furniture(line: str) -> bool:
    return line.casefold().startswith(_FURNITURE)
