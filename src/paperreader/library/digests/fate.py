"""What is known of a digest that did not simply arrive, in words for the person."""

from __future__ import annotations

from datetime import datetime

from paperreader.plain import printable
from paperreader.store.ledger import Entry, State


def told(entry: Entry, *, named: bool = False) -> str:
    """What became of it, and where `named` whose it is; empty where it was sent or is being sent."""
    which = f"the digest of {when(entry.at)}{f' to {printable(entry.recipient)}' if named else ''}"
    if entry.state is State.UNCLEAR:
        return (
            f"Whether {which} arrived is not known ({entry.said.rstrip('.')}). If it did not: "
            f"`paperreader digest --again {entry.id}` sends it as it was."
        )
    if entry.state is State.FAILED:
        return f"T{which[1:]} did not go out: {entry.said} The next one has it all."
    return ""


def when(at: float) -> str:
    """ "Friday, 21 August, 08:00", in the machine's own time zone; `at` in seconds since 1970."""
    moment = datetime.fromtimestamp(at).astimezone()
    return f"{moment:%A}, {moment.day} {moment:%B}, {moment:%H:%M}"
