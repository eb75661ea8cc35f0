"""How the person wants digests to go out: settings.toml made into addresses and a way of sending."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from paperreader.digest.addresses import Mailbox, mailbox
from paperreader.digest.password import Password, from_command, from_environment, from_keyring
from paperreader.digest.server import server
from paperreader.digest.way import Way
from paperreader.errors import MailError

if TYPE_CHECKING:
    from paperreader.settings import DigestSettings

_WAYS = ("smtp", "sendmail", "maildir")
_EXAMPLE = 'Set one in [digest] of settings.toml: smtp = "host:port", sendmail = "command" or maildir = "folder".'


def recipients(wishes: DigestSettings) -> list[Mailbox]:
    """Who gets a digest. Raises MailError where nobody is named; a Maildir is the person's own."""
    if wishes.to:
        return list({box.key: box for box in (_said(text, "to") for text in wishes.to)}.values())
    if wishes.maildir:
        return [Mailbox("", _user(), "localhost")]
    raise MailError(
        "Nobody is named to send a digest to.",
        'Set to = "you@example.org" in [digest] of settings.toml.',
        step="settings",
    )


def sender(wishes: DigestSettings, recipient: Mailbox) -> Mailbox:
    """From whom it is: as said, else the user name where that is an address, else the recipient. Raises MailError."""
    if wishes.sender:
        return _said(wishes.sender, "from")
    return mailbox(wishes.username) if "@" in wishes.username else recipient


def _said(text: str, setting: str) -> Mailbox:
    try:
        return mailbox(text)
    except MailError as error:
        hint = error.hint
        if "," in text:
            hint = 'Several are a list: to = ["ann@example.org", "bo@example.org"]. A name with a comma is in quotes: '
            hint += """'"Lee, Ann" <ann@example.org>'."""
        raise MailError(f"{setting} in [digest]: {error.message}", hint, step="settings") from error


def way(wishes: DigestSettings) -> Way:
    """The one way that is set. Raises MailError where there is none, or more than one."""
    chosen = [name for name in _WAYS if getattr(wishes, name)]
    if not chosen:
        raise MailError("Nothing says how a digest goes out.", _EXAMPLE, step="settings")
    if len(chosen) > 1:
        raise MailError(f"{' and '.join(chosen)} are both set in [digest].", "Leave one of them.", step="settings")
    if wishes.maildir:
        from paperreader.digest.maildir import Maildir

        return Maildir(wishes.maildir)
    if wishes.sendmail:
        from paperreader.digest.sendmail import Sendmail

        return Sendmail(wishes.sendmail)
    from paperreader.digest.smtp import Smtp  # 12 ms with ssl

    return Smtp(server(wishes.smtp, wishes.tls), username=wishes.username, password=password(wishes))


def password(wishes: DigestSettings) -> Password | None:
    """Where the password is; None where no user name is set."""
    if not wishes.username:
        return None
    if wishes.password_env and wishes.password_command:
        raise MailError(
            "password_env and password_command are both set in [digest].", "Leave one of them.", step="settings"
        )
    if wishes.password_env:
        return from_environment(wishes.password_env)
    if wishes.password_command:
        return from_command(wishes.password_command)
    return from_keyring(wishes.username)


def _user() -> str:
    try:
        return mailbox(f"{getpass.getuser()}@localhost").local
    except (KeyError, OSError, ImportError, MailError):  # a user without a name; which error depends on the version
        return "reader"
