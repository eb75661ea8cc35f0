"""Events as lines of text: one JSON object each, the same for an event on every machine and for ever.

| field | holds |
|-------|-------|
| machine, counter | its name: no other event has it |
| clock | where it stands among the events of all machines |
| at | when, in seconds since 1970 |
| what | "bookmark", "tag", "note", ..., "undo" and "redo" |
| of | the counter of the event that is undone or done again |
| auto | true where it happened by itself |
| papers | keys of papers, such as "arxiv:2401.01234" |
| detail | `sets`: fields with what they were and became; `told`, `before`: names; `about`: what papers are |
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from paperreader.plain import storable
from paperreader.store import registers
from paperreader.store.events import Event
from paperreader.views import State

_LARGEST = 2**53
_LATEST = 1e11
_KINDS = ("arxiv", "doi", "id", "title")


def line(event: Event) -> str:
    """The event on a line of its own, without the end of line."""
    told: dict[str, Any] = {
        "machine": event.machine,
        "counter": event.counter,
        "clock": event.clock,
        "at": event.at,
        "what": event.what,
    }
    if event.subject is not None:
        told["of"] = event.subject
    if event.auto:
        told["auto"] = True
    if event.papers:
        told["papers"] = list(event.papers)
    if event.detail:
        told["detail"] = event.detail
    return json.dumps(told, ensure_ascii=False, separators=(", ", ": "))


def event(text: str) -> Event:
    """The event that a line tells. Raises ValueError, with the reason, where it is none."""
    try:
        told = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(told, dict):
        raise ValueError("it is no object")
    known = Event(
        machine=_of(told, "machine", _is_name),
        counter=_of(told, "counter", _is_counter),
        clock=float(_of(told, "clock", _is_time)),
        at=float(_of(told, "at", _is_time)),
        what=_of(told, "what", _is_name),
        subject=_of(told, "of", lambda value: value is None or _is_counter(value)),
        auto=_of(told, "auto", lambda value: value in (None, True, False)) or False,
        papers=tuple(_of(told, "papers", lambda value: value is None or _are_keys(value)) or ()),
        detail=_of(told, "detail", lambda value: value is None or isinstance(value, dict)) or {},
    )
    _check(known)
    return known


def _check(known: Event) -> None:
    """Raises ValueError unless what it sets can be kept."""
    try:
        for sets in known.sets:
            check = _VALUES.get(sets.field, lambda _: True)
            if not (_is_text(sets.of) and len(sets.was) == len(sets.papers) == len(sets.to)):
                raise ValueError("what it sets does not fit its papers")
            if not all(value is None or check(value) for value in (*sets.was, *sets.to)):
                raise ValueError(f"a value of {sets.field!r} cannot be")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(f"what it sets cannot be read ({error!r})") from error
    about: Any = known.detail.get("about", {})
    if not isinstance(about, dict) or not all(isinstance(one, dict) for one in about.values()):
        raise ValueError("what it tells about papers cannot be read")


def _of(told: dict[str, Any], name: str, check: Callable[[Any], bool]) -> Any:
    value = told.get(name)
    if not check(value):
        raise ValueError(f"its {name} is missing or cannot be")
    return value


def _is_counter(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_time(value: Any) -> bool:
    return _is_number(value) and 0 <= value < _LATEST


def _is_text(value: object) -> bool:
    return isinstance(value, str) and storable(value) == value


def _is_name(value: object) -> bool:
    return _is_text(value) and 0 < len(str(value)) <= 200


def _are_keys(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(key) and key.partition(":")[0] in _KINDS for key in value)


def _is_state(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and value[0] in _STATES and _is_time(value[1])


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_text, value))


_STATES = frozenset(state.value for state in State) - {State.UNREAD.value}
_VALUES: dict[str, Callable[[Any], bool]] = {
    "bookmark": _is_time,
    "removed": _is_time,
    "state": _is_state,
    "rating": lambda value: isinstance(value, int) and 1 <= value <= 5,
    "note": _is_text,
    "tag": _is_name,
    "in": _is_number,
    "list": _is_name,
    "saved": _is_pair,
    "digit": _is_name,
    "feed": _is_text,
}
assert _VALUES.keys() >= registers.FIELDS
