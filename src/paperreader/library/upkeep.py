"""The care of a library: copies of it, events out and in, and letting old papers go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.library.index_care import IndexCare

if TYPE_CHECKING:
    from paperreader.imports.opening import InputFile
    from paperreader.merging import Merged
    from paperreader.store.marks import Hand


class Upkeep(IndexCare):
    """The part of a library that looks after what it holds."""

    writable: bool
    _now: Callable[[], float]
    _hand: Hand

    def back_up_daily(self) -> Path | None:
        """Make today's copy of the database unless there is one; seven are kept. Raises StoreError."""
        if not self.writable:
            return None
        from paperreader.store import backups as copies

        return copies.back_up_daily(self._database, self.paths.backups, date.fromtimestamp(self._now()))

    def back_up(self, target: Path, *, replace: bool = False) -> None:
        """Write a consistent copy of the library to a file, whoever is using it. Raises StoreError.

        An existing file is replaced only where `replace` says so.
        """
        from paperreader.store import backups as copies

        copies.back_up(self._database, target, replace=replace)

    def dump(self) -> Iterator[str]:
        """All that is the person's, as events, one a line; later dumps only add lines. Raises StoreError."""
        from paperreader.store import dumping, feed_events

        if self.writable:
            feed_events.note(self._hand)
        return dumping.lines(self._database)

    def merge(self, files: Sequence[InputFile]) -> Merged:
        """Take in the events of other machines: of all files or, where a line cannot be read, of none.

        Their order does not matter. Others can write meanwhile; where it is killed, merging again completes it.
        Raises UnreadableInput, StoreError. The index is not told here.
        """
        from paperreader.merging import merge_files

        return merge_files(self._hand, files)

    def prunable(self, days: int) -> int:
        """How many papers are older than so many days and were never touched by the person."""
        from paperreader.store import pruning

        return pruning.prunable(self._database, self._now() - days * 86_400.0)

    def prune(self, days: int) -> int:
        """Delete them; returns how many. Raises StoreError. The index is not told here."""
        from paperreader.store import pruning

        return pruning.prune(self._database, self._now() - days * 86_400.0)
