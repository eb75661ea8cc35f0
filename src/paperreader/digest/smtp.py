"""Sending through an SMTP server, so that what became of the mail is known wherever it can be known.

Until the dot that ends the mail is handed over, a failure means that nothing went out (RFC 5321, section 4.1.1.4: the
server must not deliver what was not ended). From there until its answer, nobody knows.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from paperreader.digest import smtp_words as words
from paperreader.digest.password import Password
from paperreader.digest.server import Server
from paperreader.digest.smtp_line import SmtpLine
from paperreader.digest.way import Checked, Letter
from paperreader.errors import MailError

CONNECTING: Final = 15.0
"""Seconds for each address of the server."""
ANSWERING: Final = 60.0
"""Seconds for each answer, as long as the server stays silent."""
ALTOGETHER: Final = 300.0
"""Seconds for the whole conversation: a server that answers a letter a minute does not hold us for ever."""


class Smtp:
    """A way through a server, as `username` where it wants a login."""

    def __init__(
        self,
        server: Server,
        *,
        username: str = "",
        password: Password | None = None,
        context: ssl.SSLContext | None = None,
        connecting: float = CONNECTING,
        answering: float = ANSWERING,
        altogether: float = ALTOGETHER,
    ) -> None:
        self._server = server
        self._username = username
        self._password = password
        self._context = context
        self._connecting = connecting
        self._answering = answering
        self._altogether = altogether
        self.may_be_out = False

    @property
    def label(self) -> str:
        """host:port"""
        return self._server.label

    def send(self, letter: Letter) -> str:
        """Send it; the server's answer. Raises MailError, MailUnclear."""
        self.may_be_out = False
        line = SmtpLine(self._server, self._connecting, self._answering, self._altogether)
        try:
            for _, step in self._steps(line, letter):
                step()
            return self._delivered(line, letter.message)
        finally:
            line.hang_up()

    def check(self, letter: Letter) -> Iterator[Checked]:
        """Name, connection, TLS, login and address, one by one; the mail itself is not sent."""
        line = SmtpLine(self._server, self._connecting, self._answering, self._altogether)
        try:
            for name, step in self._steps(line, letter):
                try:
                    said = step()
                except MailError as error:
                    yield Checked(name, error.message, error)
                    return
                yield Checked(name, said)
            with suppress(MailError):
                line.forget()
        finally:
            line.hang_up()

    def _delivered(self, line: SmtpLine, message: bytes) -> str:
        line.begin()
        body = message if message.endswith(b"\r\n") else message + b"\r\n"
        stuffed = b"." + body if body.startswith(b".") else body
        line.hand_over(stuffed.replace(b"\r\n.", b"\r\n.."))
        self.may_be_out = True
        try:
            return line.end()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise words.undecided(line.server, line.instead(error)) from error
        except smtplib.SMTPResponseException as error:  # a line that is longer than any answer
            raise words.undecided(line.server, "answered what cannot be read") from error

    def _steps(self, line: SmtpLine, letter: Letter) -> Iterator[tuple[str, Callable[[], str]]]:
        yield "name", line.find
        yield "connection", line.connect
        yield "TLS", lambda: line.secure(self._context)
        yield "login", lambda: line.login(self._username, self._password)
        yield "address", lambda: line.address(letter)
