"""A visit: what is new since the last one, and the feeds asked while the person is here."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from paperreader.errors import PaperReaderError
from paperreader.library import Library
from paperreader.settings import Settings
from paperreader.tui.screens.reading import ReadingScreen
from paperreader.tui.typeahead import OrderlyApp

if TYPE_CHECKING:
    from paperreader.tui.refreshing import Refresher


class VisitingApp(OrderlyApp):
    """The part of the app that knows feeds and visits."""

    library: Library
    settings: Settings
    reading: ReadingScreen
    refresher: Refresher | None = None
    """Asks the feeds; there once the first paint is done."""

    def begin_visit(self) -> None:
        """New is what comes from now on; feeds are asked when that is long ago, and again while the app is open."""
        from paperreader.tui.refreshing import Refresher, is_due

        self.refresher = Refresher(self.library, self.settings, self.reading.post_message, self._in_thread)
        try:
            if self.library.writable:
                self.library.trends.begin_visit()
            if is_due(self.library, self.settings, time.time()):
                self.refresher.by_itself()
        except PaperReaderError as error:
            self.reading.refuse(error)
        if self.settings.refresh.every_hours > 0:
            self.set_interval(self.settings.refresh.every_hours * 3600, self.refresher.by_itself)

    def _in_thread(self, work: Callable[[], None]) -> None:
        self.run_worker(work, thread=True, group="refresh")

    def end_visit(self) -> None:
        """What there is has been seen; feeds are asked no longer."""
        if self.refresher is not None:
            self.refresher.end()
        with suppress(PaperReaderError):
            if self.library.writable:
                self.library.trends.end_visit()

    def action_refresh(self) -> None:
        """Ask the feeds; while they are being asked, offer to end it."""
        if self.refresher is not None and (sentence := self.refresher.press()):
            self.reading.status.say(sentence)
