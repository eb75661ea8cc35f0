"""What a failure of an SMTP conversation means for the person: who said what, and what to try. Pure."""

from __future__ import annotations

import smtplib
import ssl

from paperreader.digest.server import Server
from paperreader.digest.way import PERHAPS
from paperreader.errors import MailError, MailUnclear
from paperreader.plain import printable

_LONGEST = 200

_HINTS = {
    "login": "Check username and password; many providers want an app password here, not the one of their web page.",
    "address": "Check `from` and `to` in [digest]; many servers take only the address that the user name belongs to.",
}
_LATER = "It asks to try again later, as greylisting does once; nothing was sent, and the next digest has it all."
_BY_CODE = {
    530: "It wants a login: set username in [digest].",
    534: "It wants another kind of login; many providers want an app password.",
    550: "Check the address; or the server does not take mail from here without a login.",
    552: "The mailbox is full, or the mail is too large for it.",
    554: "It takes the mail for unwanted; ask your provider.",
}


def refused(server: Server, step: str, doing: str, error: smtplib.SMTPResponseException) -> MailError:
    """The server said no."""
    return refusal(server, step, doing, int(error.smtp_code), error.smtp_error)


def refusal(server: Server, step: str, doing: str, code: int, text: bytes | str) -> MailError:
    """The server answered `doing` with this code."""
    said = answer(code, text)
    if not 200 <= code < 600:
        return MailError(
            f"{server.label} does not answer as a mail server does: {said or 'it says nothing'}.",
            "Check smtp in [digest]: another program may be at that port.",
            step=step,
            lasting=True,
        )
    if 400 <= code < 500:
        hint = _LATER
    else:
        hint = _HINTS["login"] if step == "login" else _BY_CODE.get(code) or _HINTS.get(step, "")
    return MailError(f"{server.label} refuses {doing}: {said}.", hint, step=step, lasting=code >= 500)


def broken(server: Server, step: str, doing: str, instead: str) -> MailError:
    """The line broke, or the server fell silent, before anything went out; `instead` is what it did."""
    hint = "Nothing was sent; try again later."
    if step == "connection" and server.tls != "implicit":  # it waits for us to begin, or takes our silence ill
        hint = 'Perhaps this port speaks TLS from the first byte, as 465 does: tls = "implicit" in [digest].'
    return MailError(f"{server.label} {instead} {doing}.", hint, step=step)


def undecided(server: Server, instead: str) -> MailUnclear:
    """The server had all of the mail and did this instead of saying yes or no: nobody knows whether it went out."""
    return MailUnclear(f"{server.label} was given the whole mail and then {instead}.", PERHAPS, step="message")


def silence(error: Exception, patience: float) -> str:
    """What the server did instead of answering."""
    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return f"did not answer within {patience:g} s"
    return "hung up"


def untrusted(server: Server, error: ssl.SSLError) -> MailError:
    """TLS failed."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailError(
            f"The certificate of {server.label} is not valid: {printable(error.verify_message)}.",
            "Name the server as its certificate does; SSL_CERT_FILE names the authority of a server of your own.",
            step="TLS",
            lasting=True,
        )
    other = '"starttls"' if server.tls == "implicit" else '"implicit"'
    return MailError(
        f"{server.label} does not speak TLS as expected ({printable(error.reason or str(error))[:_LONGEST]}).",
        f"Perhaps the port is another one (465 or 587), or tls = {other} is right for it.",
        step="TLS",
        lasting=True,
    )


def answer(code: int, text: bytes | str) -> str:
    """A server's answer, on one line and cut: it is text from outside."""
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    number = f"{code} " if code > 0 else ""  # -1: it began with none
    return f"{number}{' '.join(printable(shown).split())[:_LONGEST]}".strip().rstrip(".")
