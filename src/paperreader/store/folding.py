"""What comes of an event: a function of values, touching nothing.

Everything that the person keeps is a register: a field of a paper ("rating", or "tag" of one tag), or a thing without
a paper (a list's name). An event sets some registers and says what they were before. The state is what comes of all
events of all machines in the order of their clocks, so it does not depend on the order in which they arrived. An event
that was undone counts as if it never was: what another machine did before or after it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

Value = Any
"""As JSON has it: None where a register is empty; [state, time] of a state, the parts of a note, [name] of a list that
was deleted."""

KEEPS = frozenset({"bookmark", "tag", "add", "rate", "note", "rewrite-note", "reading"})
"""Acts that say that the person wants the paper: done after a removal, they bring it back."""

Only = Literal["", "absent", "present"]
PRESENCE = frozenset({"bookmark", "removed"})
"""Fields whose value is the time since when: another time is no other state."""
RULE = "\n\n---\n\n"
"""Between the versions of a note that two machines wrote without knowing of each other."""


class Sets(NamedTuple):
    """What an event does to one field of some papers, or to one thing without a paper."""

    field: str
    """"bookmark", "removed", "state", "rating", "note", "tag", "in"; without papers "list", "saved", "digit"."""
    of: str
    """Which tag (folded), list, saved search or digit; empty for the other fields."""
    papers: tuple[str, ...]
    """Keys; one empty key where the field is of no paper."""
    was: Sequence[Value]
    """For each paper what it was."""
    to: Sequence[Value]
    """For each paper what it becomes."""
    only: Only = ""
    """Whether it is for empty registers only (what happens by itself), or for those with a value (a move)."""


def done(sets: Sets, i: int, current: Value) -> Value:
    """The register of the i-th paper after the event, where `current` is its value before."""
    was, to = sets.was[i], sets.to[i]
    if sets.field == "note":
        return _rewritten(current, was, to)
    there = present(sets.field, current) is not None
    if (sets.only == "absent" and there) or (sets.only == "present" and not there):
        return current
    if sets.field == "list" and to is None:
        return [current] if there else current
    return to


def present(field: str, value: Value) -> Value:
    """The value for the person.

    A list that was deleted keeps its name, as [name], for the papers in it that its deleter did not know of.
    """
    return None if field == "list" and isinstance(value, list) else value


def same(field: str, one: Value, other: Value) -> bool:
    """Whether two values of a register mean the same to the person."""
    if one is None or other is None or field in PRESENCE:
        return (one is None) == (other is None)
    if field == "state":
        return bool(one[0] == other[0])
    return bool(one == other)


def shown(parts: Sequence[str] | None) -> str:
    """A note's text."""
    return RULE.join(parts or ())


def _rewritten(parts: Sequence[str] | None, was: str | None, to: str | None) -> Value:
    """A note's parts after `was` became `to`: the part that it was, or all together, else one more."""
    known = list(parts or ())
    if (was or "") == shown(known):
        known = [to] if to else []
    elif was in known:
        at = known.index(was)
        known[at : at + 1] = [to] if to else []
    elif to:
        known.append(to)
    return list(dict.fromkeys(known)) or None
