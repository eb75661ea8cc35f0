"""Keys in the order in which they were pressed, however fast they come.

Textual hands a key to the widget that has the focus *when the key arrives*, and looks at most bindings only after the
key has come back through three queues. Of `/zyzzyva` typed in one go the `z`, `y` and `a` are then commands, since the
field gets the focus after all of them were handed out. Here a key that is bound is obeyed before the next one is looked
at, and a field has swallowed its letters before a key that acts on it is obeyed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic

from textual import events
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.notifications import SeverityLevel

from paperreader.tui.failing import FailingApp
from paperreader.tui.keys import remapped

_UNSEEN = frozenset({"app.quit", "app.quit_now", "app.interrupt", "app.suspend"})
"""The keys that lead out of the program, by their names in the table of keys."""
_PATIENCE = 0.3
"""Seconds to wait for a widget that is busy; order is worth that much, a dead keyboard is not worth anything."""


class OrderlyApp(FailingApp):
    """An App whose keys never overtake each other."""

    touched = False
    """Whether the person has done anything yet: who starts the program and fetches a coffee is not reading."""

    last_touch = 0.0
    """When the person did something last, in the seconds of time.monotonic."""

    touches = 0
    """How many keys were pressed and buttons clicked since the start."""

    def first_touch(self) -> None:
        """The person is here."""

    unseen = False
    """Whether the terminal is too small for anything to be seen: no key may then do what nobody sees."""

    _untold: tuple[Callable[[], None], ...] = ()

    def see(self, seen: bool) -> None:
        """The terminal is large enough, or too small: what was to be told meanwhile is told when it can be read."""
        self.unseen = not seen
        if seen:
            untold, self._untold = self._untold, ()
            for tell in untold:
                tell()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """As Textual's; while nothing can be seen it waits."""
        tell = partial(super().notify, message, title=title, severity=severity, timeout=timeout, markup=markup)
        if self.unseen:
            self._untold += (tell,)
        else:
            tell()

    async def on_event(self, event: events.Event) -> None:
        """Obey a bound key at once and wholly; leave everything else to Textual."""
        if isinstance(event, events.Key | events.MouseDown | events.MouseScrollDown) and not event.is_forwarded:
            self._note_touch()
        if self.unseen and isinstance(event, events.Key | events.Paste):
            if isinstance(event, events.Key) and not event.is_forwarded:
                await self._obeyed_unseen(event)
            return
        if isinstance(event, events.Key) and not event.is_forwarded and await self._obeyed(event):
            return
        await super().on_event(event)

    def _note_touch(self) -> None:
        self.last_touch = monotonic()
        self.touches += 1
        if not self.touched:
            self.touched = True
            self.first_touch()

    async def _obeyed_unseen(self, event: events.Key) -> None:
        """Of all keys those that lead out, also out of a field that they would be typed into."""
        for key in remapped(self._keymap):
            if key.id in _UNSEEN and event.key in key.each:
                await self.run_action(key.action, self)
                return

    async def _obeyed(self, event: events.Key) -> bool:
        if self.screen.focused is None:
            await _settled(self.screen)  # a screen that has just been pushed gives the focus to its field
        focused = self.screen.focused
        if focused is not None and focused.check_consume_key(event.key, event.character):
            return False
        active = self.screen.active_bindings.get(event.key)
        if active is None or not active.enabled:
            return False
        await self._settled_from(focused)
        done = await self.run_action(active.binding.action, active.node)
        await self._settled_from(active.node)
        return done

    async def _settled_from(self, node: DOMNode | None) -> None:
        """Wait until a message has come up from a widget to the screen: what it posts passes through each of them."""
        for each in node.ancestors_with_self if node is not None else (self.screen,):
            if each is not self and isinstance(each, MessagePump):
                await _settled(each)


async def _settled(pump: MessagePump) -> None:
    """Wait until the pump has dealt with all that is in its queue now."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _PATIENCE)
