"""Papers -> one digest: composed as text, Markdown, HTML, a mail or an Atom feed; sending is apart from composing.

`content` is what a digest holds, `wording` the words that all forms share. A mail goes out through `smtp`, `sendmail`
or `maildir`; `timers` makes the machine do it once a day. Nothing here reads settings or the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from paperreader.digest import text
from paperreader.digest.content import Digest


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a digest down."""

    name: str
    """What `digest --format` calls it."""
    label: str
    """What it is, in a few words."""
    write: Callable[[Digest], str]


FORMATS: Final = {form.name: form for form in (Format("text", "72 columns", text.write),)}
"""By name, in the order of the help."""
