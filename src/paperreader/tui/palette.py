"""Every command by its name: the keys' own, the orders of the list, and what Textual brings (themes among it)."""

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

_ITSELF = "app.palette"
_MOVING = frozenset({"Move"})
"""Groups that nobody looks up to run: they are found by typing, not listed."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    name: str
    """What is typed against."""
    help: str
    """The sentence below it, with the key that does the same."""
    run: Callable[[], Awaitable[object]]
    listed: bool = True
    """Whether it is there before anything was typed."""


class KeyCommands(Provider):
    """For `App.COMMANDS`: what the keys do, where it can be done now; runs it as the key would."""

    async def discover(self) -> Hits:
        """What there is before anything was typed."""
        for command in commands(self.screen):
            if command.listed:
                yield DiscoveryHit(Content(command.name), command.run, text=command.name, help=command.help)

    async def search(self, query: str) -> Hits:
        """What matches, the best first."""
        matcher = self.matcher(query)
        for command in commands(self.screen):
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(score, matcher.highlight(command.name), command.run, text=command.name, help=command.help)


def commands(screen: Screen[Any]) -> Iterator[Command]:
    """Everything that can be done on this screen now."""
    order = {group: place for place, group in enumerate(GROUPS)}
    ascii_only = is_ascii()
    keys = sorted(remapped(screen.app._keymap), key=lambda key: order[key.group])
    for key in keys:
        if key.id != _ITSELF and key.owner != "search" and works(screen, key):
            yield Command(_named(key), _told(key, ascii_only), partial(act, screen, key), key.group not in _MOVING)
    yield from _orders(screen)


def _named(key: Key) -> str:
    """The label as a heading: "Bookmark", "View: Unread", "Text: scroll"."""
    label = key.label[0].upper() + key.label[1:]
    if key.action.startswith("view("):
        return f"View: {label}"
    if key.owner == "detail":
        return f"Text: {key.label}"
    return label


def _told(key: Key, ascii_only: bool) -> str:
    names = " ".join(drawn(key, ascii_only=ascii_only))
    return f"{key.help} ({names})"


def _orders(screen: Screen[Any]) -> Iterator[Command]:
    """The orders by name, where the screen can be told one: `action_order('newest')`."""
    reading = actor(screen, BY_ID["reading.sort"])
    if reading is None or not hasattr(reading, "action_order"):
        return
    for sort in Sort:
        if reading.check_action("order", (sort.value,)):
            run = partial(screen.app.run_action, f"order({sort.value!r})", reading)
            yield Command(f"Sort: {sort.label}", "Order the list so.", run)
