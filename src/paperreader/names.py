"""The parts of a person's name: which of its words is the family's.

Names come as one string ("Carl Doersch"); bibliographies want them apart. What is no person's name, or not
certain to be one, stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_SUFFIXES: Final = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
_PARTICLES_TEXT: Final = (
    "van von der den de del della dei di da dos das du la le ter ten zu zur af al el bin ibn ben y "
)
_PARTICLES: Final = frozenset(_PARTICLES_TEXT.split())
_CAPITAL_PARTICLES: Final = frozenset({"Van", "Von", "Der", "Den", "De", "Del", "Della", "Dos", "Ter", "Ten"})
_BODY: Final = (
    r"(?i)\b(?:team|group|collaboration|consortium|project|community|lab|labs|laboratory|institute|university|research"
    r"|foundation|association|committee|organi[sz]ation|inc|ltd|corp|and|et al)\b"
)
_ODD: Final = r"[,;:{}()\[\]\"@&/\\=<>|]"
_MANY: Final = 7
"""Words. No name of a person in the corpus of 95,311 papers that is one has more."""


class Name(NamedTuple):
    """A name in parts; joined in this order with spaces they are the name again."""

    given: str = ""
    family: str = ""
    """With its particles: "van der Maaten". Empty where the name stays whole."""
    suffix: str = ""
    """ "Jr." and the like."""
    whole: str = ""
    """The name as it is, where it is not in parts: of a team, of one word, or one we cannot tell."""


@lru_cache(maxsize=4096)
def parts(name: str) -> Name:
    """The parts of a name that is written given name first."""
    words = name.split()
    whole = " ".join(words)
    if (
        not 1 < len(words) <= _MANY
        or re.search(_ODD, whole)
        or re.search(_BODY, whole)
        or _is_written_family_first(whole)
    ):
        return Name(whole=whole)
    suffix = ""
    if words[-1] in _SUFFIXES and len(words) > 2:
        suffix = words.pop()
    start = len(words) - 1
    while start > 1 and (words[start - 1] in _PARTICLES or words[start - 1] in _CAPITAL_PARTICLES):
        start -= 1
    if not any(sign.isalpha() for sign in words[-1]):
        return Name(whole=whole)
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix)


def joined(*, given: str = "", family: str = "", suffix: str = "", whole: str = "") -> str:
    """A name of its parts, the given name first."""
    return whole or " ".join(part for part in (given, family, suffix) if part)


def given_first(name: str) -> str:
    """ "Knuth, Donald E." as "Donald E. Knuth", "Doe, Jr., Ann" as "Ann Doe Jr."; what is no person's stays as it is.

    So do two persons with a comma between: of 95,311 papers in a corpus four have such an author.
    """
    family, *rest = (part.strip() for part in name.split(","))
    suffix = rest.pop(0) if len(rest) == 2 and rest[0] in _SUFFIXES else ""
    if len(rest) != 1 or not family or not rest[0] or rest[0] in _SUFFIXES:
        return name
    words, before = rest[0].split(), family.split()
    is_particle = before[0] in _PARTICLES or before[0] in _CAPITAL_PARTICLES
    if len(before) > 1 and len(words) > 1 and not is_particle and len(words[-1].strip(".")) > 1:
        return name
    body = re.search(_BODY, name) or re.search(_ODD, f"{family} {rest[0]}") or any(sign.isdigit() for sign in name)
    if body or len(words) + len(before) > _MANY or not all(word[0].isupper() for word in words):
        return name
    return joined(given=rest[0], family=family, suffix=suffix)


def family_key(name: str) -> str:
    """What two spellings of one person's name share: the family's last word, letters only, case and accents folded.

    "Doersch, Carl", "C. Doersch" and "Carl Doersch" are one. Empty where no letter is left.
    """
    family = name.partition(",")[0] if name.count(",") == 1 else (parts(name).family or parts(name).whole)
    words = family.split()
    plain = unicodedata.normalize("NFKD", words[-1] if words else "")
    return "".join(sign for sign in plain.casefold() if sign.isalpha())


def _is_written_family_first(name: str) -> bool:
    """Whether it is written in characters of East Asia, where the family's name comes first."""
    return any("\u2e80" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in name)
