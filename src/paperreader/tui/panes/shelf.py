"""What stands below the views, one line each: headings, and things that can be chosen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from paperreader.tui.content import cut, styled
from paperreader.tui.glyphs import UNICODE, Glyphs, bar
from paperreader.tui.keys import bindings
from paperreader.tui.panes.cursor_list import CursorList

_BAR = 5
_SIGN = 2


class Entry(NamedTuple):
    """One line."""

    name: str
    """A heading, or what can be chosen."""
    what: Hashable = None
    """What is chosen with it; None: nothing, this is a heading or an empty line."""
    number: str = ""
    """At the right."""
    part: float = 0.0
    """How much of a bar is full, from 0 to 1; 0: no bar."""
    sign: str = ""
    """Before the name: a digit that is its key, a tick."""
    style: str = "$foreground"
    """The name's."""
    fresh: str = ""
    """Before the number: how much of it is new."""


class Shelf(CursorList):
    """Shows entries; Enter or a click chooses one. Its cursor is shown while it has the focus."""

    BINDINGS = bindings("shelf")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"shelf--cursor"}
    DEFAULT_CSS = """
    Shelf {
        height: 1fr;
        background: $surface;
        color: $foreground;
        overflow-y: hidden;
        & > .shelf--cursor { background: $cursor; text-style: $cursor-style; }
    }
    """

    glyphs: reactive[Glyphs] = reactive(UNICODE)
    """The signs of this terminal."""

    @dataclass(eq=False)
    class Choose(Message):
        """An entry was chosen."""

        what: Hashable
        """Which."""

    @dataclass(eq=False)
    class Weigh(Message):
        """An entry shall count more, or less."""

        what: Hashable
        """Which."""
        way: int
        """1: more, -1: less."""

    class Resized(Message):
        """There is another number of lines."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()
        self._longest: Sequence[int] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these; the cursor stays on what it was on, or near it."""
        before = self.what
        self.entries = entries
        self._longest = _longest(entries)
        places = [at for at, entry in enumerate(entries) if entry.what is not None]
        same = next((at for at in places if entries[at].what == before), None)
        near = min(places, key=lambda at: abs(at - self.cursor), default=0)
        at = near if same is None else same
        self.fill(len(entries), 1, at, max(0, self._row + at - self.cursor))
        self.refresh()

    @property
    def what(self) -> Hashable:
        """What the cursor is on."""
        return self.entries[self.cursor].what if self.cursor < len(self.entries) else None

    def move_to(self, index: int) -> None:
        """To the nearest thing there that can be chosen, onwards if possible; at the top the heading comes along."""
        way = 1 if index >= self.cursor else -1
        last = len(self.entries) - 1
        ahead = range(min(max(0, index), max(0, last)), last + 1 if way > 0 else -1, way)
        target = next((at for at in ahead if self.entries[at].what is not None), None)
        if target is None and way < 0:  # above the first of them there are headings only
            target = next((at for at, entry in enumerate(self.entries) if entry.what is not None), None)
        if target is not None:
            super().move_to(target)
            if all(entry.what is None for entry in self.entries[:target]):
                self._row = target
                self._settle()

    def action_choose(self) -> None:
        """Choose what the cursor is on."""
        if self.what is not None:
            self.post_message(self.Choose(self.what))

    def action_weigh(self, way: int) -> None:
        """Let what the cursor is on count more (1), or less (-1)."""
        if self.what is not None:
            self.post_message(self.Weigh(self.what, way))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be done where nothing can be chosen."""
        return True if self.what is not None else None

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        at = round(self.scroll_y) + event.y
        if at < len(self.entries) and self.entries[at].what is not None:
            self.move_to(at)
            self.action_choose()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width = self.scrollable_content_region.width
        at = round(self.scroll_y) + y
        if at >= len(self.entries):
            return Strip.blank(width, self.rich_style)
        strip = self.drawn(self._line(at, width), width)
        if at == self.cursor and self.has_focus:
            look = self.get_component_rich_style("shelf--cursor", partial=True)
            strip = Strip(Segment.apply_style(strip, post_style=look), width)  # over the ground that the text has
        return strip

    def _line(self, at: int, width: int) -> Content:
        entry = self.entries[at]
        if entry.what is None:
            return cut(styled(entry.name, style="$muted", tex=False), width, self.glyphs.ellipsis)
        digits = max(len(other.number) for other in self.entries)
        room = width - _SIGN - (digits + 1 if digits else 0)
        drawn = entry.part > 0 and room - _BAR - 1 >= self._longest[at]
        filled = f" {bar(entry.part, _BAR, self.glyphs):<{_BAR}}" if drawn else ""
        room -= len(filled) + (len(entry.fresh) + 1 if entry.fresh else 0)
        name = cut(styled(entry.name, style=entry.style, tex=False), room, self.glyphs.ellipsis)
        sign = f"{entry.sign:<{_SIGN}}"
        return Content.assemble(
            (sign, "$faint" if sign[0].isdigit() else "$yours"),
            name,
            " " * (room - name.cell_length),
            (filled, "$faint"),
            (f" {entry.fresh}" if entry.fresh else "", "$rising"),
            (f" {entry.number:>{digits}}" if digits else "", "$muted"),
        )

    def on_resize(self) -> None:
        """More lines have room for more."""
        super().on_resize()
        self.post_message(self.Resized())

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor comes and goes with the focus."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self.refresh()


def _longest(entries: Sequence[Entry]) -> list[int]:
    """For each line the cells of the longest name of its section: all of them have bars, or none."""
    longest: list[int] = []
    for _, section in groupby(entries, key=lambda entry: entry.what is None):
        names = [cell_len(entry.name) if entry.part else 0 for entry in section]
        longest += [max(names)] * len(names)
    return longest
