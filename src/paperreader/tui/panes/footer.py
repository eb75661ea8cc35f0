"""The line below: the keys that make sense now, and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from paperreader.tui.hints import Hint

_GAP = 3


class Offer(NamedTuple):
    """A hint, and whether its key works now."""

    hint: Hint
    works: bool = True
    """Else it is dimmed."""


class Footer(Widget):
    """Teaches six to eight keys; a click does what the key does."""

    DEFAULT_CSS = """
    Footer { height: 1; background: $bar; color: $muted-near; padding: 0 1; }
    """

    offers: reactive[Sequence[Offer]] = reactive(())
    """What to teach, the most useful first. Where room is scarce, what cannot work now goes first, the last never."""

    @dataclass(eq=False)
    class Press(Message):
        """A hint was clicked."""

        id: str
        """The key's name in the table of keys."""

    def render(self) -> Content:
        """The hints that have a place."""
        return Content(" " * _GAP).join([_drawn(offer) for offer in self._fitting()])

    def _fitting(self) -> list[Offer]:
        offers = list(self.offers)
        while len(offers) > 1 and sum(_width(offer) + _GAP for offer in offers) - _GAP > self.size.width:
            idle = [place for place, offer in enumerate(offers[:-1]) if not offer.works]
            del offers[idle[-1] if idle else -2]
        return offers

    def on_click(self, event: events.Click) -> None:
        """Press the key whose hint was clicked."""
        end = self.gutter.left
        for offer in self._fitting():
            start, end = end, end + _width(offer) + _GAP
            if start <= event.x < end - _GAP:
                self.post_message(self.Press(offer.hint.ids[0]))


def _drawn(offer: Offer) -> Content:
    if not offer.works:
        return Content.styled(f"{' '.join(offer.hint.keys)} {offer.hint.label}", "$faint")
    return Content.assemble((" ".join(offer.hint.keys), "bold $foreground"), (" ", "$foreground"), offer.hint.label)


def _width(offer: Offer) -> int:
    return cell_len(f"{' '.join(offer.hint.keys)} {offer.hint.label}")
