"""Which feeds are followed, told as events: what `feeds` did since is written down before events go out or come in."""

from __future__ import annotations

from paperreader.store import events
from paperreader.store.folding import Sets
from paperreader.store.marks import Hand
from paperreader.store.refolding import fold
from paperreader.store.registers import NO_PAPER

_FIRST = "huggingface"
"""Followed from the start."""


def note(hand: Hand) -> None:
    """Write an event for each feed that was followed, renamed or left since the last time. Raises StoreError."""
    with hand.database.write(durable=True) as connection:
        now = dict(connection.execute("SELECT name, title FROM subscription ORDER BY at, name").fetchall())
        told = [event for event in events.every(connection, by_clock=True) if event.what in ("follow", "unfollow")]
        names = list(dict.fromkeys([*now, _FIRST, *(one.of for event in told for one in event.sets)]))
        folded = fold(told, events.undone(connection), {}, {("feed", name) for name in names})
        for name in names:
            known = folded.get(("feed", name, NO_PAPER))
            was = known.value if known else "" if name == _FIRST else None
            if was == now.get(name):
                continue
            sets = events.encoded(Sets("feed", name, ("",), [was], [now.get(name)]), [])
            what = "follow" if name in now else "unfollow"
            events.write(connection, hand.machine, hand.now(), what, detail={"sets": [sets], "told": name}, auto=True)
