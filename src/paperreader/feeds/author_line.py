"""Authors as arXiv's feeds write them: one line, commas between, affiliations in parentheses. Pure."""

from __future__ import annotations

from typing import Final

_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})


def authors(line: str) -> list[str]:
    """The names, without affiliations: "Ann Lee (MIT, Lab), Bo Xu, Jr." is Ann Lee and Bo Xu, Jr."""
    found: list[str] = []
    for part in _outside(line).split(","):
        name = " ".join(part.split())
        if name.rstrip(".").lower() in _SUFFIXES and found:
            found[-1] += f", {name}"
        elif name:
            found.append(name)
    return found


def _outside(line: str) -> str:
    """The line without what stands in parentheses; an opening one that is never closed is an ordinary sign."""
    closed = _closed(line)
    depth, kept = 0, []
    for place, sign in enumerate(line):
        if sign == "(" and place in closed:
            depth += 1
        elif sign == ")" and place in closed:
            depth -= 1
        elif not depth:
            kept.append(sign)
    return "".join(kept)


def _closed(line: str) -> set[int]:
    """Where the parentheses are that have a partner."""
    opened, closed = [], set()
    for place, sign in enumerate(line):
        if sign == "(":
            opened.append(place)
        elif sign == ")" and opened:
            closed |= {opened.pop(), place}
    return closed
