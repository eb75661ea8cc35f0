"""What was done, in a sentence for the person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from paperreader.plain import printable
from paperreader.store.marks import Act
from paperreader.store.naming import BETWEEN

_TITLE_LENGTH = 60

Titles = Callable[[Sequence[int]], str]
"""The title of the paper where there is one, else an empty text."""

_ONE = {
    "bookmark": "Bookmarked “{title}”",
    "unbookmark": "No longer bookmarked: “{title}”",
    "read": "Marked read: “{title}”",
    "unread": "Marked unread: “{title}”",
    "reading": "Reading “{title}”",
    "dismiss": "Dismissed “{title}”",
    "remove": "Removed “{title}”",
    "restore": "Brought back “{title}”",
    "add": "Added “{title}” to “{told}”",
    "take": "Took “{title}” out of “{told}”",
    "move": "Moved “{title}” in “{told}”",
    "tag": "Tagged “{title}” with “{told}”",
    "untag": "Took the {tags} “{told}” off “{title}”",
    "rename-tag": "Renamed the tag “{before}” to “{told}” on one paper",
    "rate": "Rated “{title}” {told} of 5",
    "unrate": "Took the rating off “{title}”",
    "note": "Wrote a note on “{title}”",
    "rewrite-note": "Changed the note on “{title}”",
    "unnote": "Deleted the note on “{title}”",
    "delete-list": "Deleted the list “{told}”; its paper stays",
}
_MANY = {
    "bookmark": "Bookmarked {count:,} papers",
    "unbookmark": "Took the bookmarks off {count:,} papers",
    "read": "Marked {count:,} papers read",
    "unread": "Marked {count:,} papers unread",
    "reading": "Reading {count:,} papers",
    "dismiss": "Dismissed {count:,} papers",
    "remove": "Removed {count:,} papers",
    "restore": "Brought back {count:,} papers",
    "add": "Added {count:,} papers to “{told}”",
    "take": "Took {count:,} papers out of “{told}”",
    "move": "Changed the order of “{told}”",
    "tag": "Tagged {count:,} papers with “{told}”",
    "untag": "Took the {tags} “{told}” off {count:,} papers",
    "rename-tag": "Renamed the tag “{before}” to “{told}” on {count:,} papers",
    "rate": "Rated {count:,} papers {told} of 5",
    "unrate": "Took the ratings off {count:,} papers",
    "delete-list": "Deleted the list “{told}”; its {count:,} papers stay",
}
_OF_NO_PAPER = {
    "add": "Made the list “{told}”",
    "make-list": "Made the list “{told}”",
    "rename-list": "Renamed the list “{before}” to “{told}”",
    "delete-list": "Deleted the list “{told}”; its papers stay",
    "save": "Saved the search “{told}”",
    "rename-search": "Renamed the search “{before}” to “{told}”",
    "edit-search": "Changed what the search “{told}” asks",
    "change-search": "Changed the saved search “{told}”",
    "digit": "The search “{told}” is opened by {before}",
    "undigit": "The search “{told}” has no key of its own",
    "delete-search": "Deleted the search “{told}”",
}
_NONE = {
    "bookmark": "Bookmarked already",
    "unbookmark": "Not bookmarked",
    "read": "Nothing unread here",
    "unread": "Unread already",
    "reading": "Reading already",
    "dismiss": "Dismissed already",
    "remove": "Removed already",
    "restore": "Not removed",
    "add": "In “{told}” already",
    "take": "Not in “{told}”",
    "move": "At the end of “{told}” already",
    "tag": "Tagged with “{told}” already",
    "untag": "Not tagged with “{told}”",
    "rate": "Rated {told} of 5 already",
    "unrate": "Not rated",
    "note": "There is no other note",
    "rewrite-note": "The note is as it was",
    "unnote": "There is no note",
    "change-search": "The saved search is as it was",
}
_NOTHING = "All is so already"


class Done(NamedTuple):
    """What an act changed, and the sentence that says so."""

    what: str
    """"bookmark", "unbookmark", "read", "tag", ...: of an undoing what was undone."""
    rids: tuple[int, ...]
    """The papers that are different now; empty where all were so already."""
    sentence: str
    """For the person."""
    changed: bool = False
    """Whether anything is different now: a list without papers may have got another name."""
    undone: bool = False
    """Whether it was undone, and not done."""

    @property
    def went(self) -> bool:
        """Whether the papers are out of the library now."""
        return self.what == ("restore" if self.undone else "remove")

    @property
    def came_back(self) -> bool:
        """Whether the papers are in the library again."""
        return self.what == ("remove" if self.undone else "restore")


def done(act: Act, titles: Titles, way: str = "") -> Done:
    """Put an act into words. `way` is "Undone" or "Redone"."""
    known = {"told": printable(act.told), "before": printable(act.before), "count": len(act.rids), "title": ""}
    known["tags"] = "tags" if BETWEEN in act.told else "tag"
    if not act.changed and way:
        words = "nothing is different: it was changed since"
    elif not act.changed:
        words = _NONE.get(act.what, _NOTHING)
    elif not act.rids:
        words = _OF_NO_PAPER[act.what]
    elif len(act.rids) == 1:
        words = _ONE[act.what]
        known["title"] = _short(titles(act.rids))
    else:
        words = _MANY[act.what]
    sentence = words.format(**known)
    if way:  # what came of it then ("; its papers stay") does not now
        first = sentence.partition(";")[0] if act.changed else sentence
        sentence = f"{way}: {first[0].lower()}{first[1:]}"
    return Done(act.what, act.rids, sentence + ".", act.changed, undone=way == "Undone")


def _short(title: str) -> str:
    plain = printable(title)
    return plain if len(plain) <= _TITLE_LENGTH else plain[: _TITLE_LENGTH - 1].rstrip() + "…"
