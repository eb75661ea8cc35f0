"""Papers -> one digest: composed as text, Markdown, HTML, a mail or an Atom feed; sending is apart from composing.

`content` is what a digest holds, `wording` the words that all forms share. A mail goes out through `smtp`, `sendmail`
or `maildir`; `timers` makes the machine do it once a day. Nothing here reads settings or the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from paperreader.digest.content import Digest
    from paperreader.digest.letter import Envelope


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a digest down."""

    name: str
    """What `digest --format` calls it."""
    label: str
    """What it is, in a few words."""
    module: str
    """Where it is written, within this package: imported when it is asked for, so that help costs nothing."""
    escape: str
    """What becomes of a character that the terminal's encoding lacks (an error handler of Python)."""

    def write(self, digest: Digest, envelope: Envelope) -> str:
        """The digest in this form; the envelope is for the one that is a mail."""
        write = import_module(f"paperreader.digest.{self.module}").write
        if self.module == "letter":
            return cast("Callable[[Digest, Envelope], str]", write)(digest, envelope)
        return cast("Callable[[Digest], str]", write)(digest)


FORMATS: Final = {
    form.name: form
    for form in (
        Format("text", "72 columns", "text", "replace"),
        Format("markdown", "for notes", "markdown", "xmlcharrefreplace"),
        Format("html", "one page", "html", "xmlcharrefreplace"),
        Format("eml", "the mail, both as text and HTML", "letter", "replace"),
        Format("atom", "a feed", "atom", "xmlcharrefreplace"),
    )
}
"""By name, in the order of the help."""
