"""One paper as one line of the list, and the passage under it while a question is on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperreader.paper import Row, State
from paperreader.tui.content import Spans, as_shown, kept_characters
from paperreader.tui.glyphs import Glyphs
from paperreader.tui.names import surname
from paperreader.tui.panes.spacing import apart

YEAR_FROM = 50
"""Columns of list from which on the year has a place."""
AUTHOR_FROM = 78
"""Columns of list from which on the first author has one too."""
_AUTHOR = 12
_YEAR = 3
_VOTES = 5
_MARKS = 4
_STARS = 5
_MOVE = 2
_RIGHT = 1


class Columns(NamedTuple):
    """How the width of the list is shared out."""

    title: int
    """Cells of the title and of the passage under it."""
    votes: bool
    """Whether there is a column of votes: only where some paper has any."""
    moves: bool
    """Whether there is a column of arrows: only where the order is that of a trend."""
    author: bool
    year: bool
    stars: int = 0
    """Cells of the ratings: room for five stars, or for a digit and one; none where no paper has any."""

    @classmethod
    def of(cls, width: int, *, votes: bool, moves: bool = False, rated: bool = False) -> Columns:
        """For a list of so many cells."""
        author, year = width >= AUTHOR_FROM, width >= YEAR_FROM
        stars = (_STARS if author else 2) if rated else 0
        taken = _MARKS + _VOTES * votes + _MOVE * moves + (_AUTHOR + 2) * author + (_YEAR + 2) * year + _RIGHT
        taken += stars + 1 if stars else 0
        return cls(title=max(0, width - taken), votes=votes, moves=moves, author=author, year=year, stars=stars)

    @property
    def indent(self) -> int:
        """Where the title begins."""
        return _MARKS + _VOTES * self.votes + _MOVE * self.moves


class Look(NamedTuple):
    """The styles of one line, its background in each of them."""

    title: Style
    seen: Style
    """The title of a paper that was read."""
    muted: Style
    unread: Style
    star: Style
    rising: Style
    match: Style
    glyphs: Glyphs


def title_line(row: Row, spans: Spans, columns: Columns, look: Look, moved: int = 0, *, chosen: bool = False) -> Strip:
    """The marks, the votes, the movement in places, the title with its hits, the first author, the year."""
    segments = [
        Segment(look.glyphs.chosen if chosen else " ", look.star),
        Segment(_state(row, look.glyphs), look.unread),
        Segment(look.glyphs.star if row.bookmarked else " ", look.star),
        Segment(look.glyphs.revised if row.revised else look.glyphs.noted if row.noted else " ", look.star),
    ]
    if columns.votes:
        segments.append(Segment(f"{short_number(row.votes):>{_VOTES - 1}} ", look.muted))
    if columns.moves:
        arrow = look.glyphs.rising if moved > 0 else look.glyphs.falling if moved < 0 else " "
        segments += [Segment(arrow, look.rising if moved > 0 else look.muted), Segment(" ", look.muted)]
    segments += _title(row, spans, columns.title, look)
    if columns.stars:
        rating = row.rating or 0
        stars = look.glyphs.rated * rating if columns.stars == _STARS else f"{rating}{look.glyphs.rated}"
        segments += [Segment(" ", look.muted), Segment(f"{stars if rating else '':<{columns.stars}}", look.star)]
    if columns.author:
        name, _ = as_shown(surname(row.first_author))
        segments += [Segment("  ", look.muted), *fitted(name, [], _AUTHOR, look.muted, look)]
    if columns.year:
        year = look.glyphs.apostrophe + row.year[-2:] if row.year else " " * _YEAR
        segments += [Segment("  ", look.muted), Segment(year, look.muted)]
    segments.append(Segment(" " * _RIGHT, look.muted))
    return Strip(segments)


def _state(row: Row, glyphs: Glyphs) -> str:
    signs = {State.READ: " ", State.READING: glyphs.reading, State.DISMISSED: glyphs.dismissed}
    return " " if row.read else signs.get(row.state, glyphs.unread)


def _title(row: Row, spans: Spans, width: int, look: Look) -> list[Segment]:
    """The title, and behind it those of the person's tags that have room."""
    style = look.seen if row.read or row.state is State.DISMISSED else look.title
    room = width - cell_len(as_shown(row.title)[0]) if row.tags else 0
    tags: list[Segment] = []
    for tag in row.tags:
        shown = f"#{as_shown(tag, tex=False)[0]}"
        room -= 2 + cell_len(shown)
        if room < 0:
            break
        tags += [Segment("  ", look.muted), Segment(shown, look.muted)]
    *text, rest = marked(row.title, spans, width - sum(cell_len(tag.text) for tag in tags), style, look)
    return [*text, *tags, rest]  # the rest fills the column up


def passage_line(text: str, spans: Spans, columns: Columns, width: int, look: Look, *, chosen: bool = False) -> Strip:
    """The best passage with its hits, under the title."""
    room = max(0, width - columns.indent - _RIGHT)
    return Strip(
        [
            Segment(look.glyphs.chosen if chosen else " ", look.star),
            Segment(" " * (columns.indent - 1), look.muted),
            *marked(text, spans, room, look.muted, look),
            Segment(" " * _RIGHT, look.muted),
        ]
    )


def heading_line(text: str, width: int, look: Look) -> Strip:
    """What stands between papers, and is none; text that may be shown."""
    return Strip(
        [
            Segment(" ", look.muted),
            *fitted(text, [], heading_room(width), look.muted, look),
            Segment(" " * _RIGHT, look.muted),
        ]
    )


def heading_room(width: int) -> int:
    """Cells for the text of a heading in a list of this width."""
    return max(0, width - 1 - _RIGHT)


def marked(text: str, spans: Spans, width: int, style: Style, look: Look) -> list[Segment]:
    """Text from outside in exactly `width` cells, its spans (characters of it) in the style of a match."""
    plain, moved = as_shown(text, spans)
    return fitted(plain, moved, width, style, look)


def fitted(plain: str, spans: Sequence[tuple[int, int]], width: int, style: Style, look: Look) -> list[Segment]:
    """Text that may be shown, in exactly `width` cells: filled up, or cut with an ellipsis."""
    cells, tail = cell_len(plain), ""
    if cells > width:
        plain = plain[: kept_characters(plain, width - 1)].rstrip()
        tail = look.glyphs.ellipsis if width > 0 else ""
        cells = cell_len(plain) + len(tail)
    segments = apart(Segment(piece, look.match if hit else style) for piece, hit in pieces(plain, spans))
    segments.append(Segment(tail + " " * (width - cells), style))
    return segments


def pieces(plain: str, spans: Sequence[tuple[int, int]]) -> Iterable[tuple[str, bool]]:
    """The text cut at its spans, each piece with whether it lies in one; spans may overlap and overshoot."""
    at = 0
    for begin, stop in sorted(spans):
        start, end = max(at, begin), min(stop, len(plain))
        if start >= end:
            continue
        if at < start:
            yield plain[at:start], False
        yield plain[start:end], True
        at = end
    if at < len(plain):
        yield plain[at:], False


def short_number(number: int | None) -> str:
    """In at most four cells: 847, 1.2k, 12k, 3M; nothing for what is not known."""
    if number is None:
        return ""
    if number < 1000:
        return str(number)
    if number < 9950:
        return f"{number / 1000:.1f}k"
    if number < 999_500:
        return f"{number / 1000:.0f}k"
    return f"{number / 1_000_000:.0f}M"
