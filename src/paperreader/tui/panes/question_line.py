"""What the search line says of an answer: how much, how fast, and how the question was read. Values in, Content out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from paperreader.tui.content import cut, joined, paragraph, styled
from paperreader.tui.keys import told

if TYPE_CHECKING:
    from paperreader.search.finding import Found

_BETWEEN = "  "
_LEAST_SAID = len("showing a…")

Keymap = Mapping[str, str] | None
"""The keys that the person chose, by their ids."""


class How(NamedTuple):
    """How a question is to be understood."""

    literal: bool = False
    """Whether no word is corrected."""
    expand: bool = True
    """Whether abbreviations also mean their long forms."""


AS_MEANT = How()
"""As the person probably means it."""


def in_column(found: Found, how: How, width: int, lines: int, keymap: Keymap = None) -> Content:
    """Below each other, at most so many lines: the number, then how the question was read."""
    counted = [cut(_counted(found, timed=True), width)]
    notes = [line for note in noted(found, how, keymap) for line in paragraph(note, width)]
    room = lines - len(counted)
    if len(notes) > room:
        notes = [*notes[: room - 1], cut(notes[room - 1].append(" …"), width)] if room > 0 else []
    return Content("\n").join([*counted, *notes])


def in_line(found: Found, how: How, room: int, keymap: Keymap = None) -> Content:
    """On one line of at most `room` cells: the number, before it as much as fits of how the question was read."""
    notes = noted(found, how, keymap)
    corrected = bool(found.corrections) and not how.literal
    for count in range(len(notes), len(found.remarks) if corrected else -1, -1):
        for timed in (True, False):
            line = joined([*notes[:count], _counted(found, timed=timed)], _BETWEEN)
            if line.cell_length <= room:
                return line
    return _shortened(found, how, room, keymap)


def _shortened(found: Found, how: How, room: int, keymap: Keymap) -> Content:
    """The number, and before it what is left of the words that were taken for others: nobody may miss that."""
    count = cut(_counted(found, timed=False), room)
    literal = told("{reading.literal}", keymap)
    left = room - count.cell_length - len(_BETWEEN) - cell_len(literal) - 1
    if how.literal or not found.corrections or left < _LEAST_SAID:
        return count
    return joined([_with_key(cut(_exchanged(found), left), literal), count], _BETWEEN)


def noted(found: Found, how: How, keymap: Keymap = None) -> Sequence[Content]:
    """How the question was read, what is odd about it first; where a key reads it otherwise, with that."""
    notes = [*map(_muted, found.remarks)]
    literal, expand = (told(key, keymap) for key in ("{reading.literal}", "{reading.expand}"))
    if how.literal:
        notes.append(_with_key("as typed", literal))
    elif found.corrections:
        notes.append(_with_key(_exchanged(found), literal))
    if not how.expand:
        notes.append(_with_key("no long forms", expand))
    elif found.also:
        notes.append(_with_key(f"also: {', '.join(found.also)}", expand))
    return notes


def _exchanged(found: Found) -> Content:
    pairs = [
        Content.assemble(styled(shown, style="$yours", tex=False), (" for ", "$muted"), _muted(typed))
        for typed, shown in found.corrections
    ]
    return Content.assemble(("showing ", "$muted"), joined(pairs, ", ", "$muted"))


def _counted(found: Found, *, timed: bool) -> Content:
    number = f"{found.total:,} found"
    count = Content.styled(number, "$foreground" if found.total else "$yours")
    return Content.assemble(count, "  ", (_duration(found.seconds), "$muted")) if timed else count


def _with_key(what: Content | str, key: str) -> Content:
    note = _muted(what) if isinstance(what, str) else what
    return Content.assemble(note, " ", (key, "$foreground"))


def _muted(text: str) -> Content:
    return styled(text, style="$muted", tex=False)


def _duration(seconds: float) -> str:
    return f"in {seconds * 1000:.0f} ms" if seconds < 1 else f"in {seconds:.1f} s"
