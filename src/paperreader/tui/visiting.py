"""A visit: what is new since the last one, and the feeds asked while the person is here."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from paperreader.errors import PaperReaderError
from paperreader.library import Library
from paperreader.settings import Settings
from paperreader.tui.nothing import Asked
from paperreader.tui.screens.reading import ReadingScreen
from paperreader.tui.typeahead import OrderlyApp

if TYPE_CHECKING:
    from paperreader.tui.messages import RefreshEnded
    from paperreader.tui.refreshing import Refresher

_TOLD_FOR = 8.0
"""Seconds that a failure stays on the screen."""


class VisitingApp(OrderlyApp):
    """The part of the app that knows feeds and visits."""

    library: Library
    settings: Settings
    reading: ReadingScreen
    refresher: Refresher | None = None
    """Asks the feeds; there once the first paint is done."""

    def begin_visit(self) -> None:
        """New is what comes from now on; feeds are asked when that is long ago, and again while the app is open."""
        from paperreader.tui.refreshing import Refresher

        post, keys = self.reading.post_message, self.reading.keymap
        self.refresher = Refresher(self.library, self.settings, post, self._in_thread, keys)
        try:
            if self.library.writable:
                self.library.trends.begin_visit()
        except PaperReaderError as error:
            self.reading.refuse(error)
        if self.settings.refresh.on_start_hours > 0:
            self._in_thread(self._look_whether_due)
        if self.settings.refresh.every_hours > 0:
            self.set_interval(self.settings.refresh.every_hours * 3600, self._refresh_by_itself)

    def _look_whether_due(self) -> None:
        from paperreader.tui.refreshing import is_due

        try:
            if is_due(self.library, self.settings, time.time()):
                self.call_later(self._refresh_by_itself)
        except PaperReaderError as error:
            self.reading.overlook(error)

    def _refresh_by_itself(self) -> None:
        if self.refresher is not None and not self.refresher.running:
            self.refresher.by_itself()
            self._tell_that_asked()

    def _tell_that_asked(self) -> None:
        if self.refresher is not None and self.refresher.running:
            self.reading.tell_asked(Asked(now=True))

    @property
    def refreshing(self) -> bool:
        """Whether feeds are being asked now."""
        return self.refresher is not None and self.refresher.running

    def refresh_ended(self, event: RefreshEnded) -> None:
        """Say what came of it; to who asked also what each failure means."""
        if self.refresher is None:
            return
        asked = not self.refresher.quiet
        if sentence := self.refresher.ended(event):
            self.reading.status.say(sentence, stays=True)
            if not self.reading.status.has_room_for(sentence):
                self.notify(sentence, markup=False, timeout=_TOLD_FOR)
        for failure in event.failures if asked else ():
            self.notify(failure, severity="warning", markup=False, timeout=_TOLD_FOR)

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
        if self.refresher is None:
            return
        if not self.library.writable:
            self.reading.status.say("The library cannot be written: nothing new could be kept.")
            return
        if sentence := self.refresher.press(self.reading.wanted):
            self.reading.status.say(sentence)
        else:
            self.reading.status.asking = "asking the feeds…"
            self._tell_that_asked()
