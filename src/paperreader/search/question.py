"""What a question is, once it is understood: a tree of words, phrases and what joins them. Pure values.

How it is typed is in `parsing`; how it is answered, in `answering`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from paperreader.search.words import COMMONEST


class Where(Enum):
    """The part of a paper in which a word is sought."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    AUTHOR = "author"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, folded."""

    text: str
    where: Where = Where.ANYWHERE
    beginning: bool = False
    """Written with a star: all words that begin so."""
    unfinished: bool = False
    """Still being typed: the word itself, and words that begin so."""
    before: str = ""
    """The plain word right before it: `boots tap` also finds `bootstap`."""
    after: str = ""
    """The plain word right after it."""
    after_unfinished: bool = False
    also: tuple[tuple[str, ...], ...] = ()
    """What it is short for: `rl` also means reinforcement, learning."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand next to each other (in a name: that stand in one name)."""

    words: tuple[str, ...]
    where: Where = Where.ANYWHERE
    unfinished: bool = False
    """Whether the last word may be a beginning."""


BEGUN = "begun"
"""What `is:unread` is not; nobody types it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on what the library knows of a paper beside its words: whoever has the facts says who meets it."""

    name: str
    """"id", "cat", "org", "source", "is", "has", "stars", "votes", "comments", "citations", "date", "age", "since"."""
    values: tuple[str, ...] = ()
    """Alternatives. Of a date: the first day, and what sorts behind the last one."""
    low: int | None = None
    """The least count or the least age in days that meets it; None: any."""
    high: int | None = None
    """The largest that does."""
    beginning: bool = False
    """Whether the last value is still being typed, and may be a beginning."""


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a bag, and whether the paper must or must not have it."""

    node: Node
    required: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Bag:
    """Things side by side: papers need what is required, nothing excluded, and some of the plain words."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """Operands of AND."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Operands of OR."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Filter | Bag | Every | Either


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, and what it means."""

    text: str
    root: Node | None
    """None where nothing is asked."""
    remarks: tuple[str, ...] = ()
    """How an odd question was read."""
    heard: tuple[Word, ...] = ()
    """All its plain words in their order, the commonest too, where it has nothing else to rank by."""
    meant: frozenset[str] = frozenset()
    """Words that are never misspelt: names as `TrackAny`, and what stands before a colon."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that everything is to be shown."""
        return self.root is None


def nodes(node: Node, *, excluded: bool = False) -> Iterator[Word | Phrase]:
    """The words and phrases that are asked for, and if wanted those that are excluded."""
    match node:
        case Word() | Phrase():
            yield node
        case Filter():
            return
        case Every(parts) | Either(parts):
            for part in parts:
                yield from nodes(part, excluded=excluded)
        case Bag(items):
            for item in items:
                if excluded or not item.excluded:
                    yield from nodes(item.node, excluded=excluded)


def filters_of(node: Node) -> Iterator[Filter]:
    """The conditions, excluding ones too."""
    match node:
        case Filter():
            yield node
        case Every(parts) | Either(parts):
            for part in parts:
                yield from filters_of(part)
        case Bag(items):
            for item in items:
                yield from filters_of(item.node)


def leaves_of(node: Node) -> Iterator[Word]:
    """The words that score: those asked for, and those of phrases."""
    for leaf in nodes(node):
        if isinstance(leaf, Word):
            yield leaf
        else:
            yield from telling(leaf)


def telling(phrase: Phrase) -> list[Word]:
    """The words of a phrase by which papers that may have it are found."""
    *firm, last = [Word(word, phrase.where) for word in phrase.words]
    found = [*firm, replace(last, unfinished=phrase.unfinished)]
    if phrase.where is Where.AUTHOR:  # an initial may stand for a whole name: it is looked for in the names themselves
        return [word for word in found if len(word.text) > 1] or found
    if phrase.where is not Where.ANYWHERE and phrase.where is not Where.ABSTRACT:
        return found
    telling = [word for word in found if word.text not in COMMONEST and (len(word.text) > 1 or not word.text.isascii())]
    return telling or [replace(word, where=Where.TITLE) for word in found]


def required(items: tuple[Item, ...]) -> list[Item]:
    """The members that a paper must have."""
    return [item for item in items if item.required and not item.excluded]


def enough(items: tuple[Item, ...]) -> list[Item]:
    """The plain things of which a paper needs one: none where a word or phrase is required anyway.

    A required field is a condition beside the words, not one of them: `author:lecun convolution`.
    """
    if any(item.required and not item.excluded and _sought_anywhere(item.node) for item in items):
        return []
    return [item for item in items if not item.required and not item.excluded]


def _sought_anywhere(node: Node) -> bool:
    return any(leaf.where is Where.ANYWHERE for leaf in nodes(node))


def unsure(leaf: Word | Phrase) -> bool:
    """Whether the index alone cannot say that a paper has this."""
    return isinstance(leaf, Phrase) or leaf.where is Where.ABSTRACT
