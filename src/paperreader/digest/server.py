"""Which SMTP server is meant, and how the line to it is encrypted. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from paperreader.errors import MailError
from paperreader.plain import printable

Tls = Literal["implicit", "starttls", "none"]

IMPLICIT, SUBMISSION, RELAY = 465, 587, 25
_BY_PORT: Final[dict[int, Tls]] = {IMPLICIT: "implicit", SUBMISSION: "starttls"}
"""RFC 8314, section 3.3, and RFC 6409."""
_HOST: Final = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
_ADDRESS: Final = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::(\d+))?")


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server."""

    host: str
    """Its name, in ASCII, or its address."""
    port: int
    tls: Tls

    @property
    def label(self) -> str:
        """host:port"""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def server(text: str, tls: str | None = None) -> Server:
    """ "smtp.example.org:587"; without a port, 587. Raises MailError where that or the encryption cannot be.

    Encryption follows from the port where `tls` does not say: 465 speaks TLS from the first byte, 587 has to after
    STARTTLS. For any other port it has to be said: no line is bare because somebody forgot a word.
    """
    host, port = _parts(text.strip())
    if tls is None and port not in _BY_PORT:
        raise MailError(
            f"Port {port} does not say how the line is encrypted.",
            'Set tls = "starttls" or "implicit" in [digest]; tls = "none" sends mail and password readably.',
            step="settings",
        )
    return Server(host, port, _BY_PORT[port] if tls is None else cast("Tls", tls))


def _parts(text: str) -> tuple[str, int]:
    if "@" in text:  # what stands before it may be a password: it is not repeated
        raise MailError("smtp in [digest] names a user, or even a password.", _HINT, step="settings")
    if match := _ADDRESS.fullmatch(text):
        host, port = match[1], match[2] or str(SUBMISSION)
    else:
        name, colon, port = text.partition(":")
        port = port if colon else str(SUBMISSION)
        host = _ascii(name)
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise MailError(f'"{printable(text[:80])}" is no host:port.', _HINT, step="settings")
    return host, int(port)


_HINT: Final = 'It should look like smtp = "smtp.example.org:587", with username = "..." on a line of its own.'


def _ascii(name: str) -> str:
    try:
        plain = name.removesuffix(".").encode("idna").decode("ascii")  # no certificate has the last dot
    except UnicodeError:
        return ""
    return plain if _HOST.fullmatch(plain) else ""
