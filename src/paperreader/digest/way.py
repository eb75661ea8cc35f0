"""What every way of sending has in common: a letter goes in; it is out, it is not, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from paperreader.errors import MailError

PERHAPS: Final = "It may have been sent: look into the inbox."
"""What to do where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail that is ready to go."""

    sender: str
    """The bare address, as a server is told it."""
    recipient: str
    message: bytes
    """The whole mail, with CRLF."""
    utf8: bool = False
    """Whether an address or a header of it needs SMTPUTF8."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A step of a check."""

    step: str
    """name, connection, TLS, login, address; or command, folder."""
    said: str
    """What was found, in a sentence."""
    error: MailError | None = None
    """What failed; None where it went well."""


class Way(Protocol):
    """One way of sending."""

    @property
    def label(self) -> str:
        """Where it leads, for messages: "smtp.example.org:587"."""

    @property
    def may_be_out(self) -> bool:
        """Whether the letter that is being sent, or was last, can have gone out: an end before that sent nothing."""

    def send(self, letter: Letter) -> str:
        """Send it; what was answered. Raises MailError where it did not go out, MailUnclear where nobody knows."""

    def check(self, letter: Letter) -> Iterator[Checked]:
        """Try every step but the last; ends at the first that fails. Nothing is sent."""
