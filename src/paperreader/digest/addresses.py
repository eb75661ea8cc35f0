"""Mail addresses: understood, and made fit for headers and servers.

A domain with other letters than ASCII goes out in its IDNA form, which every server takes. Such letters before the @
need a server that offers SMTPUTF8 (RFC 6531).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import getaddresses
from typing import Final

from paperreader.errors import MailError
from paperreader.plain import printable

_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
"""A dot-atom (RFC 5322, section 3.2.3; with other letters, RFC 6532)."""
_DOMAIN: Final = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
_LONGEST: Final = 64
"""Bytes before the @ (RFC 5321, section 4.5.3.1)."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's address."""

    name: str
    """What they are called; may be empty."""
    local: str
    """What stands before the @."""
    domain: str
    """In ASCII."""

    @property
    def address(self) -> str:
        """The bare address, as a server is told it."""
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """Whom it names: Ann@Example.org and ann@example.org are one person to every server that there is."""
        return self.address.casefold()

    @property
    def needs_utf8(self) -> bool:
        """Whether only a server that offers SMTPUTF8 can take it."""
        return not self.local.isascii()

    @property
    def header(self) -> Address:
        """For a header, where names are encoded by RFC 2047."""
        return Address(display_name=self.name, username=self.local, domain=self.domain)


def mailbox(text: str) -> Mailbox:
    """ "ann@example.org" or "Ann Lee <ann@example.org>". Raises MailError for what is no single address."""
    found = getaddresses([text]) if text.isprintable() else []
    if len(found) == 1:
        name, address = found[0]
        local, at, domain = address.rpartition("@")
        plain = _ascii(domain)
        whole = address in text  # the parser drops spaces within it
        if at and whole and plain and _LOCAL.fullmatch(local) and len(local.encode()) <= _LONGEST:
            return Mailbox(" ".join(name.split()), local, plain)
    raise MailError(
        f'"{printable(text[:80])}" is no mail address.', "It should look like ann@example.org.", step="address"
    )


def _ascii(domain: str) -> str:
    """The domain in its IDNA form; empty where it has none."""
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return plain if _DOMAIN.fullmatch(plain) and len(plain) <= 253 else ""
