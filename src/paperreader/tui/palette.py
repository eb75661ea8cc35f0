"""Every command by its name: what the keys do, the orders of the list, and the themes.

For `App.COMMANDS` in place of Textual's own, whose "Keys", "Maximize" and "Quit" would stand beside ours.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from paperreader.paper import Sort
from paperreader.tui.acting import act, actor, works
from paperreader.tui.glyphs import is_ascii
from paperreader.tui.keys import BY_ID, GROUPS, Key, drawn, remapped

LOOK = """
CommandPalette {
    & > Vertical { margin: 1 0 0 0; width: 100%; max-width: 92; background: $surface; }
    & > .command-palette--highlight { color: $yours; text-style: bold underline; }
    SearchIcon { display: none; }
    #--input { border: none; padding: 1 1; background: $surface; }
    #--results { border: none; padding: 0 0 1 0; background: $surface; }
    CommandInput { height: 1; border: none; }
    CommandInput, CommandInput:focus { padding: 0 1; }
    CommandList { border: none; background: $surface; }
}
"""
"""CSS for the app: the palette as the rest looks, with neither frames nor a sign that some terminals have not."""

_ITSELF = "app.palette"
_COLUMN = 15
"""Cells for the name: the longest of a view."""
_NAME = 2
"""A match in the name weighs twice one in the sentence."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    name: str
    """A word or two."""
    text: str
    """What it does, on the same line."""
    keys: str
    """The keys that do the same, as drawn; or nothing."""
    run: Callable[[], Awaitable[object]]
    listed: bool = True
    """Whether it is there before anything was typed."""

    @property
    def line(self) -> str:
        """What is shown, and typed against."""
        return f"{self.name:<{_COLUMN}}  {self.text}" + (f"  {self.keys}" if self.keys else "")

    def dressed(self, line: Content) -> Content:
        """The line with its name brighter than the rest."""
        return line.stylize_before("bold", 0, len(self.name)).stylize_before("not bold $muted-near", len(self.name))


class KeyCommands(Provider):
    """What the keys do, where it can be done now; runs it as the key would."""

    async def discover(self) -> Hits:
        """What there is before anything was typed."""
        for command in commands(self.screen):
            if command.listed:
                yield DiscoveryHit(command.dressed(Content(command.line)), command.run, text=command.line)

    async def search(self, query: str) -> Hits:
        """What matches, the best first."""
        matcher = self.matcher(query)
        for command in commands(self.screen):
            score = max(matcher.match(command.name) * _NAME, matcher.match(command.line))
            if score > 0:
                yield Hit(score, command.dressed(matcher.highlight(command.line)), command.run, text=command.line)


def commands(screen: Screen[Any]) -> Iterator[Command]:
    """Everything that can be done on this screen now."""
    order = {group: place for place, group in enumerate(GROUPS)}
    ascii_only = is_ascii()
    keys = sorted(remapped(screen.app._keymap), key=lambda key: order[key.group])
    for key in keys:
        if key.id != _ITSELF and key.owner != "search" and works(screen, key):
            names = " ".join(drawn(key, ascii_only=ascii_only))
            listed = key.group != "Move" and key.owner != "detail"  # what moves is pressed, not looked up
            yield Command(_named(key), key.help, names, partial(act, screen, key), listed)
    yield from _orders(screen)
    yield Command("Theme", "Choose the colours: ours, and all that Textual has.", "", partial(_themes, screen))


async def _themes(screen: Screen[Any]) -> None:
    screen.app.search_themes()


def _named(key: Key) -> str:
    """The label as a heading: "Bookmark", "View: Unread", "Text: scroll"."""
    label = key.label[0].upper() + key.label[1:]
    if key.action.startswith("view("):
        return f"View: {label}"
    if key.owner == "detail":
        return f"Text: {key.label}"
    return label


def _orders(screen: Screen[Any]) -> Iterator[Command]:
    """The orders by name, where the screen can be told one: `action_order('newest')`."""
    reading = actor(screen, BY_ID["reading.sort"])
    if reading is None or not hasattr(reading, "action_order"):
        return
    for sort in Sort:
        if reading.check_action("order", (sort.value,)):
            run = partial(screen.app.run_action, f"order({sort.value!r})", reading)
            yield Command(f"Sort: {sort.label}", "Order the list so.", "", run)
