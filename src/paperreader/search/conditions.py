"""Conditions on what the library knows of a paper, as they are typed: `cat:cs.CL stars:>500 date:2025-03..2025-06`.

Pure. What is read here becomes a `Filter`; whoever has the papers' facts says which papers meet it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import NamedTuple

from paperreader.search.question import Filter

NAMES = {
    **{"id": "id", "cat": "cat", "category": "cat", "org": "org", "organisation": "org", "organization": "org"},
    **{"source": "source", "is": "is", "has": "has", "stars": "stars", "votes": "votes", "comments": "comments"},
    **{"citations": "citations", "date": "date", "year": "date", "since": "since", "tag": "tag", "list": "list"},
    **{"note": "note", "rating": "rating"},
}
"""Every name that may be typed, and the condition that it means."""
STATES = ("unread", "reading", "read", "dismissed", "bookmarked", "new")
THINGS = ("code", "project", "abstract", "note", "tag", "list", "rating", "model", "dataset", "space")
COUNTS = ("stars", "votes", "comments", "citations")
_FURTHER = ("title", "abstract", "author")

_VALUE = re.compile(r'"(?P<quoted>[^"]*)"?|\((?P<group>[^()]*)\)?|(?P<plain>[^\s()"]*)')
_ID = re.compile(r"[^\s\"]*")
_NUMBER = re.compile(r"(?P<sign>[<>]=?|=)?(?P<number>[0-9]{1,12})(?P<thousands>k)?", re.IGNORECASE)
_NUMBERS = re.compile(r"(?P<low>[0-9]{0,12})\.\.(?P<high>[0-9]{0,12})")
_DAY = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_DATE = re.compile(rf"(?P<sign>[<>]=?|=)?(?P<date>{_DAY})")
_DATES = re.compile(rf"(?P<low>{_DAY})?\.\.(?P<high>{_DAY})?")
_AGE = re.compile(r"(?P<sign>[<>]=?)?(?P<number>[0-9]{1,5})(?P<unit>[dwmy])", re.IGNORECASE)
_HALF_TYPED = re.compile(r"[<>=0-9.-]*")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
# Behind every date that begins so, and behind every date: no digit and no dash sorts as high.
_LAST = "~"


class Typed(NamedTuple):
    """What stands behind a field's colon."""

    values: tuple[str, ...]
    """Several are alternatives: `cat:cs.CL,cs.LG`, `cat:(cs.CL OR cs.LG)`."""
    length: int
    """How many characters it takes."""


class Ignored(NamedTuple):
    """A condition that is still being typed."""

    remark: str


class Refused(NamedTuple):
    """Not a condition: to be read as words."""

    remark: str


def typed(name: str, text: str, at: int, end: int) -> Typed:
    """The values that stand at this place of the question, for the condition of this name."""
    if NAMES[name] == "id":
        match = _ID.match(text, at, end)
        value = match.group() if match else ""
        # A parenthesis that closes a group around it is not of the id.
        while value.endswith(")") and value.count(")") > value.count("("):
            value = value[:-1]
        return Typed((value,) if value else (), len(value))
    match = _VALUE.match(text, at, end)
    if match is None:
        return Typed((), 0)
    if match["quoted"] is not None:
        values = [match["quoted"]]
    elif match["group"] is not None:
        values = [value for value in re.split(r"[\s,]+", match["group"]) if value != "OR"]
    else:
        values = match["plain"].split(",")
    return Typed(tuple(value.strip() for value in values if value.strip()), match.end() - at)


def read(name: str, values: tuple[str, ...], *, unfinished: bool) -> Filter | Ignored | Refused:
    """The condition that a name and its values mean; `unfinished` says that the last value is still being typed."""
    name = NAMES[name]
    if not values:
        return Ignored(_wants(name)) if unfinished else Refused(f"{name}: with nothing behind it read as a word")
    return _READERS[name](name, values, unfinished)


def nearest(name: str) -> str:
    """The field whose name is nearest to what was typed; empty where none is near."""
    near = difflib.get_close_matches(name.lower(), [*_FURTHER, *NAMES], 1, 0.6)
    return near[0] if near else ""


def _wants(name: str) -> str:
    return f"{name}: wants {_EXAMPLES[name]}"


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


