"""What the line below teaches: for each pane the keys that make sense there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from paperreader.tui.keys import Focus, Key, drawn, remapped

FOOTERS: Mapping[Focus, tuple[tuple[str, ...], ...]] = {
    "list": (
        ("list.down", "list.up"),
        ("list.open",),
        ("reading.bookmark",),
        ("reading.search",),
        ("reading.sort",),
        ("app.refresh",),
        ("app.help",),
    ),
    "detail": (
        ("detail.down", "detail.up"),
        ("reading.back",),
        ("reading.bookmark",),
        ("reading.browse",),
        ("reading.pdf",),
        ("reading.copy_link",),
        ("app.help",),
    ),
    "shelf": (
        ("shelf.down", "shelf.up"),
        ("shelf.choose",),
        ("reading.back",),
        ("reading.next_pane",),
        ("reading.search",),
        ("app.help",),
    ),
    "search": (
        ("search.down", "search.up"),
        ("search.accept",),
        ("reading.back",),
        ("reading.next_pane",),
        ("reading.save_search",),
        ("app.help",),
    ),
}
"""For each pane the six to eight things to teach; those of one tuple share a label ("j k move")."""

IN_TRENDING: tuple[tuple[str, ...], ...] = (("reading.earlier", "reading.later"), ("reading.window",))
"""What is taught besides where the list shows a window of time, after the first four."""

IN_DIGEST: tuple[str, ...] = ("reading.earlier", "reading.later")
"""What is taught in the place of the order where the list is a digest."""

ALIKE: tuple[tuple[str, ...], ...] = (
    ("list.down", "list.up"),
    ("list.open",),
    ("reading.narrow",),
    ("reading.unlike",),
    ("reading.similar",),
    ("reading.back",),
    ("app.help",),
)
"""What is taught in a list of similar papers."""

CHOSEN: tuple[tuple[str, ...], ...] = (
    ("list.choose",),
    ("list.range",),
    ("reading.bookmark",),
    ("reading.lists",),
    ("reading.tags",),
    ("reading.back",),
    ("app.help",),
)
"""What is taught in the list while papers are chosen."""


class Hint(NamedTuple):
    """One piece of the footer."""

    keys: tuple[str, ...]
    """As drawn: ("j", "k")."""
    label: str
    """What they do."""
    ids: tuple[str, ...]
    """The keys' names, the first being what a click on the hint does."""


def footer(
    focus: Focus,
    keymap: Mapping[str, str] | None = None,
    *,
    ascii_only: bool = False,
    trending: bool = False,
    chosen: bool = False,
    ordered: bool = False,
    alike: bool = False,
    digest: bool = False,
) -> tuple[Hint, ...]:
    """The hints for the pane that has the focus, in order of use; what has no key there is left out.

    `trending`: the list shows a window of time. `chosen`: papers of it are chosen. `alike`: they are similar ones.
    `ordered`: the list is one of the person's, in their own order. `digest`: it is a digest.
    """
    rows = FOOTERS[focus] if focus != "list" else CHOSEN if chosen else ALIKE if alike else FOOTERS[focus]
    if trending and focus == "list" and not chosen and not alike:
        rows = (*rows[:4], *IN_TRENDING, *rows[4:])
    if ordered:
        rows = tuple(("list.lower", "list.higher") if row == ("reading.sort",) else row for row in rows)
    if digest:
        rows = tuple(IN_DIGEST if row == ("reading.sort",) else row for row in rows)
    mine = {key.id: key for key in remapped(keymap)}
    hints = []
    for ids in rows:
        firsts = tuple(_firsts((mine[each] for each in ids), focus, ascii_only=ascii_only))
        if firsts:
            hints.append(Hint(firsts, "digests" if digest and ids == IN_DIGEST else mine[ids[0]].label, ids))
    return tuple(hints)


def _firsts(keys: Iterable[Key], focus: Focus, *, ascii_only: bool) -> Iterable[str]:
    for key in keys:
        yield from drawn(key, focus, ascii_only=ascii_only)[:1]
