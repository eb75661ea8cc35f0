"""Everything a front end may ask: what a key does, a script can do too.

Synchronous, and safe from any thread. Nothing here knows a screen or a command line.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from paperreader.errors import UnknownPaper
from paperreader.library.exporting import Exporting
from paperreader.library.keeping import Keeping
from paperreader.library.opening import begin, mark_begun, open_database, starter_sightings
from paperreader.library.telling import Done, done
from paperreader.library.trends import Trends, Window
from paperreader.library.upkeep import Upkeep
from paperreader.paper import Paper, Row, Sort, View
from paperreader.plain import printable
from paperreader.stop import Stop, never
from paperreader.store import identities, linking, marks, meta, papers, undoing

if TYPE_CHECKING:
    from paperreader.catching_up import Indexed, IndexState
    from paperreader.importing import Imported
    from paperreader.imports.opening import InputFile
    from paperreader.library.asking import Asking
    from paperreader.library.digests import Digests
    from paperreader.library.following import Following, World
    from paperreader.library.saved import Saved
    from paperreader.linked import Links
    from paperreader.paths import Paths
    from paperreader.search.finding import Found, Highlighted
    from paperreader.store.backups import BroughtBack

__all__ = ["Done", "Imported", "IndexState", "Indexed", "Library", "backups", "restore_backup"]


class Library(Upkeep, Exporting):
    """One library: its papers, what the person keeps of them, and its search."""

    @classmethod
    def open(
        cls, paths: Paths, *, now: Callable[[], float] = time.time, create: bool = True, starter: bool = True
    ) -> Self:
        """Open it, making it where there is none; a new one gets the starter papers unless `starter` is False.

        `now` gives seconds since 1970. Raises StoreError and its kinds.
        """
        return cls(paths, now=now, create=create, starter=starter)

    def __init__(self, paths: Paths, *, now: Callable[[], float], create: bool, starter: bool) -> None:
        self.paths = paths
        self._now = now
        self._database = open_database(paths, create=create)
        self._asking: Asking | None = None
        self.writable = not self._database.read_only
        try:
            self._seen_version = self._database.data_version()
            if starter:
                begin(self._database, now())
            self._hand = marks.Hand(self._database, meta.machine_id(self._database) if self.writable else "", now)
        except BaseException:
            self._database.close()  # a backup could not take its place otherwise
            raise
        self.keeping = Keeping(self._hand, self._title)
        """Lists, tags, notes, ratings, states."""
        self.trends = Trends(self._database, now)
        """What is trending, rising and new."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What opening had to say."""
        if self.writable:
            return ()
        return (f"{self.paths.database} cannot be written: reading works, bookmarks and marks are not kept.",)

    def close(self) -> None:
        """Let go of the files; other threads must be done. Twice is harmless."""
        if self._asking is not None:
            self._asking.close()
        self._database.close()

    # Lists ----------------------------------------------------------------------------------------------------

    def listing(self, view: View, sort: Sort = Sort.NEWEST) -> array[int]:
        """The ids of everything in a view, in order: 35 ms for 100,000. Views of feeds have an order of their own."""
        if view is View.NEW:
            return self.trends.new()
        if view.waits_for_refresh:
            return (self.trends.rising() if view is View.RISING else self.trends.trending(Window())).rids
        return papers.listing(self._database, view, sort)

    def rows(self, rids: Sequence[int]) -> list[Row]:
        """The lines of these papers, in this order: 0.2 ms for a page. Ids that are not there are left out."""
        return papers.rows(self._database, rids)

    def paper(self, rid: int) -> Paper | None:
        """The whole paper with its marks."""
        return next(self.papers([rid]), None)

    def papers(self, rids: Iterable[int]) -> Iterator[Paper]:
        """Whole papers, in this order, in bounded memory."""
        return papers.papers(self._database, rids)

    def links(self, rid: int) -> Links | None:
        """What Hugging Face linked to a paper when it was last asked (`following().links`); None: it never was."""
        return linking.known(self._database, rid)

    def resolve(self, text: str) -> int:
        """The paper that an id or a link means. Raises UnknownPaper."""
        rid = identities.find(self._database, text)
        if rid is None:
            raise UnknownPaper(
                f"No paper of the library has the id {printable(text)!r}.", "`paperreader find` shows the ids."
            )
        return rid

    def counts(self) -> dict[View, int]:
        """How many papers each view has."""
        fed = {view: len(self.listing(view)) for view in View if view.waits_for_refresh}
        return papers.counts(self._database) | fed

    def changed_elsewhere(self) -> bool:
        """True once after another thread's or process's commit; to be asked from the thread that opened it."""
        version = self._database.data_version()
        changed = self._seen_version != version
        self._seen_version = version
        return changed

    # What the person owns -------------------------------------------------------------------------------------

    def bookmark(self, rids: Sequence[int], on: bool = True) -> Done:
        """Bookmark these papers, or take the bookmark off; on the disk when this returns."""
        return self._act("bookmark" if on else "unbookmark", rids)

    def mark_read(self, rids: Sequence[int], on: bool = True, *, auto: bool = False) -> Done:
        """Mark these papers read or unread. `auto`: it happened by reading, so `undo` passes it over."""
        return self._act("read" if on else "unread", rids, auto=auto)

    def remove(self, rids: Sequence[int]) -> Done:
        """Take these papers out of every list; nothing is deleted, a feed does not bring them back."""
        return self._act("remove", rids)

    def restore(self, rids: Sequence[int]) -> Done:
        """Bring removed papers back."""
        return self._act("restore", rids)

    def undo(self) -> Done | None:
        """Undo the last act, of an earlier day too; None if there is none."""
        return self._told(undoing.undo(self._database, self._hand.machine, self._now()), "Undone")

    def redo(self) -> Done | None:
        """Do again what was undone last; None if something else was done since."""
        return self._told(undoing.redo(self._database, self._hand.machine, self._now()), "Redone")

    def _act(self, what: str, rids: Sequence[int], *, auto: bool = False) -> Done:
        return done(marks.act(self._database, self._hand.machine, what, rids, self._now(), auto=auto), self._title)

    def _told(self, act: marks.Act | None, way: str) -> Done | None:
        return None if act is None else done(act, self._title, way)

    def _title(self, rids: Sequence[int]) -> str:
        row = next(iter(self.rows(rids)), None) if len(rids) == 1 else None
        return row.title if row else ""

    # Search ---------------------------------------------------------------------------------------------------

    def find(
        self,
        question: str,
        *,
        among: Sequence[int] | None = None,
        limit: int = 1000,
        finished: bool = False,
        literal: bool = False,
        expand: bool = True,
        stop: Stop = never,
    ) -> Found:
        """The best papers for a question, best first, of those `among` (all that are visible where it is None).

        `finished` says that the last word is whole and no beginning, `literal` that no word is corrected, `expand` that
        abbreviations also mean their long forms. While there is no index, titles answer, and a remark says so. Raises
        StoreError; `search.answering.Stopped` when `stop()` said so.
        """
        allowed = self.listing(View.ALL) if among is None else among
        return self.search.find(
            question, allowed, limit=limit, finished=finished, literal=literal, expand=expand, stop=stop
        )

    def passages(self, found: Found, rids: Sequence[int], width: int) -> dict[int, Highlighted]:
        """Under each of these hits: the part of its text, about `width` characters, that explains it best."""
        known = papers.texts(self._database, rids)
        return {rid: found.marker.passage(printable(text), width) for rid, (_, text, _) in known.items()}

    def warm_search(self) -> None:
        """Open the index and load what search needs (0.4 s for 100,000 papers): for a thread, after the first paint."""
        self.search.warm()

    @property
    def search(self) -> Asking:
        """More that search can do: complete a word, count facets, find similar papers."""
        if self._asking is None:
            from paperreader.library.asking import Asking

            self._asking = Asking(self._database, self.paths, self._now)
        return self._asking

    @property
    def saved(self) -> Saved:
        """Saved searches."""
        from paperreader.library.saved import Saved

        return Saved(self._hand, self._title, lambda question: self.find(question, finished=True))

    # Feeds ----------------------------------------------------------------------------------------------------

    def following(self, world: World | None = None) -> Following:
        """The feeds that one follows, to be asked as `world` (from settings.toml) says. Loads no network yet."""
        from paperreader.library.following import Following

        return Following(self._database, self.paths, self._now, world)

    @property
    def digests(self) -> Digests:
        """What is new, composed for a reader or a mail, and the ledger of what went out."""
        from paperreader.library.digests import Digests

        def find(question: str, among: Sequence[int]) -> Found:
            return self.find(question, among=among, limit=len(among), finished=True, literal=True)

        lock = self.paths.data / "digest.lock"
        return Digests(
            self._database, trends=self.trends, find=find, saved=self.saved.listing, now=self._now, lock=lock
        )

    # In and out -----------------------------------------------------------------------------------------------

    def import_files(self, files: Sequence[InputFile], stop: Stop = never) -> Iterator[Imported]:
        """Record the papers of these files: all or, where a line cannot be read, none. The index is not told here."""
        from paperreader import importing  # 6 ms with what it records by, and a start needs none of it

        for news in importing.import_files(self._database, files, self._now(), stop):
            if news.report is not None or news.total:
                mark_begun(self._database)
            yield news

    def starter(self, on: bool, *, remove: bool = False) -> int:
        """Show the starter papers (bringing back deleted ones) or hide them, or delete the untouched ones.

        Returns how many papers came or went.
        """
        from paperreader.store import recording
        from paperreader.store import starter as starter_papers

        before = self.counts()[View.ALL]
        if on:
            for _ in recording.record(self._database, starter_sightings(), self._now(), revive=False):
                pass
            starter_papers.show(self._database)
        else:
            starter_papers.withhold(self._database)
            if remove:
                starter_papers.delete(self._database)
        mark_begun(self._database)
        return abs(self.counts()[View.ALL] - before)

    # What the app remembers, and care --------------------------------------------------------------------------

    def recall(self, name: str) -> str | None:
        """What a front end remembered under this name."""
        return meta.recall(self._database, f"app.{name}")

    def remember(self, name: str, value: str | None) -> None:
        """Remember it; None forgets. On a read-only library nothing is kept, and nothing is said."""
        if self.writable:
            meta.remember(self._database, f"app.{name}", value)


def backups(paths: Paths) -> list[Path]:
    """The daily copies of the database, newest first."""
    from paperreader.store import backups as copies

    return copies.kept(paths.backups)


def restore_backup(paths: Paths, copy: Path) -> BroughtBack:
    """Put a copy in the database's place; returns where the replaced file is kept, and whether the newer ledger of
    digests could be taken over. Raises StoreError."""
    from paperreader.store import backups as copies

    return copies.bring_back(paths.database, copy)