_EXAMPLES = {
    **{"id": "an arXiv id, a DOI or a link", "cat": "a category such as cs.CL", "org": "an organisation's name"},
    **{"source": "a feed's name", "is": _listed(STATES), "has": _listed(THINGS)},
    **{"tag": "a tag of yours", "list": "the name of a list, such as to-read", "note": "a word of your notes"},
    **{"rating": "a number from 1 to 5, such as >3"},
    **dict.fromkeys(COUNTS, "a number, such as >500 or 20..50"),
    **{"date": "a date, such as 2025, 2025-03..2025-06 or <30d", "since": "last, a date or 7d"},
}


def _of_names(name: str, values: tuple[str, ...], unfinished: bool) -> Filter:
    return Filter(name, values, beginning=unfinished)


def _of_choice(name: str, values: tuple[str, ...], unfinished: bool) -> Filter | Ignored | Refused:
    known = STATES if name == "is" else THINGS
    folded = tuple(value.lower() for value in values)
    unknown = [value for value in folded if value not in known]
    if not unknown:
        return Filter(name, folded)
    if unfinished and unknown == [folded[-1]] and any(choice.startswith(unknown[0]) for choice in known):
        return Ignored(_wants(name))
    return Refused(f"{_wants(name)}: read as words")


def _of_count(name: str, values: tuple[str, ...], unfinished: bool) -> Filter | Ignored | Refused:
    low: int | None = None
    high: int | None = None
    if len(values) == 1 and (match := _NUMBER.fullmatch(values[0])):
        number = int(match["number"]) * (1000 if match["thousands"] else 1)
        sign = match["sign"] or "="
        if sign in (">", ">=", "="):
            low = number + (sign == ">")
        if sign in ("<", "<=", "="):
            high = number - (sign == "<")
    elif len(values) == 1 and (match := _NUMBERS.fullmatch(values[0])) and (match["low"] or match["high"]):
        low = int(match["low"]) if match["low"] else None
        high = int(match["high"]) if match["high"] else None
    else:
        return _not_understood(name, values, unfinished)
    return Filter(name, (), low, high)


def _of_date(name: str, values: tuple[str, ...], unfinished: bool) -> Filter | Ignored | Refused:
    if len(values) == 1 and (match := _DATE.fullmatch(values[0])):
        first, behind = match["date"], match["date"] + _LAST
        bounds = {">": (behind, _LAST), ">=": (first, _LAST), "<": ("0", first), "<=": ("0", behind)}
        return Filter(name, bounds.get(match["sign"] or "=", (first, behind)))
    if len(values) == 1 and (match := _DATES.fullmatch(values[0])) and (match["low"] or match["high"]):
        return Filter(name, (match["low"] or "0", (match["high"] or "") + _LAST))
    if len(values) == 1 and (match := _AGE.fullmatch(values[0])):
        return Filter("age", (), *_days(match))
    return _not_understood(name, values, unfinished)


def _of_since(name: str, values: tuple[str, ...], unfinished: bool) -> Filter | Ignored | Refused:
    value = values[0].lower()
    if value == "last" or re.fullmatch(_DAY, value):
        return Filter(name, (value,))
    if (match := _AGE.fullmatch(value)) and not match["sign"]:
        return Filter(name, (), None, _days(match)[1])
    if unfinished and "last".startswith(value):
        return Ignored(_wants(name))
    return _not_understood(name, values, unfinished)


def _days(match: re.Match[str]) -> tuple[int | None, int | None]:
    """At least and at most so many days old; without a sign, at most."""
    days = int(match["number"]) * _DAYS[match["unit"].lower()]
    return (days, None) if (match["sign"] or "<").startswith(">") else (None, days)


def _not_understood(name: str, values: tuple[str, ...], unfinished: bool) -> Ignored | Refused:
    if unfinished and len(values) == 1 and _HALF_TYPED.fullmatch(values[0]):
        return Ignored(_wants(name))
    return Refused(f"{_wants(name)}: read as words")


_READERS: dict[str, Callable[[str, tuple[str, ...], bool], Filter | Ignored | Refused]] = {
    **dict.fromkeys(("id", "cat", "org", "source", "tag", "list", "note"), _of_names),
    **dict.fromkeys(("is", "has"), _of_choice),
    **dict.fromkeys((*COUNTS, "rating"), _of_count),
    **{"date": _of_date, "since": _of_since},
}
