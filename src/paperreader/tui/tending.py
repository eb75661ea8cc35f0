"""What goes on behind the screen: the index is kept up to date, a backup made, others' changes seen, garbage swept."""

from __future__ import annotations

import gc
import threading
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from paperreader.errors import PaperReaderError
from paperreader.tui.visiting import VisitingApp

if TYPE_CHECKING:
    from paperreader.tui.index_work import IndexKeeper, Post

_LOOK_EVERY = 3.0
"""Seconds between two looks at whether another process changed the library; a look takes 0.02 ms."""
_AT_REST = 10.0
"""Seconds without a key after which a full collection (40 ms) is in nobody's way."""
_TIDY_EVERY = 600.0
"""Seconds after which it is done again though nothing was touched: feeds are asked behind a screen left alone."""


class TendingApp(VisitingApp):
    """The part of the app that tends the library while somebody reads."""

    ending: threading.Event
    """Set when the app ends: threads stop at their next step."""
    _indexing: IndexKeeper | None = None
    _tidied = 0.0

    def begin_tending(self) -> None:
        """After the first paint."""
        self.run_worker(self._warm, thread=True, group="warm")
        self.work_on_index()
        self.run_worker(self._back_up, thread=True, group="backup")
        self.set_interval(_LOOK_EVERY, self._look_elsewhere)

    def _warm(self) -> None:
        try:
            self.library.warm_search()
            self._settle_garbage()
            if not self.ending.is_set() and not self.library.verify_index():
                self.call_later(self.work_on_index)
        except PaperReaderError as error:
            self.reading.overlook(error)  # the first question says what is the matter

    def _settle_garbage(self) -> None:
        """What warming up made stays. Looking through it all took 40 ms, and happened twenty times in 500 keys."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(700, 10, 100_000)

    def _back_up(self) -> None:
        try:
            self.library.back_up_daily()
        except PaperReaderError as error:
            self.call_later(self.reading.refuse, error)

    def work_on_index(self) -> None:
        """Bring the index up to date, unless that is under way."""
        self._indexing = self._indexing or self._keeper()
        self._indexing.bring_up()

    def _keeper(self) -> IndexKeeper:
        from paperreader.tui.index_work import IndexKeeper  # after the first paint

        return IndexKeeper(
            self._work_on_index,
            self._post,
            partial(self.run_worker, group="index"),
            self.set_timer,
        )

    async def _work_on_index(self, post: Post, told: bool) -> None:
        """Then, beside it, on what the papers mean: that may take hours, and the index does not wait for it."""
        from paperreader.tui.index_work import bring_up
        from paperreader.tui.meaning_work import read_papers

        await bring_up(self.library, post, self.ending.is_set, told=told)
        if not any(worker.group == "meaning" and not worker.is_finished for worker in self.workers):
            self.run_worker(read_papers(self.library, self._post, self.ending.is_set), group="meaning")

    def _post(self, news: Message) -> None:
        from paperreader.tui.messages import IndexReady

        self.reading.post_message(news)
        if isinstance(news, IndexReady):
            self.run_worker(self._warm, thread=True, group="warm")

    def _tidy_at_rest(self) -> None:
        """Look for garbage in circles when nobody waits for a frame: once after each while of use, and now and then.

        Not while feeds are asked: with 5,000 papers on their way it takes 190 ms, and they are wanted at once.
        """
        now = monotonic()
        used = self.last_touch > self._tidied or now - self._tidied > _TIDY_EVERY
        if used and now - self.last_touch > _AT_REST and not self.refreshing:
            gc.collect()
            self._tidied = now

    def _look_elsewhere(self) -> None:
        """Another process may have changed the library: show what it did, and index it."""
        self._tidy_at_rest()
        try:
            if self.library.changed_elsewhere():
                self.reading.look_again()
                if not self.refreshing:  # it comes in pieces; the index gets them all at its end
                    self.work_on_index()
        except PaperReaderError as error:
            self.reading.overlook(error)  # what the person does next says what is the matter
