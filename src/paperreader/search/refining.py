"""What a question's words are to each other, once they are read: scopes, common words, neighbours. Pure."""

from __future__ import annotations

from dataclasses import replace

from paperreader.search import words
from paperreader.search.question import Bag, Either, Every, Filter, Item, Node, Phrase, Where, Word

# A question of as many plain words is a sentence that somebody pasted.
_PROSE = 9


def placed(node: Node, where: Where) -> Node:
    """The node with its words sought in this part, where they do not name one themselves."""
    if where is Where.ANYWHERE:
        return node
    match node:
        case Word() | Phrase():
            return replace(node, where=where) if node.where is Where.ANYWHERE else node
        case Bag(items):
            return Bag(tuple(replace(item, node=placed(item.node, where)) for item in items))
        case Every(parts):
            return Every(tuple(placed(part, where) for part in parts))
        case Either(parts):
            return Either(tuple(placed(part, where) for part in parts))
        case Filter():
            return node


def flattened(node: Node) -> Node:
    """Parentheses around plain words only are no more than that."""
    match node:
        case Bag(items):
            flat: list[Item] = []
            for item in items:
                inner = flattened(item.node)
                if isinstance(inner, Bag) and not (item.required or item.excluded) and all(map(_unsigned, inner.items)):
                    flat += inner.items
                else:
                    flat.append(replace(item, node=inner))
            return Bag(tuple(flat))
        case Every(parts):
            return Every(tuple(flattened(part) for part in parts))
        case Either(parts):
            return Either(tuple(flattened(part) for part in parts))
        case _:
            return node


def plain_words(node: Node) -> tuple[Word, ...]:
    """All plain words in their order; none where the question has signs, fields in words, phrases or operators too."""
    items = node.items if isinstance(node, Bag) else (Item(node),)
    found: list[Word] = []
    for item in items:
        if isinstance(item.node, Word) and item.node.where is Where.ANYWHERE and _unsigned(item):
            found.append(item.node)
        elif not isinstance(item.node, Filter):
            return ()
    return tuple(found)


def has_quotes_in_prose(node: Node) -> bool:
    """Whether this is a sentence, with words in quotes that are not meant as a condition."""
    return isinstance(node, Bag) and _is_prose(node) and any(_is_quote(item) for item in node.items)


def quoted(node: Node) -> Node:
    """Phrases are required, except in a sentence: there they are read as words."""
    match node:
        case Bag(items) if has_quotes_in_prose(node):
            told: list[Item] = []
            for item in items:
                phrase = item.node if _is_quote(item) else None
                told += [Item(Word(word)) for word in phrase.words] if isinstance(phrase, Phrase) else [item]
            return Bag(tuple(told))
        case Bag(items):
            return Bag(tuple(_with_required(item) for item in items))
        case Every(parts):
            return Every(tuple(quoted(part) for part in parts))
        case Either(parts):
            return Either(tuple(quoted(part) for part in parts))
        case _:
            return node


def _with_required(item: Item) -> Item:
    return replace(item, node=quoted(item.node), required=item.required or _is_quote(item))


def _is_prose(bag: Bag) -> bool:
    return sum(isinstance(item.node, Word) for item in bag.items) >= _PROSE


def _is_quote(item: Item) -> bool:
    return isinstance(item.node, Phrase) and item.node.where is Where.ANYWHERE and _unsigned(item)


def _unsigned(item: Item) -> bool:
    return not item.required and not item.excluded


def _common(item: Item) -> bool:
    """Whether this is a plain word that says nothing where others do: a common one, or the first letter of one."""
    node = item.node
    if item.required or item.excluded or not isinstance(node, Word) or node.where is not Where.ANYWHERE:
        return False
    letter = len(node.text) == 1 and node.text.isascii() and node.text.isalpha()
    return not node.beginning and (node.text in words.UNASKED or (letter and node.unfinished))


def without_common(node: Node) -> Node:
    """Leave out the commonest words where the bag has others; sought alone, they are sought in titles."""
    match node:
        case Bag(items):
            kept = tuple(replace(item, node=without_common(item.node)) for item in items if not _common(item))
            if any(not item.excluded for item in kept):
                return Bag(kept)
            return Bag(tuple(replace(item, node=_in_title(item.node)) for item in items))
        case Every(parts):
            return Every(tuple(without_common(part) for part in parts))
        case Either(parts):
            return Either(tuple(without_common(part) for part in parts))
        case _:
            return _in_title(node)


def _in_title(node: Node) -> Node:
    """Of a word that the text's bag leaves out: sought in titles."""
    if isinstance(node, Word) and node.where is Where.ANYWHERE and node.text in words.COMMONEST and not node.beginning:
        return replace(node, where=Where.TITLE)
    return node


def linked(node: Node) -> Node:
    """Tell plain words that stand side by side of each other."""
    match node:
        case Bag(items):
            told: list[Item] = []
            for i, item in enumerate(items):
                inner = linked(item.node)
                if isinstance(inner, Word) and _plain(item):
                    before = items[i - 1].node if i and _plain(items[i - 1]) else None
                    after = items[i + 1].node if i + 1 < len(items) and _plain(items[i + 1]) else None
                    inner = replace(
                        inner,
                        before=before.text if isinstance(before, Word) else "",
                        after=after.text if isinstance(after, Word) else "",
                        after_unfinished=isinstance(after, Word) and after.unfinished,
                    )
                told.append(replace(item, node=inner))
            return Bag(tuple(told))
        case Every(parts):
            return Every(tuple(linked(part) for part in parts))
        case Either(parts):
            return Either(tuple(linked(part) for part in parts))
        case _:
            return node


def _plain(item: Item) -> bool:
    node = item.node
    return isinstance(node, Word) and node.where is Where.ANYWHERE and not item.excluded and not node.beginning


def telling_of(nodes: list[Node]) -> list[Node]:
    """Of a required run (`+state-of-the-art`) the words that say something, if any."""
    telling = [node for node in nodes if not (isinstance(node, Word) and node.text in words.UNASKED)]
    return telling or nodes


def excluded_of(nodes: list[Node]) -> list[Item]:
    """A run of several words (`-self-attention`) is excluded as a phrase; nothing excluded is a beginning."""
    if len(nodes) > 1 and all(isinstance(node, Word) for node in nodes):
        found = [node for node in nodes if isinstance(node, Word)]
        return [Item(Phrase(tuple(node.text for node in found), found[0].where), excluded=True)]
    return [Item(replace(n, unfinished=False) if isinstance(n, Word | Phrase) else n, excluded=True) for n in nodes]
