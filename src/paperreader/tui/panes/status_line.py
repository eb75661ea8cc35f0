"""The line above: what is shown, and on the right what lasts or has just been done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from paperreader.tui.content import cut, styled
from paperreader.tui.glyphs import UNICODE, Glyphs

if TYPE_CHECKING:
    from paperreader.tui.messages import IndexMoved

_SAID_FOR = 5.0
"""Seconds that a sentence about what was just done stays: long enough to read sixty characters twice."""

_BAR = 12


class Showing(NamedTuple):
    """What the list shows."""

    label: str = ""
    """The view's name."""
    order: str = ""
    """Its order in words."""
    part: str = ""
    """The part of the view: "this week"."""
    size: int = 0
    """Papers in it."""
    at: int = 0
    """The cursor's place, from 1; 0 in an empty list."""


class StatusLine(Widget):
    """One line; what is on it is told by the screen."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $bar; color: $foreground; padding: 0 1; }
    """

    showing: reactive[Showing] = reactive(Showing())
    """The list in words."""
    bright: reactive[bool] = reactive(True)
    """Whether the list has the focus: this line is its heading."""
    chosen: reactive[str] = reactive("")
    """How many papers are chosen: "3 chosen"; empty where none is."""
    index: reactive[IndexMoved | None] = reactive(None)
    """How far the index is, while it is being brought up to date."""
    asking: reactive[str] = reactive("")
    """How far the feeds are, while they are being asked; then how up to date their papers are."""
    reading: reactive[str] = reactive("")
    """How far the model for search by meaning is."""
    lasting: reactive[str] = reactive("")
    """What is true for longer: a read-only library, another process at work."""
    glyphs: reactive[Glyphs] = reactive(UNICODE)
    """The signs of this terminal."""
    said: reactive[str] = reactive("")
    """What has just been done."""

    _timer: Timer | None = None
    _stays = False

    def show(self, showing: Showing) -> None:
        """Name what the list shows now; what was said of another list is silenced, what stays is said to its end."""
        if showing[:3] != self.showing[:3] and not self._stays:
            self.hush()
        self.showing = showing

    def say(self, sentence: str, *, stays: bool = False) -> None:
        """Say for some seconds what was done; it `stays` though another list is shown where it is of all of them."""
        if self._timer is not None:
            self._timer.stop()
        self.said, self._stays = sentence, stays
        self._timer = self.set_timer(_SAID_FOR, self.hush)

    def has_room_for(self, sentence: str) -> bool:
        """Whether all of it can be read here."""
        return styled(sentence, style="", tex=True).cell_length <= self.size.width

    def hush(self) -> None:
        """Something else is shown: what was said before it has been read."""
        if self._timer is not None:
            self._timer.stop()
        self.said, self._stays = "", False

    def render(self) -> Content:
        """Left the list in words, right the news and the place; where there is no room for all, the news wins."""
        width = self.size.width
        chosen = Content.styled(self.chosen, "bold $yours") if self.chosen else Content("")
        news, place = self._news(), self._place()
        right = _beside(chosen, news, place)
        right = right if right.cell_length <= width else cut(_beside(chosen, news), width, self.glyphs.ellipsis)
        room = width - right.cell_length - 2
        left = next((left for left in self._lefts() if left.cell_length <= room), Content(""))
        return Content.assemble(left, " " * max(0, width - left.cell_length - right.cell_length), right)

    def _lefts(self) -> list[Content]:
        """From all that can be said to the least."""
        showing = self.showing
        view = Content.styled(showing.label, "bold $link" if self.bright else "$link")
        if showing.part:
            view = Content.assemble(view, "  ", (showing.part, "$foreground"))
        order = Content.assemble("  ", (showing.order, "$muted")) if showing.order else Content("")
        name = Content.assemble(("paperreader", "bold"), "  ", (self.glyphs.dot, "$faint"), "  ")
        return [Content.assemble(name, view, order), Content.assemble(view, order), view]

    def _news(self) -> Content:
        if self.said:
            return styled(self.said, style="$foreground", tex=True)
        if self.index is not None:
            return self._progress(self.index)
        lasting = "   ".join(part for part in (self.asking, self.reading, self.lasting) if part)
        return styled(lasting, style="$muted", tex=False) if lasting else Content("")

    def _place(self) -> Content:
        showing = self.showing
        return Content.styled(f"{showing.at:,}/{showing.size:,}", "$muted") if showing.size else Content("")

    def _progress(self, index: IndexMoved) -> Content:
        if index.writing:
            return Content.styled("indexing  writing…", "$muted")
        reached = max(1, round(index.part * _BAR))
        return Content.assemble(
            ("indexing ", "$muted"),
            (self.glyphs.reached * reached, "$muted"),
            (self.glyphs.ahead * (_BAR - reached), "$faint"),
            (f" {index.part:.0%}  {index.done:,} of {index.total:,}", "$muted"),
        )


def chosen_in_words(count: int, elsewhere: int) -> str:
    """How many papers are chosen, and how many of them are not to be seen: "3 chosen, 1 not listed here"."""
    if not count:
        return ""
    return f"{count:,} chosen, {elsewhere:,} not listed here" if elsewhere else f"{count:,} chosen"


def _beside(*parts: Content) -> Content:
    return Content("   ").join([part for part in parts if part])
