"""What was done, in a sentence for the person."""

from __future__ import annotations

from dataclasses import dataclass

from paperreader.plain import printable
from paperreader.store.marks import Act

_TITLE_LENGTH = 60

_ONE = {
    "bookmark": "Bookmarked “{title}”",
    "unbookmark": "No longer bookmarked: “{title}”",
    "read": "Marked read: “{title}”",
    "unread": "Marked unread: “{title}”",
    "remove": "Removed “{title}”",
    "restore": "Brought back “{title}”",
}
_MANY = {
    "bookmark": "Bookmarked {count:,} papers",
    "unbookmark": "Took the bookmarks off {count:,} papers",
    "read": "Marked {count:,} papers read",
    "unread": "Marked {count:,} papers unread",
    "remove": "Removed {count:,} papers",
    "restore": "Brought back {count:,} papers",
}
_NONE = {
    "bookmark": "Bookmarked already",
    "unbookmark": "Not bookmarked",
    "read": "Nothing unread here",
    "unread": "Unread already",
    "remove": "Removed already",
    "restore": "Not removed",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What an act changed, and the sentence that says so."""

    what: str
    """"bookmark", "unbookmark", "read", "unread", "remove" or "restore"."""
    rids: tuple[int, ...]
    """The papers that are different now; empty where all were so already."""
    sentence: str
    """For the person."""


def done(act: Act, title: str, way: str = "") -> Done:
    """Put an act into words. `title` is the paper's where there is one only; `way` is "Undone" or "Redone"."""
    if not act.rids:
        words = _NONE[act.what]
    elif len(act.rids) == 1:
        words = _ONE[act.what].format(title=_short(title))
    else:
        words = _MANY[act.what].format(count=len(act.rids))
    sentence = f"{way}: {words[0].lower()}{words[1:]}" if way else words
    return Done(act.what, act.rids, sentence + ".")


def _short(title: str) -> str:
    plain = printable(title)
    return plain if len(plain) <= _TITLE_LENGTH else plain[: _TITLE_LENGTH - 1].rstrip() + "…"
