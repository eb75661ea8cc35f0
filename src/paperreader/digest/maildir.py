"""Putting the mail into a Maildir (https://cr.yp.to/proto/maildir.html), where a mail program finds it."""

from __future__ import annotations

import mailbox
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from paperreader.digest.way import Checked, Letter
from paperreader.errors import MailError
from paperreader.plain import printable

_PARTS: Final = ("tmp", "new", "cur")


class Maildir:
    """A way into a folder of this machine. A folder that is not there is made, in one that is."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder).expanduser()
        self.may_be_out = False

    @property
    def label(self) -> str:
        """The folder."""
        return printable(str(self._folder))

    def send(self, letter: Letter) -> str:
        """Put it there: whole or not at all. Raises MailError."""
        self.may_be_out = False
        self._sound()
        self.may_be_out = True
        try:
            box = mailbox.Maildir(self._folder, create=True)
            try:
                box.add(letter.message.replace(b"\r\n", b"\n"))
            finally:
                box.close()
        except (OSError, mailbox.Error) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise self._error(f"{self.label} cannot be written: {reason}.", "Nothing was put there.") from error
        return f"put into {self.label}"

    def check(self, letter: Letter) -> Iterator[Checked]:
        """Whether it is a Maildir, or can become one."""
        try:
            said = self._sound()
            self._tried()
        except MailError as error:
            yield Checked("folder", error.message, error)
        else:
            yield Checked("folder", said)

    def _sound(self) -> str:
        if not self._folder.exists():
            if not self._folder.parent.is_dir():
                raise self._error(f"{self.label} cannot be made: the folder above it is not there.", "Check maildir.")
            return f"{self.label} will be made"
        if not self._folder.is_dir():
            raise self._error(f"{self.label} is no folder.", "Name a Maildir.")
        if any(self._folder.iterdir()) and not all((self._folder / part).is_dir() for part in _PARTS):
            raise self._error(f"{self.label} has files and is no Maildir.", "Name one, or a folder to be made.")
        if not os.access(self._folder, os.W_OK):
            raise self._error(f"{self.label} cannot be written.", "Check whose it is.")
        return f"{self.label} is a Maildir"

    def _tried(self) -> None:
        """Make a folder there and remove it: permissions alone do not tell what a file system lets one do."""
        place = self._folder if self._folder.exists() else self._folder.parent
        try:
            Path(tempfile.mkdtemp(prefix=".paperreader-", dir=place)).rmdir()
        except OSError as error:
            raise self._error(f"{self.label} cannot be written: {error.strerror}.", "Check whose it is.") from error

    def _error(self, message: str, hint: str) -> MailError:
        return MailError(message, hint, step="folder")
