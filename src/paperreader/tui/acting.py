"""Who does what a key does: found on a screen, asked whether it can be done now, and told to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from paperreader.tui.keys import Key


def actor(screen: Screen[Any], key: Key) -> DOMNode | None:
    """The app, the screen or the widget on it that has the key in its BINDINGS; None if none has."""
    return next((node for node in _nodes(screen) if _has(node, key)), None)


def works(screen: Screen[Any], key: Key) -> bool:
    """Whether the key can do its work now, as its owner's `check_action` says: not dimmed and not hidden."""
    node = actor(screen, key)
    if node is None:
        return False
    where, name, parameters = parse(key.action)
    asked = screen if where == "screen" else node
    return bool(asked.check_action(name, parameters))


async def act(screen: Screen[Any], key: Key) -> bool:
    """Do what the key does; False if it could not be done."""
    node = actor(screen, key)
    return node is not None and await screen.app.run_action(key.action, node)


def _nodes(screen: Screen[Any]) -> Iterator[DOMNode]:
    yield screen.app
    yield screen
    yield from screen.walk_children(with_self=False)


def _has(node: DOMNode, key: Key) -> bool:
    return any(isinstance(binding, Binding) and binding.id == key.id for binding in type(node).BINDINGS)
