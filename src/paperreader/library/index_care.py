"""The care of a library's index: how far it is behind, bringing it up to date, building it anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperreader.stop import Stop, never

if TYPE_CHECKING:
    from paperreader.catching_up import Indexed, IndexState
    from paperreader.paths import Paths
    from paperreader.store.database import Database


class IndexCare:
    """The part of a library that looks after its index."""

    paths: Paths
    _database: Database

    def index_state(self) -> IndexState:
        """How far the index is behind, and whether it can be used; cheap."""
        from paperreader import catching_up

        return catching_up.index_state(self._database, self.paths.index)

    def index_lag(self) -> int:
        """How many papers the index has not heard of."""
        return self.index_state().lag

    def index_busy(self) -> bool:
        """Whether another process, or thread, is writing the index."""
        from paperreader.search.locking import is_being_written

        return is_being_written(self.paths.index)

    def commit_changes(self, stop: Stop = never) -> Iterator[Indexed]:
        """Tell a usable index of a few changed papers: for a thread beside a screen. Raises IndexDamaged, IndexBusy."""
        from paperreader import catching_up

        return catching_up.commit_changes(self._database, self.paths.index, stop)

    def catch_up(self, stop: Stop = never) -> Iterator[Indexed]:
        """Bring the index up to date, building it anew where that is quicker or needed."""
        from paperreader import catching_up

        return catching_up.catch_up(self._database, self.paths.index, stop)

    def reindex(self, stop: Stop = never) -> Iterator[Indexed]:
        """Build the index anew; the old one serves until then."""
        from paperreader import catching_up

        return catching_up.reindex(self._database, self.paths.index, stop)

    def verify_index(self) -> bool:
        """Read the index against its checksums, in a thread and at leisure; False: damaged, and out of use now."""
        from paperreader import catching_up

        return catching_up.verify(self.paths.index)
