"""A small program with what the real one has of signals; run by test_signals.py in a terminal of its own."""

import sys
import time
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Input, Static

from paperreader.tui.interrupt import Interrupt
from paperreader.tui.keys import bindings
from paperreader.tui.lifeline import Lifeline
from paperreader.tui.suspension import Suspension
from paperreader.tui.typeahead import OrderlyApp


class Signalled(OrderlyApp):
    """Says READY, has a field, and writes down that it ended in order."""

    BINDINGS = bindings("app")

    def __init__(self, note: Path, stuck: bool) -> None:
        super().__init__()
        self.lifeline = Lifeline(self)
        self.interrupt = Interrupt(self)
        self.note = note
        self.stuck = stuck

    def compose(self) -> ComposeResult:
        yield Static("READY")
        yield Input()

    def on_load(self) -> None:
        self.lifeline.attach()

    def on_mount(self) -> None:
        Suspension(self).attach()
        self.query_one(Input).focus()

    def on_input_changed(self) -> None:
        if self.stuck and self.query_one(Input).value:
            self.note.write_text("stuck")
            time.sleep(60)

    def on_unmount(self) -> None:
        self.note.write_text("ended in order")

    def action_interrupt(self) -> None:
        self.interrupt.press()


if __name__ == "__main__":
    app = Signalled(Path(sys.argv[1]), stuck=sys.argv[2:] == ["stuck"])
    with app.lifeline:
        app.run()
    sys.exit(app.lifeline.exit_code)
