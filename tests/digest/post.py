"""A mail server on this machine that behaves as told: also slowly, refusingly, and vanishing. Nothing here sleeps."""

from __future__ import annotations

import asyncio
import ssl
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Literal

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

Tls = Literal["implicit", "starttls", "none"]
HOST = "127.0.0.1"


@dataclass
class Came:
    """A mail that the server took."""

    sender: str
    recipients: list[str]
    data: bytes
    options: list[str]

    @property
    def mail(self) -> EmailMessage:
        mail = message_from_bytes(self.data, policy=default)
        assert isinstance(mail, EmailMessage)
        return mail

    @property
    def text(self) -> str:
        part = self.mail.get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    @property
    def html(self) -> str:
        part = self.mail.get_body(("html",))
        assert part is not None
        return str(part.get_content())


@dataclass
class Manners:
    """How the server behaves; a stage is "EHLO", "MAIL", "RCPT", "DATA" or "QUIT"."""

    says: dict[str, str] = field(default_factory=dict)
    """What it answers at a stage instead of yes."""
    holds: str = ""
    """The stage at which it falls silent."""
    refuses: str = ""
    """A recipient whom it does not take."""
    drops: str = ""
    """The stage at which it cuts the line; at DATA when it has the whole mail."""


class Post:
    """The server; `came` are the mails that it took."""

    def __init__(
        self,
        *,
        tls: Tls = "none",
        users: dict[str, str] | None = None,
        authority: trustme.CA | None = None,
        utf8: bool = False,
        **manners: Any,
    ) -> None:
        self.came: list[Came] = []
        self.manners = Manners(**manners)
        self.holding = threading.Event()
        """Set when it has fallen silent."""
        self.logins: list[tuple[str, str]] = []
        context = None
        if tls != "none":
            assert authority is not None
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            authority.issue_cert(HOST, "localhost").configure_cert(context)
        self._users = users
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        served = self._serve(self._options(tls, context, utf8), context if tls == "implicit" else None)
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(served))

    def __enter__(self) -> Post:
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self, options: dict[str, Any], context: ssl.SSLContext | None) -> None:
        server = await self._loop.create_server(lambda: SMTP(self, **options), HOST, 0, ssl=context)
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        await self._over.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _options(self, tls: Tls, context: ssl.SSLContext | None, utf8: bool) -> dict[str, Any]:
        """What aiosmtpd's SMTP takes."""
        given: dict[str, Any] = {"enable_SMTPUTF8": utf8, "hostname": "post.example"}
        if tls == "starttls":
            given |= {"tls_context": context, "require_starttls": True}
        if self._users is not None:
            given |= {"authenticator": self._known, "auth_required": True, "auth_require_tls": tls == "starttls"}
        return given

    def _known(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        name, secret = data.login.decode(), data.password.decode()
        self.logins.append((name, secret))
        assert self._users is not None
        return AuthResult(success=self._users.get(name) == secret, handled=False)

    # What aiosmtpd asks at each stage ---------------------------------------------------------------------------

    async def handle_EHLO(  # noqa: N802 - aiosmtpd names it so
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        await self._stage("EHLO", server)
        return [self.manners.says["EHLO"]] if "EHLO" in self.manners.says else responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        await self._stage("MAIL", server)
        envelope.mail_from, envelope.mail_options = address, options
        return self.manners.says.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        await self._stage("RCPT", server)
        if address == self.manners.refuses:
            return "550 no such person"
        if "RCPT" not in self.manners.says:
            envelope.rcpt_tos.append(address)
        return self.manners.says.get("RCPT", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await self._stage("DATA", server)
        if "DATA" in self.manners.says:
            return self.manners.says["DATA"]
        self.came.append(Came(envelope.mail_from, envelope.rcpt_tos, envelope.content, envelope.mail_options))
        return "250 OK, queued as 1"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await self._stage("QUIT", server)
        return "221 Bye"

    async def _stage(self, name: str, server: Any) -> None:
        if self.manners.drops == name:
            server.transport.abort()
            await asyncio.Event().wait()  # until the line is seen to be gone
        if self.manners.holds == name:
            self.holding.set()
            await asyncio.Event().wait()  # until the other side hangs up
