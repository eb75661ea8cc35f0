"""One conversation with an SMTP server, step by step; each step says in our words what went wrong."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from paperreader.digest import smtp_words as words
from paperreader.digest.password import Password
from paperreader.digest.server import Server
from paperreader.digest.way import Letter
from paperreader.errors import MailError
from paperreader.plain import printable

_FAREWELL = 2.0
"""Seconds to say goodbye: the mail is out already."""


class SmtpLine:
    """The line; its steps are taken in the order in which they stand here, each returning what it found."""

    def __init__(self, server: Server, connecting: float, answering: float, altogether: float) -> None:
        self.server = server
        self._patience = answering
        self._connecting = connecting
        self._places: list[tuple[socket.AddressFamily, str]] = []
        self._smtp = smtplib.SMTP(local_hostname="localhost", timeout=answering)  # the name is set once connected
        self._altogether = altogether
        self._late = False
        self._ending = threading.Timer(altogether, self._cut)
        self._ending.daemon = True

    def find(self) -> str:
        """The server's addresses."""
        host = self.server.host
        try:
            found = socket.getaddrinfo(host, self.server.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise MailError(
                f"The name {host} is not known.", "Check smtp in [digest], and that you are online.", step="name"
            ) from error
        self._places = [(family, str(place[0])) for family, _, _, _, place in found]
        return f"{host} is {', '.join(dict.fromkeys(place for _, place in self._places))}"

    def connect(self) -> str:
        """A connection to the first address that takes one; its greeting, unless that comes encrypted."""
        failure: OSError | None = None
        for _, place in self._places:
            try:
                self._smtp.sock = socket.create_connection((place, self.server.port), self._connecting)
            except OSError as error:
                failure = error
                continue
            self._ending.start()
            self._smtp.sock.settimeout(self._patience)
            self._smtp.local_hostname = _literal(self._smtp.sock)
            return "connected" if self.server.tls == "implicit" else self._greeted("connection")
        slow = isinstance(failure, TimeoutError)
        reason = f"no answer within {self._connecting:g} s" if slow else _reason(failure)
        raise MailError(
            f"{self.server.label} cannot be reached: {reason}.",
            "Check the port; some networks let no mail out (ports 25, 465, 587).",
            step="connection",
        ) from failure

    def secure(self, context: ssl.SSLContext | None) -> str:
        """TLS, with the certificate verified, as the server's settings want it."""
        if self.server.tls == "none":
            return "none, as the settings say: mail and password are readable on the way"
        if self.server.tls == "starttls":
            self._ask_for_tls()
        context = context or ssl.create_default_context()
        with self._told("TLS", "while the encryption was set up"):
            assert self._smtp.sock is not None  # connect() came before
            self._smtp.sock = secured = context.wrap_socket(self._smtp.sock, server_hostname=self.server.host)
        # What came before is forgotten: it was not encrypted, and somebody may have put it there.
        self._smtp.file = None
        self._smtp.helo_resp = self._smtp.ehlo_resp = None
        self._smtp.esmtp_features = {}
        self._smtp.does_esmtp = False
        if self.server.tls == "implicit":
            self._greeted("TLS")
        with self._told("TLS", "after the encryption was set up"):
            self._smtp.ehlo_or_helo_if_needed()
        return f"{secured.version()}, certificate verified"

    def login(self, username: str, password: Password | None) -> str:
        """A login, where there is a user name."""
        if not username or password is None:
            return "none: no username is set"
        secret = password()
        if not self._smtp.has_extn("auth"):
            raise MailError(
                f"{self.server.label} offers no login.",
                "Perhaps it wants TLS first, or the port is another one; or leave out username.",
                step="login",
            )
        with self._told("login", "during the login"):
            if not self._kinds & _KINDS:
                raise self._no_kind()
            if username.isascii() and secret.isascii():
                self._smtp.login(username, secret)
            else:
                self._plain_login(username, secret)
        return f"logged in as {printable(username)}"

    def address(self, letter: Letter) -> str:
        """Whether the server takes mail from this sender to this recipient."""
        options = []
        if letter.utf8:
            if not self._smtp.has_extn("smtputf8"):
                raise MailError(
                    f"{self.server.label} takes no address like {printable(letter.recipient)} (it has no SMTPUTF8).",
                    "Use addresses with plain letters before the @, or another server.",
                    step="address",
                )
            options.append("SMTPUTF8")
            self._smtp.command_encoding = "utf-8"
        with self._told("address", "when it was told the addresses"):
            code, text = self._smtp.mail(letter.sender, options)
            if code != 250:
                raise words.refusal(self.server, "address", f"mail from {printable(letter.sender)}", code, text)
            code, text = self._smtp.rcpt(letter.recipient)
            if code not in (250, 251):
                raise words.refusal(self.server, "address", f"mail to {printable(letter.recipient)}", code, text)
        return f"takes mail from {printable(letter.sender)} to {printable(letter.recipient)}"

    def forget(self) -> None:
        """Take the addresses back: nothing is sent."""
        with self._told("address", "when nothing was to be sent"):
            self._smtp.rset()

    def begin(self) -> None:
        """Say that the mail comes now."""
        with self._told("message", "before the mail"):
            code, text = self._smtp.docmd("DATA")
            if code != 354:
                raise words.refusal(self.server, "message", "the mail", code, text)

    def hand_over(self, data: bytes) -> None:
        """The mail, without the dot that ends it: should the line break now, nothing has gone out."""
        with self._told("message", "in the middle of the mail"):
            self._smtp.send(data)

    def end(self) -> str:
        """The dot, and the server's answer: every 2xx is yes (RFC 5321, section 4.2.1).

        Raises MailError where it says no, MailUnclear where it says neither; what `smtplib` or the socket raise where
        it says nothing.
        """
        self._smtp.send(b".\r\n")
        code, text = self._smtp.getreply()
        if 400 <= code < 600:
            raise words.refusal(self.server, "message", "the mail", code, text)
        if not 200 <= code < 300:
            raise words.undecided(self.server, f"answered {words.answer(code, text) or 'an empty line'}")
        return words.answer(code, text)

    def instead(self, error: Exception) -> str:
        """What the server did when it should have answered."""
        if self._late:
            return f"was not done within {self._altogether:g} s"
        return words.silence(error, self._patience)

    def hang_up(self) -> None:
        """Say goodbye and let go of the line; harmless at any time."""
        self._ending.cancel()
        if self._smtp.sock is None:
            return
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.sock.settimeout(_FAREWELL)
            self._smtp.quit()
        self._smtp.close()

    def _greeted(self, step: str) -> str:
        with self._told(step, "when it should have greeted"):
            code, text = self._smtp.getreply()
            if code != 220:
                raise words.refusal(self.server, step, "the connection", code, text)
            self._smtp.ehlo_or_helo_if_needed()
        return words.answer(code, text)

    def _ask_for_tls(self) -> None:
        with self._told("TLS", "when it was asked for encryption"):
            code, text = self._smtp.docmd("STARTTLS") if self._smtp.has_extn("starttls") else (0, b"")
        if code != 220:
            said = f" ({words.answer(code, text)})" if code else ""
            raise MailError(
                f"{self.server.label} offers no encryption{said}; nothing is sent without.",
                'Try port 465, or tls = "none" in [digest] if it is a server on this machine.',
                step="TLS",
            )

    @property
    def _kinds(self) -> set[str]:
        """The kinds of login that the server offers."""
        return set(str(self._smtp.esmtp_features.get("auth", "")).upper().split())

    def _no_kind(self) -> MailError:
        offered = printable(", ".join(sorted(self._kinds)))[:100] or "none"
        return MailError(
            f"{self.server.label} takes no password (its kinds of login: {offered}).",
            "Perhaps your provider has app passwords at another server; or a command that can log in there: "
            'sendmail = "msmtp -t" in [digest].',
            step="login",
            lasting=True,
        )

    def _plain_login(self, username: str, secret: str) -> None:
        """AUTH PLAIN in UTF-8 (RFC 4616): smtplib knows ASCII only."""
        told = base64.b64encode(f"\0{username}\0{secret}".encode()).decode("ascii")
        code, text = self._smtp.docmd("AUTH", f"PLAIN {told}")
        if code != 235:
            raise words.refusal(self.server, "login", "the login", code, text)

    def _cut(self) -> None:
        sock = self._smtp.sock
        self._late = True
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def _told(self, step: str, doing: str) -> Iterator[None]:
        """Translate what a server or a network can do to us; a bug passes through."""
        try:
            yield
        except smtplib.SMTPResponseException as error:
            raise words.refused(self.server, step, _NOUNS.get(step, "this"), error) from error
        except ssl.SSLError as error:
            raise words.untrusted(self.server, error) from error
        except smtplib.SMTPServerDisconnected as error:
            raise words.broken(self.server, step, doing, self.instead(error)) from error
        except smtplib.SMTPException as error:  # no kind of login that both sides know
            raise MailError(f"{self.server.label}: {printable(str(error))[:200]}.", "", step=step) from error
        except OSError as error:
            raise words.broken(self.server, step, doing, self.instead(error)) from error


_KINDS = {"CRAM-MD5", "PLAIN", "LOGIN"}
"""Those that smtplib knows."""
_NOUNS = {"login": "the login", "connection": "the connection", "TLS": "the connection"}


def _literal(sock: socket.socket) -> str:
    """How we call ourselves: by the address of our end (RFC 5321, section 4.1.3). Our name is nobody's business."""
    place = str(sock.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{place}]" if ":" in place else f"[{place}]"


def _reason(error: OSError | None) -> str:
    return (error.strerror or str(error)) if error is not None else "it has no address"
