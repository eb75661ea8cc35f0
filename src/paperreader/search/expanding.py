"""A question's abbreviations -> the same words with what else they mean. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from paperreader.search.question import Bag, Either, Every, Filter, Node, Phrase, Where, Word

Meanings = Callable[[str], tuple[tuple[str, ...], ...]]


def expanded(node: Node, meanings: Meanings) -> Node:
    """The question with each short word told its long forms; what the question says itself is not told again."""
    said = {word.text for word in _words(node)}

    def of(word: Word) -> tuple[tuple[str, ...], ...]:
        return tuple(long for long in meanings(word.text) if not said.issuperset(long))

    return _told(node, of)


def _told(node: Node, of: Callable[[Word], tuple[tuple[str, ...], ...]]) -> Node:
    match node:
        case Word():
            return replace(node, also=of(node)) if _may_be_short(node) else node
        case Phrase() | Filter():
            return node
        case Every(parts):
            return Every(tuple(_told(part, of) for part in parts))
        case Either(parts):
            return Either(tuple(_told(part, of) for part in parts))
        case Bag(items):
            return Bag(tuple(item if item.excluded else replace(item, node=_told(item.node, of)) for item in items))


def _may_be_short(word: Word) -> bool:
    return word.where is Where.ANYWHERE and not word.beginning and 2 <= len(word.text) <= 10


def _words(node: Node) -> list[Word]:
    match node:
        case Word():
            return [node]
        case Every(parts) | Either(parts):
            return [word for part in parts for word in _words(part)]
        case Bag(items):
            return [word for item in items for word in _words(item.node)]
        case _:
            return []
