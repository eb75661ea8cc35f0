"""A person's name, as short as a list wants it."""

from __future__ import annotations

_PARTICLES = {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter"}
_PARTICLES |= {"van", "von", "zu"}
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d."}
_GROUPS = {"collaboration", "consortium", "group", "lab", "labs", "network", "project", "team"}


def surname(name: str) -> str:
    """The part of an author's name that a list shows: "Ludwig van Beethoven" gives "van Beethoven".

    "Family, Given" gives the family; names of groups and names of one word stay whole.
    """
    family, comma, _ = name.partition(",")
    words = (family if comma else name).split()
    while len(words) > 1 and words[-1].casefold() in _SUFFIXES:
        words.pop()
    if comma or len(words) < 2 or words[-1].casefold() in _GROUPS:
        return " ".join(words)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return " ".join(words[start:])
