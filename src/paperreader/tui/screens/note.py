"""The note of a paper, being written: in the lower half of its text, or where there is room for it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.geometry import Region
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import TextArea

from paperreader.errors import PaperReaderError
from paperreader.library.drafts import Draft
from paperreader.plain import printable
from paperreader.tui.content import styled
from paperreader.tui.outside_editor import command, edit
from paperreader.tui.screens.dialog import Line, hints

_PAUSE = 0.4
"""Seconds after which what was typed is on the disk, whether one types on or not; it takes 5 ms."""

Save = Callable[[str, str], Awaitable[str | None]]
"""Text and base in, the note as it is kept out; None where it could not be."""


class NoteText(TextArea):
    """Text from outside comes in without what steers a terminal."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = cleaned(event.text)
        await super()._on_paste(event)


def cleaned(text: str) -> str:
    """Lines and what can be shown of them."""
    return "\n".join(printable(line.expandtabs(4)) for line in text.replace("\r\n", "\n").split("\n"))


class NoteScreen(ModalScreen[None]):
    """Ctrl+S and Esc keep it; so do each pause while one types, a signal and the end of the app."""

    AUTO_FOCUS = "NoteText"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "keep and close", priority=True),
        Binding("ctrl+s", "save", "keep", priority=True),
        Binding("f4", "hand_out", "your editor", priority=True),
        Binding("ctrl+q", "app.quit", "quit", priority=True),  # the app's own would overtake letters typed just before
    ]
    DEFAULT_CSS = """
    NoteScreen {
        background: transparent;
        layers: base;
        & > #sheet { background: $bar; padding: 0 2; }
        & #heading { text-style: bold; color: $foreground; margin: 0 0 1 0; }
        & #hints { color: $muted-near; margin: 1 0 0 0; }
        & NoteText {
            height: 1fr; border: none; padding: 0; background: $bar; color: $foreground;
            scrollbar-size-vertical: 1; scrollbar-background: $bar;
            &:focus { border: none; }
            & .text-area--cursor-line { background: transparent; }
            & .text-area--placeholder { color: $muted-near; }
        }
        &:ansi > #sheet { border: round $faint; padding: 0 1; }
        &.-small #heading, &.-small #hints { margin: 0; }
    }
    """

    text = query_one(NoteText)

    def __init__(
        self,
        title: str,
        rid: int,
        note: str,
        *,
        save: Save,
        save_at_once: Callable[[str, str], object],
        place: Callable[[], Region],
        drafts: Path,
    ) -> None:
        """`save` writes the note, `save_at_once` too when the app ends; `place` tells where there is room.

        `drafts` is the folder of what is not done yet.
        """
        super().__init__()
        self._title = title
        self._save_note = save
        self._save_at_once = save_at_once
        self._place = place
        self._drafts = drafts
        self.draft = Draft(drafts, rid, note)
        self.rid = rid
        self._shown = self._typed = cleaned(note)
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """The heading, the text, the keys."""
        with Container(id="sheet"):
            yield Line(Content.assemble("Note  ", styled(self._title, style="not bold $muted-near")), id="heading")
            yield NoteText(self._shown, compact=True, placeholder="Markdown; for you alone.", tab_behavior="indent")
            own = [("F4", "your editor")] if command(os.environ) else []
            yield Line(hints([("Esc", "keep and close"), ("Ctrl+S", "keep"), *own, ("Ctrl+Z", "undo")]), id="hints")

    def on_mount(self) -> None:
        """At the end of what is there."""
        self.text.move_cursor(self.text.document.end)

    def on_resize(self) -> None:
        """Where there is room now, once the panes below know theirs."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        region = self._place()
        sheet = self.query_one("#sheet")
        sheet.styles.offset = (region.x, region.y)
        sheet.styles.width, sheet.styles.height = region.width, region.height
        self.set_class(region.height < 12, "-small")

    # Keeping

    @property
    def written(self) -> str:
        """What is to be kept; the note as it was where nothing was typed."""
        text = self._typed
        return self.draft.base if text == self._shown else text.rstrip()

    def on_text_area_changed(self) -> None:
        """Something was typed: keep it in a moment."""
        self._typed = self.text.text
        if self._pause is None:
            self._pause = self.set_timer(_PAUSE, self._keep_draft)

    def _keep_draft(self) -> None:
        self._pause = None
        try:
            self.draft.keep(self.written)
        except PaperReaderError as error:
            self.app.notify(str(error), severity="error", markup=False)

    async def action_save(self) -> None:
        """Keep it, and go on."""
        await self._keep()

    async def action_close(self) -> None:
        """Keep it, and close; where it cannot be kept, stay."""
        if await self._keep():
            self.dismiss(None)

    async def _keep(self) -> bool:
        self._typed = self.text.text
        self._keep_draft()
        written = self.written
        if written == self.draft.base:
            self.draft.drop(written)
            return True
        note = await self._save_note(written, self.draft.base)
        if note is None:
            return False
        self.draft.drop(note)
        if note != written:
            self._take(note)
        self._shown = self._typed = self.text.text
        self.text.history.checkpoint()  # Ctrl+Z goes back to what was kept, not past it in one step
        return True

    def _take(self, text: str) -> None:
        """Show another text; Ctrl+Z brings the one before back."""
        area = self.text
        area.replace(cleaned(text), (0, 0), area.document.end)

    def on_unmount(self) -> None:
        """The app ends with the note open. Where it cannot be written now, the draft is there for the next start."""
        written, base = self.written, self.draft.base
        with suppress(PaperReaderError):
            self.draft.keep(written)
        with suppress(PaperReaderError):
            if written != base:
                self._save_at_once(written, base)
            self.draft.drop(written)

    # The person's own editor

    def action_hand_out(self) -> None:
        """Hand the text to the person's own editor."""
        self._keep_draft()
        edited = edit(self.app, self.text.text, self._drafts)
        if edited.text is not None:
            self._take(edited.text)
            self._keep_draft()
        if edited.trouble:
            self.app.notify(edited.trouble, severity="error", markup=False, timeout=12)
