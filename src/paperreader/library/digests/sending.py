"""A digest goes out: entered as *sending*, handed over, and then entered as what became of it.

A crash on the way leaves *sending*; who comes next holds the lock, so nobody is sending, and calls it unclear. Nothing
is guessed: the papers of an unclear digest count as sent, and the next one says so and how to send it once more.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.digest.addresses import Mailbox
from paperreader.digest.letter import Envelope, as_bytes, compose
from paperreader.digest.way import Letter, Way
from paperreader.errors import DigestBusy, MailError, MailUnclear, StoreError
from paperreader.library.digests import fate, ways
from paperreader.plain import printable
from paperreader.store import ledger, meta
from paperreader.store.ledger import State

if TYPE_CHECKING:
    from paperreader.library.digests import Digests
    from paperreader.settings import DigestSettings
    from paperreader.store.database import Database

_CRASHED = "the program ended while it was being sent"
_ENDED = "The program was ended before the mail could go out."
_SOON = 6 * 3600.0
"""Seconds after a mail in which none says that nothing is new: a timer that tries again for one reader's sake must not
write to the others every ten minutes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one digest."""

    recipient: str
    papers: int
    said: str
    """In a sentence."""
    sent: bool
    error: MailError | None = None
    """What failed, or left it unclear."""


class Sending:
    """Sends the digests of one library."""

    def __init__(self, database: Database, digests: Digests, lock: Path, now: Callable[[], float]) -> None:
        self._database = database
        self._digests = digests
        self._lock = lock
        self._now = now

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one who sends, over all processes. Raises DigestBusy, StoreError."""
        try:
            descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(
                f"{self._lock} cannot be written: {error.strerror}.", "Check whose folder it is."
            ) from error
        try:
            self._take(descriptor)
            ledger.give_up(self._database, _CRASHED)
            yield
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # dies with its process
        except BlockingIOError:
            raise DigestBusy(
                "Another paperreader is sending a digest of this library.",
                "Nothing was sent by this one; what is new goes out with that one or the next.",
            ) from None
        except OSError as error:  # some network file systems know no locks
            raise StoreError(
                f"{self._lock} cannot be locked: {error.strerror}.", "Without a lock two digests could go out at once."
            ) from error

    def unclear(self, recipient: str, *, named: bool = False) -> list[str]:
        """What has to be said of earlier digests whose fate is not known, unless a later one that went out said it.

        `named`: with the address.
        """
        told = ledger.last_sent(self._database, recipient)
        unclear = ledger.unclear(self._database, recipient)
        return [fate.told(entry, named=named) for entry in unclear if entry.id > told]

    def send(self, wishes: DigestSettings, recipient: Mailbox, way: Way, remarks: Sequence[str] = ()) -> Outcome:
        """Compose and send what is new to this recipient; to be called while `alone`.

        Raises StoreError. What else ends it, as Ctrl+C does, leaves the digest to be called unclear, unless that was
        before the mail can have gone out.
        """
        to = recipient.key
        unclear = self.unclear(to)
        draft = self._digests.draft(wishes, to, [*unclear, *remarks])
        if not draft.digest.items and wishes.nothing_new == "none":
            return Outcome(to, 0, "Nothing is new; no mail, as the settings say.", sent=False)
        last = ledger.last(self._database, to)
        if not draft.digest.items and not unclear and last and 0 <= self._now() - last.at < _SOON:
            return Outcome(to, 0, f"Nothing is new since the mail of {fate.when(last.at)}; no other one.", sent=False)
        envelope = self.envelope(wishes, recipient)
        mail = compose(draft.digest, envelope)
        message = as_bytes(mail, utf8=envelope.needs_utf8)
        letter = _letter(envelope, message)
        number = ledger.enter(self._database, draft.entry(State.SENDING, str(mail["Message-ID"])), draft.lines, message)
        return self._handed_over(way, letter, number, len(draft.digest.items), State.FAILED)

    def addressed(self, number: int | None, recipients: Sequence[Mailbox]) -> list[Mailbox]:
        """Those of these people whom the digest of that number went to; all of them where no number is said.

        Raises MailError where that is none of them.
        """
        if number is None:
            return list(recipients)
        entry = ledger.numbered(self._database, number)
        if entry is None or not entry.recipient:
            raise MailError(f"There is no mail {number}.", "`paperreader digest --again` sends the last one.")
        found = [recipient for recipient in recipients if recipient.key == entry.recipient]
        if not found:
            raise MailError(
                f"Mail {number} went to {printable(entry.recipient)}, who is not among `to` in [digest].",
                "",
                step="address",
            )
        return found

    def again(self, wishes: DigestSettings, recipient: Mailbox, way: Way, number: int | None = None) -> Outcome:
        """Send a digest of this recipient as it was: the same mail to the byte. It is the one of that number, else the
        last one that had papers, else the last one.

        Its Message-ID is the same, so a mailbox that has it already may show it once. To be called while `alone`.
        Raises MailError where there is none.
        """
        entry = self._entry(recipient.key, number)
        message = ledger.message(self._database, entry.id)
        if not message:
            raise MailError(
                f"The digest of {fate.when(entry.at)} is not kept any more.", "The last five are.", step="message"
            )
        letter = _letter(self.envelope(wishes, recipient), message)
        ledger.settle(self._database, entry.id, State.SENDING)
        papers = sum(line.place is not None for line in ledger.lines(self._database, entry.id))
        return self._handed_over(way, letter, entry.id, papers, entry.state)

    def trial(self, wishes: DigestSettings, recipient: Mailbox) -> Letter:
        """A letter to check a way with: it is never sent. Raises MailError for an address that is none."""
        return _letter(self.envelope(wishes, recipient), b"")

    def envelope(self, wishes: DigestSettings, recipient: Mailbox) -> Envelope:
        """From whom to whom, and as which list. Raises MailError."""
        library = meta.library_id(self._database)[:16]
        return Envelope(
            sender=ways.sender(wishes, recipient),
            recipient=recipient,
            list_name=f"digest.{library}.paperreader.localhost",  # RFC 2919, section 3: a name nobody manages
            unsubscribe=wishes.unsubscribe,
        )

    def _entry(self, to: str, number: int | None) -> ledger.Entry:
        if number is None:
            told = ledger.last_told(self._database, to, counting=False)
            entry = told or ledger.last(self._database, to, counting=False)
        else:
            entry = ledger.numbered(self._database, number)
        if entry is None or entry.recipient != to:
            raise MailError(f"{printable(to)} was sent no digest yet.", "`paperreader digest --send` sends one.")
        return entry

    def _handed_over(self, way: Way, letter: Letter, number: int, papers: int, otherwise: State) -> Outcome:
        """Send, and enter what became of it; where it did not go out, it is again what it would be `otherwise`."""
        try:
            said = way.send(letter)
        except MailUnclear as error:
            error.hint += f" `paperreader digest --again {number}` sends it once more, unchanged."
            ledger.settle(self._database, number, State.UNCLEAR, error.message)
            return Outcome(letter.recipient, papers, error.message, sent=False, error=error)
        except MailError as error:
            ledger.settle(self._database, number, otherwise, error.message)
            return Outcome(letter.recipient, papers, error.message, sent=False, error=error)
        except BaseException:
            if not way.may_be_out:
                ledger.settle(self._database, number, otherwise, _ENDED)
            raise
        ledger.settle(self._database, number, State.SENT, said)
        return Outcome(letter.recipient, papers, said, sent=True)


def _letter(envelope: Envelope, message: bytes) -> Letter:
    return Letter(
        sender=envelope.sender.address,
        recipient=envelope.recipient.address,
        message=message,
        utf8=envelope.needs_utf8,
    )
