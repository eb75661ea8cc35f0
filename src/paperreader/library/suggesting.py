"""What a question may become: field names, their values, and the words that the last one may be the beginning of."""

from __future__ import annotations

import re
from collections.abc import Callable

from paperreader.library.facets import Facets
from paperreader.search import conditions
from paperreader.search.words import folded

_LAST = re.compile(r"(?:^|[\s(+-])(?P<last>[^\s()+\"-][^\s()\"]*)$")
_QUOTED = re.compile(
    r"(?:^|[\s(+-])(?P<name>org|organisation|organization|source|cat|category|tag|list):\"(?P<part>[^\"]*)$"
)
_FIELDS = (
    *("title", "abstract", "author", "id", "cat", "org", "source", "is", "has", "stars", "votes", "comments"),
    *("citations", "date", "since", "tag", "list", "note", "rating"),
)
_SHORTEST = 2
_GAPS = re.compile(r"\s+")
"""Lists and tags of several words are asked for without quotes by "to-read" too."""


def completed(question: str, words: Callable[[], list[str]], facets: Facets, most: int) -> list[str]:
    """Whole questions that begin with this one, likeliest first; none where its last word is whole.

    `words` tells what the last word may become, folded.
    """
    if quoted := _QUOTED.search(question):
        return [f'{full}"' for full in _of_values(question, quoted["name"], quoted["part"], facets, quoted=True)][:most]
    last = _LAST.search(question)
    if last is None:
        return []
    name, colon, part = last["last"].partition(":")
    start = question[: last.start("last")]
    if colon and name.lower() in conditions.NAMES:
        values = _of_values(question, name.lower(), part, facets)
        return [full for full in values if not any(c in " \t()" for c in full[len(start) :])][:most]
    found = [question + word[len(folded(_tail(question))) :] for word in words() if word]
    if not colon and len(name) >= _SHORTEST and name == name.lower():
        found += [f"{start}{field}:" for field in _FIELDS if field.startswith(name) and field != name]
    return [full for full in dict.fromkeys(found) if full != question][:most]


def _of_values(question: str, name: str, part: str, facets: Facets, *, quoted: bool = False) -> list[str]:
    """The question with the values of a condition that begin as its last one does, and are not in it already."""
    meant = conditions.NAMES[name]
    if meant in ("is", "has"):
        known = list(conditions.STATES if meant == "is" else conditions.THINGS)
    elif meant in ("cat", "org", "source"):
        known = facets.values(meant)
    elif meant in ("tag", "list"):
        known = [value if quoted else _GAPS.sub("-", value) for value in facets.values(meant)]
    else:
        known = ["last"] if meant == "since" else []
    *firm, last = part.split(",")
    begins = [value for value in known if folded(value).startswith(folded(last)) and value not in (*firm, last)]
    return [question + value[len(last) :] for value in begins]


def _tail(question: str) -> str:
    """The letters of the word that is being typed."""
    match = re.search(r"[^\W_]+$", question)
    return match.group() if match else ""
