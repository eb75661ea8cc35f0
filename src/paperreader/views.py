"""What the list shows and in which order, and how far the person is with a paper."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """How far the person is with a paper; the value is its name in events, questions and on the command line."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    DISMISSED = "dismissed"
    """Out of the feeds' views and of Unread, until the person says otherwise."""


class View(Enum):
    """What the list shows; the value is the name that the library remembers, the digit its key."""

    TRENDING = "trending"
    NEW = "new"
    RISING = "rising"
    ALL = "all"
    UNREAD = "unread"
    BOOKMARKS = "bookmarks"

    @property
    def digit(self) -> str:
        """The key that opens it."""
        return str(list(View).index(self) + 1)

    @property
    def label(self) -> str:
        """Its name on the screen."""
        return self.value.capitalize()

    @property
    def waits_for_refresh(self) -> bool:
        """Whether it needs what only a refresh brings: votes and times."""
        return self in (View.TRENDING, View.NEW, View.RISING)


class Sort(Enum):
    """The orders of a list; `s` goes through them. While a question is on, RELEVANCE comes first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"
    VOTES = "votes"
    TITLE = "title"

    @property
    def label(self) -> str:
        """The order in words."""
        return _ORDERS[self]


_ORDERS = {
    Sort.RELEVANCE: "best match first",
    Sort.NEWEST: "newest first",
    Sort.OLDEST: "oldest first",
    Sort.ADDED: "last added first",
    Sort.VOTES: "most votes first",
    Sort.TITLE: "by title",
}
