"""The help screen's text: keys by what a person wants to do, those that were asked for, drawn to a width. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from textual.content import Content

from paperreader.plain import folded
from paperreader.tui.content import cut
from paperreader.tui.keys import GROUPS, Key, drawn

SYNTAX: tuple[tuple[str, str], ...] = (
    ("graph attention", "Any of the words; papers with more and rarer ones first."),
    ("+graph -survey", "With the first word and without the second; NOT is the same as -."),
    ('"self attention"', "The words next to each other."),
    ("transf*", "All words that begin so; the last word does so while you type it."),
    ("title: author: abstract:", 'Only there: author:lecun, title:"graph attention".'),
    ("a AND (b OR c)", "Both, or one of them; in capital letters."),
    ("cat:cs.CL source:arxiv", "Of a category, of a feed. Also org: of an organisation, tag: and list: of yours."),
    ("is:unread has:code", "Also is:read, reading, dismissed, bookmarked, new; has:note, project, model, dataset."),
    ("stars:>500 votes:20..50", "By counts of code stars and votes; also comments:, citations: and your rating:."),
    (
        "date:2025-03..2025-06",
        "By date; also date:2025, date:<30d, and since:last for what came since your last visit.",
    ),
    ("note:kernel", "Words of your notes."),
    ("2402.00847", "This paper: an arXiv id, a DOI or a link opens it."),
)
"""What can be typed into the search field, and what it finds."""

SEARCHING = "What you can search for"
_IDS_FROM = 92
"""Cells of width from which on the names for settings.toml have a column of their own."""
_NAMED = 8
"""Where no more than these are shown, narrow screens have room for the names too."""
_ROOMY = 72
"""Cells of width from which on keys and examples of questions stand in one column."""
_NARROW = 56
"""Cells of width below which the keys have a smaller column."""
_TIGHT = 40
"""Cells of width below which it is the smallest."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to tell: what to press or type, what it does, and its name."""

    head: str
    text: str
    id: str = ""
    works: bool = True


def table(
    keys: Iterable[Key],
    query: str,
    width: int,
    *,
    works: Callable[[Key], bool],
    ascii_only: bool = False,
    more: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({}),
) -> list[Content]:
    """The lines of the help screen: everything for an empty query, else what matches it.

    `works` tells whether a key can do its work now; those that cannot are told so. `more` are further sections.
    """
    lines: list[Content] = []
    sections = list(_sections(list(keys), query, works, ascii_only=ascii_only))
    sections += _told_beside(more, query)
    named = sum(len(members) for _, members in sections) <= _NAMED
    for title, members in sections:
        if lines:
            lines.append(Content(""))
        lines.append(Content.styled(title, "bold $muted"))
        for member in members:
            lines += _drawn(member, width, named=named)
    return [cut(line, width) for line in lines]


def _sections(
    keys: Sequence[Key], query: str, works: Callable[[Key], bool], *, ascii_only: bool
) -> Iterator[tuple[str, list[Line]]]:
    pressed = [key for key in keys if query and _is_pressed(key, query)]
    if pressed:
        yield f"The key {query.strip() or 'Space'}", [_line(key, works, ascii_only=ascii_only) for key in pressed]
    for group in GROUPS:
        members = [key for key in keys if key.group == group and key not in pressed and _matches(key, query)]
        if members:
            yield group, [_line(key, works, ascii_only=ascii_only) for key in members]
    typed = [Line(head, text) for head, text in SYNTAX if holds(f"{SEARCHING} {head} {text}", query)]
    if typed:
        yield SEARCHING, typed


def _told_beside(more: Mapping[str, Sequence[tuple[str, str]]], query: str) -> Iterator[tuple[str, list[Line]]]:
    for title, told in more.items():
        lines = [Line(head, text) for head, text in told if holds(f"{title} {head} {text}", query)]
        if lines:
            yield title, lines


def _line(key: Key, works: Callable[[Key], bool], *, ascii_only: bool) -> Line:
    return Line(" ".join(drawn(key, ascii_only=ascii_only)), key.help, key.id, works(key))


def _is_pressed(key: Key, query: str) -> bool:
    """Whether the query is one of its keys, as drawn: letters by case, names not ("ctrl+d", "esc")."""
    written = query.strip()
    return any(name == written or (len(name) > 1 and name.lower() == written.lower()) for name in drawn(key))


def _matches(key: Key, query: str) -> bool:
    return holds(f"{' '.join(drawn(key))} {key.label} {key.help} {key.id} {key.group}", query)


SHORT = 3
"""Letters that count at the start of a word only: they stand inside of nearly everything."""


def holds(text: str, query: str) -> bool:
    """Whether each word of the query stands in the text, whatever case and accents; `SHORT` ones begin words."""
    within = f" {folded(text)}"
    return all((word if len(word) > SHORT else f" {word}") in within for word in folded(query).split())


def _drawn(line: Line, width: int, *, named: bool) -> Iterator[Content]:
    """The head in its column, the text beside it on as many lines as it needs, the name at the right or below."""
    column = 24 if width >= _ROOMY or not line.id else 17 if width >= _NARROW else 12 if width >= _TIGHT else 9
    column = min(column, max(4, width // 2))
    aside = width >= _IDS_FROM and bool(line.id)
    room = max(8, width - column - 2 - (25 if aside else 0))
    style = "$foreground" if line.works else "$muted"
    text = line.text if line.works else f"{line.text} (not now)"
    rows = Content.styled(text, style).wrap(room)
    head = Content.styled(line.head, "bold $foreground" if line.works else "$muted")
    if head.cell_length > column:
        yield head
        head = Content("")
    for number, row in enumerate(rows):
        first = (head if number == 0 else Content("")).pad_right(column - (head.cell_length if number == 0 else 0))
        end = Content.styled(line.id, "$muted").pad_left(1) if aside and number == 0 else Content("")
        yield Content.assemble(first, "  ", row.pad_right(room - row.cell_length) if end else row, end)
    if named and line.id and not aside:
        yield Content.styled(line.id, "$muted").pad_left(column + 2)
