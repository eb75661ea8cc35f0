"""Word forms: `tracking`, `tracked` and `tracks` are one word to a question.

The stemmer of M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), step by step. Our own, because
Whoosh's leaves one word in thirty wrong (`bootstrapped` stays apart from `bootstrap`), and the newer English one of
Snowball takes three times as long and ranks no better (four test collections).
"""

from __future__ import annotations

import re
from functools import lru_cache

_ENGLISH = re.compile("[a-z]{3,}")
# A `y` after a consonant is a vowel.
_CONSONANT = "(?:[^aeiouy]|(?<![^aeiouy])y|^y)"
_VOWEL = "(?:[aeiou]|(?<=[^aeiouy])y)"
_MEASURED = re.compile(f"{_VOWEL}+{_CONSONANT}+")
_HAS_VOWEL = re.compile(_VOWEL)
_DOUBLE = re.compile(r"([^aeioulsz])\1$")
_SHORT = re.compile(f"{_CONSONANT}{_VOWEL}[^aeiouwxy]$")


def _table(rules: str) -> list[tuple[str, str]]:
    pairs = [rule.partition(">") for rule in rules.split()]
    return [(suffix, end) for suffix, _, end in sorted(pairs, key=lambda rule: -len(rule[0]))]


_STEP_2 = _table(
    "ational>ate tional>tion enci>ence anci>ance izer>ize abli>able alli>al entli>ent eli>e ousli>ous ization>ize "
    "ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble"
)
_STEP_3 = _table("icate>ic ative> alize>al iciti>ic ical>ic ful> ness>")
_STEP_4 = _table("al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ion> ou> ism> ate> iti> ous> ive> ize>")


@lru_cache(1 << 15)
def stem(word: str) -> str:
    """The stem of a word of three English letters or more; other words are their own."""
    if not _ENGLISH.fullmatch(word):
        return word
    word = _past(_plural(word))
    if word.endswith("y") and _HAS_VOWEL.search(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(_replaced(word, _STEP_2), _STEP_3)
    return _tidy(_stripped(word))


def _measure(start: str) -> int:
    """How many times vowels are followed by consonants (Porter's m)."""
    return len(_MEASURED.findall(start))


def _plural(word: str) -> str:
    """Step 1a."""
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    """Step 1b."""
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for suffix in ("ed", "ing"):
        start = word.removesuffix(suffix)
        if start == word:
            continue
        if not _HAS_VOWEL.search(start):
            return word
        if start.endswith(("at", "bl", "iz")):
            return start + "e"
        if _DOUBLE.search(start):
            return start[:-1]
        return start + "e" if _measure(start) == 1 and _SHORT.search(start) else start
    return word


def _replaced(word: str, table: list[tuple[str, str]]) -> str:
    """Steps 2 and 3: the longest suffix that is there decides."""
    for suffix, end in table:
        if word.endswith(suffix):
            start = word.removesuffix(suffix)
            return start + end if _measure(start) else word
    return word


def _stripped(word: str) -> str:
    """Step 4."""
    for suffix, _ in _STEP_4:
        if word.endswith(suffix):
            start = word.removesuffix(suffix)
            if suffix == "ion" and not start.endswith(("s", "t")):
                return word
            return start if _measure(start) > 1 else word
    return word


def _tidy(word: str) -> str:
    """Step 5."""
    if word.endswith("e"):
        start = word[:-1]
        measure = _measure(start)
        if measure > 1 or (measure == 1 and not _SHORT.search(start)):
            word = start
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
