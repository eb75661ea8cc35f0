"""What a list, a tag or a saved search may be called."""

from __future__ import annotations

from paperreader.errors import KeepingError
from paperreader.plain import one_line, printable

LONGEST = 80
"""Characters of a name: what fits on one line of a screen."""
BETWEEN = ", "
"""Between tags that one act puts on or takes off, where they are told."""


def proper(name: str, what: str) -> str:
    """The name on one line. Raises KeepingError where nothing is left of it, or too much; `what` is to be named."""
    plain = one_line(printable(name).replace('"', "'")).strip()
    if not plain:
        raise KeepingError(f"A {what} needs a name.")
    if len(plain) > LONGEST:
        raise KeepingError(f"A {what}'s name has at most {LONGEST} characters, this one {len(plain)}.")
    return plain


def proper_tag(name: str) -> str:
    """A tag's name: with or without the "#" that some write before it."""
    return proper(name.strip().removeprefix("#"), "tag")


def new_tag(name: str) -> str:
    """A name that no tag has yet. Raises KeepingError for one with a comma: commas part the tags that are typed."""
    plain = proper_tag(name)
    if "," in plain:
        raise KeepingError("A tag's name has no comma: commas part several tags.", "Leave the comma out.")
    return plain
