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
from paperreader.plain import folded
from paperreader.tui.acting import act, actor, works
from paperreader.tui.content import MATCH, cut
from paperreader.tui.glyphs import is_ascii
from paperreader.tui.key_table import SHORT, holds
from paperreader.tui.keys import BY_ID, GROUPS, Key, drawn, remapped

LOOK = """
CommandPalette {
    & > Vertical { margin: 1 0 0 0; width: 100%; max-width: 92; background: $surface; }
    SearchIcon { display: none; }
    #--input { border: none; padding: 1 1; background: $surface; }
    #--results { border: none; padding: 0 0 1 0; background: $surface; }
    CommandInput { height: 1; border: none; }
    CommandInput, CommandInput:focus { padding: 0 1; }
    CommandList { border: none; background: $surface; scrollbar-size-vertical: 1; }
}
"""
"""CSS for the app: the palette as the rest looks, with neither frames nor a sign that some terminals have not."""

_ITSELF = "app.palette"
_COLUMN = 22
"""Cells for the name: the longest of an order."""
_WIDEST = 92
# Cells of the palette, where the window has them; its padding and its scroll bar take five.
_WHOLE, _NAME, _SENTENCE = 1.0, 0.8, 0.4
"""What a match weighs: at the beginning of the name, at that of another word in it, in the sentence."""


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

    def score(self, query: str) -> float:
        """How well what was typed fits: 0 unless each of its words begins one of ours (or is inside, if it is long)."""
        if not holds(f"{self.name} {self.text}", query):
            return 0.0
        name = folded(self.name)
        begins = name.startswith(folded(query).strip())
        return _WHOLE if begins else _NAME if holds(name, query) else _SENTENCE

    def line(self, width: int, query: str = "") -> Content:
        """In so many cells: name, sentence and keys in columns, what was typed marked."""
        room = max(0, width - _COLUMN - 2 - len(self.keys) - 2 * bool(self.keys))
        name, text = Content(self.name), cut(Content.styled(self.text, "not bold $muted-near"), room)
        line = Content.assemble(
            cut(_marked(name, query), _COLUMN).stylize_before("bold"),
            " " * max(2, _COLUMN + 2 - name.cell_length),
            _marked(text, query),
        )
        if not self.keys:
            return line
        space = " " * max(2, width - line.cell_length - len(self.keys))
        return Content.assemble(line, space, (self.keys, "not bold $muted-near"))


class KeyCommands(Provider):
    """What the keys do, where it can be done now; runs it as the key would."""

    async def discover(self) -> Hits:
        """What there is before anything was typed."""
        width = _width(self.screen)
        for command in commands(self.screen):
            if command.listed:
                yield DiscoveryHit(command.line(width), command.run, text=command.name)

    async def search(self, query: str) -> Hits:
        """What matches, the best first."""
        width = _width(self.screen)
        for command in commands(self.screen):
            score = command.score(query)
            if score:
                yield Hit(score, command.line(width, query), command.run, text=command.name)


def _width(screen: Screen[Any]) -> int:
    return min(screen.app.size.width, _WIDEST) - 5


def _marked(text: Content, query: str) -> Content:
    """The words of the query where they begin words of the text, or stand inside."""
    plain = text.plain.casefold()
    for word in query.casefold().split():
        at = plain.find(word) if plain.startswith(word) or len(word) > SHORT else plain.find(f" {word}") + 1
        if at > 0 or plain.startswith(word):
            text = text.stylize(MATCH, at, at + len(word))
    return text


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
