"""The digest as a mail: text and HTML, with the headers that a good citizen's machine-made mail has."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Final

from paperreader.digest import html, text, wording
from paperreader.digest.address_header import AddressHeader
from paperreader.digest.addresses import Mailbox
from paperreader.digest.content import Digest

LIST_NAME: Final = "paperreader digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From whom, to whom, and as which list."""

    sender: Mailbox
    recipient: Mailbox
    list_name: str
    """What List-Id tells this library's digests by (RFC 2919); letters, digits and dots."""
    unsubscribe: str = ""
    """An address for List-Unsubscribe (RFC 2369); empty for none."""

    @property
    def needs_utf8(self) -> bool:
        """Whether only a server that offers SMTPUTF8 can take it."""
        return self.sender.needs_utf8 or self.recipient.needs_utf8


def compose(digest: Digest, envelope: Envelope) -> EmailMessage:
    """The mail, with a Message-ID of its own: composing twice makes two mails.

    The id names the sender's domain and nothing of this machine.
    """
    mail = EmailMessage(policy=default)
    mail["Date"] = digest.at
    mail["Message-ID"] = f"<{secrets.token_hex(16)}@{envelope.sender.domain}>"
    mail["From"] = AddressHeader("From", envelope.sender)
    mail["To"] = AddressHeader("To", envelope.recipient)
    mail["Subject"] = wording.subject(digest)
    mail["List-Id"] = f"{LIST_NAME} <{envelope.list_name}>"
    if envelope.unsubscribe:
        mail["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    mail.set_content(text.write(digest), charset="utf-8", cte="quoted-printable")
    mail.add_alternative(html.in_mail(digest), subtype="html", charset="utf-8", cte="quoted-printable")
    return mail


def as_bytes(mail: EmailMessage, *, utf8: bool, crlf: bool = True) -> bytes:
    """The mail as it goes over a line, or with bare line feeds as files and commands on this machine have it."""
    return mail.as_bytes(policy=(SMTP if crlf else default).clone(utf8=utf8))


def write(digest: Digest, envelope: Envelope) -> str:
    """The mail as a file has it."""
    return as_bytes(compose(digest, envelope), utf8=envelope.needs_utf8, crlf=False).decode("utf-8")
