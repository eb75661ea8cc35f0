"""What the person typed, understood. Pure, and it never raises: what is half typed or malformed is read as it can be.

    convolution attention        any of the words, papers with more and rarer ones first
    +convolution -attention      required, excluded; NOT is the same as -
    "self attention"             the words next to each other; also title:"...", author:"Yann LeCun"
    transf*                      all words that begin so; the last word does so by itself while it is being typed
    title: author: abstract:     a word, a phrase or a group in parentheses in that part of the paper only
    cat:cs.CL stars:>500         conditions on what the library knows: see `conditions`
    a b AND (c OR d)             words without an operator belong together, then AND binds, then OR; upper case only

Plain words are meant, not required. Everything with a sign, quotes or a field is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperreader.search import conditions, words
from paperreader.search.question import Bag, Either, Every, Filter, Item, Node, Phrase, Question, Where, Word
from paperreader.search.question import nodes as asks
from paperreader.search.refining import (
    excluded_of,
    flattened,
    has_quotes_in_prose,
    linked,
    placed,
    plain_words,
    quoted,
    telling_of,
    without_common,
)

# Far beyond what anyone types or pastes (an abstract has some 200 words); each word costs up to a millisecond.
_LONGEST = 10_000
_MOST_WORDS = 256
_DEEPEST = 20
# A condition costs as much as some words: up to 60 ms the first time it is asked.
_CONDITION_COUNTS = 8


def parse(text: str, *, finished: bool = False) -> Question:
    """Understand a question. While it is not `finished`, the last word counts as a beginning too.

    A space after the last word finishes it.
    """
    reader = _Reader(text[:_LONGEST], finished=finished or len(text) > _LONGEST)
    if len(text) > _LONGEST:
        reader.remark(f"read up to character {_LONGEST}")
    heard: tuple[Word, ...] = ()
    root = reader.either(0)
    if root is not None:
        root = flattened(root)
        heard = plain_words(root)
        if has_quotes_in_prose(root):
            reader.remark("quotes in a long question read as words")
        root = linked(without_common(quoted(root)))
    elif text.strip() and not reader.remarks:
        reader.remark("nothing to look for: all are listed")
    return Question(text, root, tuple(reader.remarks), heard, frozenset(reader.meant))


# `at -2` and `+1` in a sentence are numbers; `-3d` leaves something out.
_NUMBER = re.compile(r"[+-][0-9][0-9.,%]*(?=[\s)]|$)")
_CAMEL = re.compile("[a-z][A-Z]")
# `author:lecun y` is one name; "a" and "i" before other words are English.
_INITIAL = re.compile(r"\s+(?P<letter>[^\W\d_])(?:\.(?=\s|$)|(?=\s*$)|(?<![aAiI])(?=\s))")
_FIELD = re.compile(r"([^\W\d_]+):")
_FIELDS = {part.value: part for part in Where if part is not Where.ANYWHERE}
_FIELDS |= {"authors": Where.AUTHOR, "abs": Where.ABSTRACT}
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "（": "(", "）": ")", "：": ":"})


@dataclass
class _Reader:
    """Reads a question from left to right."""

    text: str
    finished: bool
    at: int = 0
    words: int = 0
    remarks: list[str] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.text = self.text.translate(_QUOTES)
        self.end = len(self.text.rstrip())
        if self.end < len(self.text):
            self.finished = True

    def remark(self, told: str) -> None:
        if told not in self.remarks:
            self.remarks.append(told)

    def either(self, depth: int) -> Node | None:
        """Operands of OR, up to the parenthesis that closes them or the end."""
        parts = [self.every(depth)]
        while self.operator("OR"):
            parts.append(self.every(depth))
        return _joined(Either, self.operands("OR", parts))

    def every(self, depth: int) -> Node | None:
        """Operands of AND."""
        parts = [self.bag(depth)]
        while self.operator("AND"):
            parts.append(self.bag(depth))
        return _joined(Every, self.operands("AND", parts))

    def operands(self, name: str, parts: list[Node | None]) -> list[Node]:
        """Those that are there; a remark where one is missing."""
        found = [part for part in parts if part is not None]
        if 1 < len(parts) > len(found):
            self.remark(f"{name} with nothing beside it ignored")
        return found

    def bag(self, depth: int) -> Node | None:
        """Things side by side, up to an operator, a closing parenthesis or the end."""
        items: list[Item] = []
        while not self.done(depth) and not self.sees("OR") and not self.sees("AND"):
            items += self.item(depth)
        if not items:
            return None
        if len(items) == 1 and not items[0].excluded and not (items[0].required and _is_plain(items[0].node)):
            return items[0].node
        return Bag(tuple(items))

    def done(self, depth: int) -> bool:
        """Whether the end or the parenthesis that closes this level is here; stray ones are passed over."""
        while True:
            self.pass_spaces()
            if self.at >= self.end:
                return True
            if self.text[self.at] != ")":
                return False
            if depth:
                return True
            self.at += 1
            self.remark("a ) without its ( ignored")

    def pass_spaces(self) -> None:
        while self.at < self.end and self.text[self.at].isspace():
            self.at += 1

    def sees(self, name: str) -> bool:
        """Whether this operator is the next word."""
        self.pass_spaces()
        stop = self.at + len(name)
        follows = self.text[stop : stop + 1]
        return self.text.startswith(name, self.at) and (not follows or follows.isspace() or follows in '()"')

    def operator(self, name: str) -> bool:
        """Pass over the operator when it is next."""
        if not self.sees(name):
            return False
        self.at += len(name)
        return True

    def item(self, depth: int) -> list[Item]:
        """The next thing with its signs. Always moves on."""
        excluded = required = False
        while self.operator("NOT"):
            excluded = True
        sign = self.text[self.at : self.at + 1]
        if sign and sign in "+-" and not _NUMBER.match(self.text, self.at):
            self.at += 1
            if self.at >= self.end or self.text[self.at].isspace():
                return []
            excluded, required = excluded or sign == "-", sign == "+"
        if (known := self.condition()) is not None:
            return [Item(node, required=not excluded, excluded=excluded) for node in known]
        where = self.field()
        if self.done(depth) and excluded and sign != "-":
            self.remark("NOT with nothing after it ignored")
        nodes = self.things(depth, where)
        if excluded:
            return excluded_of(nodes)
        if required:
            nodes = telling_of(nodes)
        required = required or where is not Where.ANYWHERE
        return [Item(node, required=required or not any(asks(node, excluded=True))) for node in nodes]

    def condition(self) -> list[Filter] | None:
        """The condition that stands here: none where it is half typed, None where it is no condition."""
        match = _FIELD.match(self.text, self.at, self.end)
        name = match.group(1).lower() if match else ""
        if match is None or name not in conditions.NAMES:
            return None
        if self.allowed() < _CONDITION_COUNTS:
            return None
        values, length = conditions.typed(name, self.text, match.end(), self.end)
        stop = match.end() + length
        if not values and stop < self.end:
            return None
        told = conditions.read(name, values, unfinished=stop >= self.end and not self.finished)
        if not isinstance(told, Filter):
            self.remark(told.remark)
        if isinstance(told, conditions.Refused):
            self.meant.update(words.asked(self.text[self.at : stop]))
            return None
        self.at = stop
        self.words += _CONDITION_COUNTS
        return [told] if isinstance(told, Filter) else []

    def field(self) -> Where:
        """The field named here, with a space behind it too where its name is in lower case."""
        match = _FIELD.match(self.text, self.at)
        if not match:
            return Where.ANYWHERE
        name, follows = match.group(1), self.text[match.end() : match.end() + 1]
        where = _FIELDS.get(name.lower())
        apart = not follows.strip()
        if where is not None and (name in _FIELDS or not apart):
            self.at = match.end()
            self.pass_spaces()
            return where
        if where is None and not apart and follows not in "/\\:" and name.lower() not in conditions.NAMES:
            self.remark(_unknown(name))
            self.meant.update(words.asked(name))
        return Where.ANYWHERE

    def things(self, depth: int, where: Where) -> list[Node]:
        """A phrase, a group or a run of characters without spaces."""
        if self.at >= self.end or self.text[self.at] == ")":
            return []
        if self.text[self.at] == '"':
            return self.phrase(where)
        if self.text[self.at] == "(":
            return self.group(depth, where)
        return self.run(where)

    def phrase(self, where: Where) -> list[Node]:
        """What stands between quotes; an unclosed quote is closed by the end."""
        close = self.text.find('"', self.at + 1, self.end)
        unclosed = close < 0
        content = self.text[self.at + 1 : self.end if unclosed else close]
        self.at = self.end if unclosed else close + 1
        found = tuple(piece.word for piece in words.sequence(content))[: self.allowed()]
        self.words += len(found)
        if unclosed and found:
            self.remark("unclosed quote read as a phrase to the end")
        unfinished = unclosed and not self.finished
        return [Phrase(found, where, unfinished)] if found else []

    def group(self, depth: int, where: Where) -> list[Node]:
        """What stands between parentheses; an unclosed one is closed by the end."""
        self.at += 1
        if depth >= _DEEPEST:
            self.remark(f"parentheses read to a depth of {_DEEPEST}")
            return []
        node = self.either(depth + 1)
        if self.text[self.at : self.at + 1] == ")" and self.at < self.end:
            self.at += 1
        else:
            self.remark("unclosed ( read to the end")
        return [placed(node, where)] if node is not None else []

    def run(self, where: Where) -> list[Node]:
        """The words up to the next space, quote or parenthesis."""
        start = self.at
        while self.at < self.end and not self.text[self.at].isspace() and self.text[self.at] not in '()"':
            self.at += 1
        run = self.text[start : self.at]
        found = words.asked(run)[: self.allowed()]
        self.words += len(found)
        if _CAMEL.search(run):
            self.meant.update(found)
        if where is Where.AUTHOR and run.isalpha() and (initial := _INITIAL.match(self.text, self.at, self.end)):
            self.at = initial.end()
            unfinished = self.at >= self.end and not self.finished
            return [Phrase((*found, *words.asked(initial["letter"])), where, unfinished)]
        last = self.at >= self.end and not self.finished and bool(found)
        starred = run.endswith("*") and bool(found)
        nodes: list[Node] = [Word(word, where) for word in found]
        if starred:
            nodes[-1] = Word(found[-1], where, beginning=True)
        elif last and words.sequence(run)[-1].end == len(run):
            nodes[-1] = Word(found[-1], where, unfinished=True)
        return nodes

    def allowed(self) -> int:
        """How many more words are read."""
        left = max(0, _MOST_WORDS - self.words)
        if not left:
            self.remark(f"read up to word {_MOST_WORDS}")
        return left


def _is_plain(node: Node) -> bool:
    """Whether this is a word without a field: required by its sign, it must stand there, whatever means the same."""
    return isinstance(node, Word) and node.where is Where.ANYWHERE


def _unknown(name: str) -> str:
    near = conditions.nearest(name)
    return f"no field is called {name}: read as words{f' ({near}: is near)' if near else ''}"


def _joined(kind: type[Every] | type[Either], parts: list[Node]) -> Node | None:
    return kind(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
