"""Conditions with a name that nothing in the library has: what to say of them, and the name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence

from paperreader.library.facets import condition
from paperreader.plain import folded, printable
from paperreader.search.question import Filter, Question, filters_of

_NAMED = frozenset({"cat", "org", "source", "tag", "list"})
_NEAR = 0.6
"""Of difflib's ratio: `trakcing` is near to `tracking` (.75), `cv` not to `nlp`."""


def unmet(
    question: Question, ids: Callable[[Filter], Sequence[int]], values: Callable[[str], list[str]]
) -> Iterator[str]:
    """A remark for each name in the question's conditions that no paper meets.

    `ids` says who meets a condition, `values` which names there are, the commonest first.
    """
    for asked in dict.fromkeys(_each(question)):
        if not len(ids(asked)):
            near = _nearest(asked.values[0], values(asked.name))
            typed = printable(condition(asked.name, asked.values[0]))
            yield f"no paper has {typed}" + (f" ({printable(condition(asked.name, near))} is near)" if near else "")


def _each(question: Question) -> Iterator[Filter]:
    """The named conditions, those with alternatives taken apart."""
    for asked in filters_of(question.root) if question.root is not None else ():
        if asked.name in _NAMED:
            *firm, last = asked.values
            yield from (Filter(asked.name, (value,)) for value in firm)
            yield Filter(asked.name, (last,), beginning=asked.beginning)


def _nearest(typed: str, known: Sequence[str]) -> str:
    spelt: dict[str, str] = {}
    for value in known:
        spelt.setdefault(folded(value), value)
    near = difflib.get_close_matches(folded(typed), list(spelt), 1, _NEAR)
    return spelt[near[0]] if near else ""
