"""Files of events become what the person keeps: all of them or, where a line cannot be read, none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from paperreader.errors import UnreadableInput
from paperreader.plain import printable
from paperreader.store import event_lines, feed_events, merging
from paperreader.store.events import Event
from paperreader.store.marks import Hand
from paperreader.store.merging import Merged

if TYPE_CHECKING:
    from paperreader.imports.opening import InputFile

__all__ = ["Merged", "merge_files"]

_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( .*)?")
"""Lines that git leaves where it could not merge: both sides are events, and order does not matter."""
_LONGEST = 1 << 28
"""Bytes of a line: an act on every paper of a large library has some millions."""


def merge_files(hand: Hand, files: Sequence[InputFile]) -> Merged:
    """Take in the events of these files. Raises UnreadableInput, naming file and line; StoreError."""
    events = [event for file in files for event in _read(file)]
    feed_events.note(hand)
    return merging.merge(hand.database, events, hand.now())


def _read(file: InputFile) -> Iterator[Event]:
    from paperreader.imports.opening import Source

    source = Source(file)
    try:
        with source.open() as stream:
            number = 0
            while line := stream.readline(_LONGEST):
                number += 1
                if event := _event(line, f"{printable(source.name)}, line {number}"):
                    yield event
    except (OSError, EOFError) as error:
        raise UnreadableInput(f"{printable(source.name)} cannot be read: {error}.") from error
    finally:
        source.close()


def _event(line: bytes, where: str) -> Event | None:
    try:
        text = line.decode("utf-8-sig").strip()
        return None if not text or _CONFLICT.fullmatch(text) else event_lines.event(text)
    except ValueError as error:
        reason = "it is no JSON" if type(error) is not ValueError else str(error)
        raise UnreadableInput(f"{where} is no event: {reason}.", "`paperreader dump` writes such files.") from error
