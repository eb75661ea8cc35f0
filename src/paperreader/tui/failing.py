"""A bug ends the app without a word on the screen: whoever ran it writes the traceback down and says where."""

from __future__ import annotations

from textual.app import App
from textual.worker import WorkerFailed


class FailingApp(App[None]):
    """An app that keeps the first exception that nobody caught."""

    bug: BaseException | None = None
    """What ended the app; None while all is well."""

    def _handle_exception(self, error: Exception) -> None:
        """Textual's own ends the app in order and would print pages of source, values of variables included."""
        if self.bug is None:
            self.bug = error.error if isinstance(error, WorkerFailed) else error
        super()._handle_exception(error)
        self._exit_renderables.clear()
