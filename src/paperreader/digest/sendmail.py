"""Sending through a command: sendmail, msmtp, or what the person names."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from paperreader.digest.password import split
from paperreader.digest.way import PERHAPS, Checked, Letter
from paperreader.errors import MailError, MailUnclear
from paperreader.plain import printable

PATIENCE: Final = 300.0
"""Seconds that the command may take."""
_USUAL: Final = ("-t", "-i")
"""Read the recipients from the mail; a line with a dot does not end it. Every sendmail knows these two."""
_QUEUED: Final = os.EX_TEMPFAIL
"""What Sendmail, and much that takes its place, ends with when it could not send at once and queued the mail."""
_WITHOUT_QUEUE: Final = ("msmtp", "ssmtp", "esmtp")
"""Commands that end so when they could not send, and keep nothing."""


class Sendmail:
    """A way through a command, run without a shell, with the mail on its standard input."""

    def __init__(self, command: str, *, patience: float = PATIENCE) -> None:
        words = split(command, "sendmail")
        self._words = words if len(words) > 1 else [*words, *_USUAL]
        self._patience = patience
        self.may_be_out = False

    @property
    def label(self) -> str:
        """The command's name."""
        return printable(Path(self._words[0]).name)

    def send(self, letter: Letter) -> str:
        """Hand it over. Raises MailError, MailUnclear."""
        self.may_be_out = True
        code, said = self._run(self._words, letter.message.replace(b"\r\n", b"\n"))
        if code == 0:
            return f"taken by {self.label}"
        told = f"{self.label} failed ({code}): {(said or 'it says nothing').rstrip('.')}."
        if code < 0 or (code == _QUEUED and self.label not in _WITHOUT_QUEUE):
            raise MailUnclear(
                told,
                PERHAPS,
                step="message",
            )
        raise MailError(told, "Nothing was sent; try the command by hand.", step="message")

    def check(self, letter: Letter) -> Iterator[Checked]:
        """Whether the command is there."""
        found = shutil.which(self._words[0])
        if found is None:
            error = self._absent()
            yield Checked("command", error.message, error)
        else:
            yield Checked("command", f"{printable(found)} is there; what it does with a mail is not tried")

    def _run(self, words: Sequence[str], message: bytes) -> tuple[int, str]:
        try:
            done = subprocess.run(words, input=message, capture_output=True, timeout=self._patience, check=False)
        except FileNotFoundError as error:
            raise self._absent() from error
        except subprocess.TimeoutExpired as error:
            raise MailUnclear(
                f"{self.label} did not end within {self._patience:g} s.",
                PERHAPS,
                step="message",
            ) from error
        except OSError as error:
            raise MailError(
                f"{self.label} cannot be run: {error.strerror}.", "Nothing was sent.", step="command"
            ) from error
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        return done.returncode, printable(" ".join(said.split()))[:200]

    def _absent(self) -> MailError:
        if shutil.which(self._words[0]):
            return MailError(
                f"{self.label} cannot be run: the program that its first line names is not there.",
                "Nothing was sent.",
                step="command",
                lasting=True,
            )
        return MailError(
            f"There is no command {self.label}.",
            "Name it by its whole path in [digest]: sendmail = ...",
            step="command",
            lasting=True,
        )
