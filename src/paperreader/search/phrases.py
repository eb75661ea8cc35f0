"""Whether a paper's own text has a phrase, or a word in its abstract: what bags of words cannot say. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from paperreader.search import words
from paperreader.search.document import Text
from paperreader.search.highlighting import places
from paperreader.search.question import Phrase, Where, Word


def holds(leaf: Word | Phrase, forms: frozenset[str], beginning: str, text: Text) -> bool:
    """Whether the text has the phrase, or one of the word's forms (or what begins so), in the part that is meant."""
    if isinstance(leaf, Phrase):
        if leaf.where is Where.AUTHOR:
            return any(_in_name(leaf, name) for name in text.authors)
        return any(has_phrase(leaf.words, leaf.unfinished, part) for part in _parts(leaf.where, text))
    return any(_has_word(forms, beginning, part) for part in _parts(leaf.where, text))


def has_phrase(phrase: tuple[str, ...], unfinished: bool, part: str) -> bool:
    """Whether the words stand in a row in the text; when `unfinished`, the last may be a beginning."""
    if all(word.isascii() and word.isalpha() for word in phrase):
        folded = words.folded(part)
        if not all(word in folded for word in phrase) or not _pattern(phrase, unfinished).search(folded):
            return False
        if _simple(folded):
            return True
    return bool(places(words.sequence(part), phrase, unfinished))


def _has_word(forms: frozenset[str], beginning: str, part: str) -> bool:
    folded = words.folded(part)
    if _simple(folded) and any(_stands(form, folded) for form in forms):
        return True
    found = set(words.terms(part))
    return not found.isdisjoint(forms) or (bool(beginning) and any(word.startswith(beginning) for word in found))


def _simple(folded: str) -> bool:
    """Whether seeking in the folded text is as good as cutting it, and thirty times as fast."""
    return folded.isascii() and "++" not in folded and "#" not in folded


def _stands(form: str, simple: str) -> bool:
    """Whether a word of letters stands there by itself; of others it is not said."""
    at = simple.find(form) if form.isalpha() else -1
    while at >= 0:
        end = at + len(form)
        if not simple[at - 1 : at].isalnum() and not simple[end : end + 1].isalnum():
            return True
        at = simple.find(form, at + 1)
    return False


@lru_cache(64)
def _pattern(phrase: tuple[str, ...], unfinished: bool) -> re.Pattern[str]:
    """The words with anything but words between them; a literal comes first, which `re` seeks fastest."""
    first, *rest = phrase
    row = "[^a-z0-9]+".join([f"{first}(?<![a-z0-9]{first})", *rest])
    return re.compile(row if unfinished else row + "(?![a-z0-9])")


def _in_name(phrase: Phrase, name: str) -> bool:
    """Whether one name has all the words: in any order, with others between (`LeCun, Yann A.`), letters as initials."""
    found = {piece.word for piece in words.pieces(name)}
    *firm, last = phrase.words
    if not all(_named_so(word, found, beginning=len(word) == 1) for word in firm):
        return False
    return _named_so(last, found, beginning=phrase.unfinished or len(last) == 1)


def _named_so(word: str, names: set[str], *, beginning: bool) -> bool:
    return word in names or (beginning and any(name.startswith(word) for name in names))


def _parts(where: Where, text: Text) -> tuple[str, ...]:
    match where:
        case Where.TITLE:
            return (text.title,)
        case Where.ABSTRACT:
            return (text.text,)
        case Where.AUTHOR:
            return text.authors
        case Where.ANYWHERE:
            return (text.title, text.text)
