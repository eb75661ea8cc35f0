"""A digest by mail: sent, sent once more, or only tried."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from paperreader.cli.digest_refresh import refreshed
from paperreader.cli.streams import put, say
from paperreader.errors import MailError, MailUnclear, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperreader.digest.addresses import Mailbox
    from paperreader.digest.way import Checked
    from paperreader.library import Library
    from paperreader.library.digests.sending import Outcome
    from paperreader.settings import DigestSettings, Settings

_DONE, _FAILED, _SOME_FEEDS_FAILED, _FAILED_LASTINGLY = 0, 1, 3, 4
"""A timer tries again after 1 only: what is unclear or refused for good does not get better within two hours."""


def run(options: argparse.Namespace, library: Library, settings: Settings) -> int:
    """Send, or check. Raises MailError for a mail that there is none to send again, DigestBusy."""
    if options.check:
        return _checked(library, settings)
    try:
        return _sent(options, library, settings)
    except MailError as error:
        if error.step != "settings":
            raise
        return unfit(error)


def unfit(error: MailError | SettingsError) -> int:
    """Settings that cannot be: trying again does not help."""
    say(f"paperreader: {error}")
    return _FAILED_LASTINGLY


def _sent(options: argparse.Namespace, library: Library, settings: Settings) -> int:
    from paperreader.library.digests import ways

    wishes = settings.digest
    way, recipients = ways.way(wishes), ways.recipients(wishes)
    sending = library.digests.sending
    with sending.alone(), _ended_in_order():
        if options.again is not None:
            number = options.again or None
            return _all(sending.addressed(number, recipients), lambda to: sending.again(wishes, to, way, number))
        for recipient in recipients:
            for remark in sending.unclear(recipient.key, named=len(recipients) > 1):
                say(remark)
        remarks = refreshed(options, library, settings, [recipient.key for recipient in recipients])
        code = _all(recipients, lambda to: sending.send(wishes, to, way, remarks))
    return code or (_SOME_FEEDS_FAILED if remarks else _DONE)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Where the machine shuts down or the terminal closes, end as at Ctrl+C: with the ledger in order."""

    def end(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _all(recipients: list[Mailbox], send: Callable[[Mailbox], Outcome]) -> int:
    """One after the other: that one fails keeps nothing from the next."""
    failures = []
    for recipient in recipients:
        outcome = send(recipient)
        number = f"{outcome.papers:,} {'paper' if outcome.papers == 1 else 'papers'}"
        if outcome.error is not None:
            failures.append(outcome.error)
            say(f"{outcome.recipient}: {outcome.error}")
        elif outcome.sent:
            say(f"Sent {number if outcome.papers else 'that nothing is new'} to {outcome.recipient}: {outcome.said}.")
        else:
            say(f"{outcome.recipient}: {outcome.said}")
    if all(isinstance(error, MailUnclear) or error.lasting for error in failures):
        return _FAILED_LASTINGLY if failures else _DONE
    return _FAILED


def _checked(library: Library, settings: Settings) -> int:
    """Every step on a line: its name, ok or FAILED, what was found; below a failure what to try."""
    from paperreader.cli.digest_schedule import checked

    wishes = settings.digest
    all_well = True
    for step in _steps(library, wishes):
        all_well &= step.error is None
        _told(step.step, step.said, "ok" if step.error is None else "FAILED", step.error.hint if step.error else "")
    for found in checked(library.paths, wishes):
        all_well &= found.how != "FAILED"
        _told("schedule", found.said, found.how)
    return _DONE if all_well else _FAILED


def _steps(library: Library, wishes: DigestSettings) -> Iterator[Checked]:
    """The settings, and the way to each reader."""
    from paperreader.digest.way import Checked
    from paperreader.library.digests import ways

    try:
        way = ways.way(wishes)
        letters = [library.digests.sending.trial(wishes, recipient) for recipient in ways.recipients(wishes)]
    except MailError as error:
        yield Checked("settings", error.message, error)
        return
    yield Checked("settings", f"through {way.label}")
    for letter in letters:
        yield from way.check(letter)


def _told(step: str, said: str, how: str, hint: str = "") -> None:
    put(f"{step:<11}{how:<8}{said}")
    if hint:
        put(f"{'':<19}{hint}")
