"""Names of keys: which there are, what each types, how each is drawn."""

from __future__ import annotations

import difflib

from textual.keys import REPLACED_KEYS, Keys, _character_to_key, key_to_character

_DRAWN = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "delete": "Del",
    "insert": "Ins",
    "backspace": "Backspace",
    "space": "Space",
}
_DRAWN_ASCII = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}
_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_LASTS = {key.value.rpartition("+")[2] for key in Keys if not set(key.value) & set("<-@")}
_NAMED = frozenset({name for name in _LASTS if len(name) > 1} | {"backspace"}) - {"return"}

SAME_KEY = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
    "return": "enter",
    "esc": "escape",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "ins": "insert",
}
"""Other names that people use, and combinations that a terminal cannot tell from a key, with Textual's name."""


def normal(key: str) -> str:
    """The name that Textual gives the key: "?" is "question_mark"; an unknown one comes back as it is."""
    key = key.strip()
    if len(key) == 1:
        return _character_to_key(key)
    *modifiers, last = key.split("+")
    return "+".join((*modifiers, _character_to_key(last) if len(last) == 1 else last))


def as_meant(written: str) -> str:
    """The normal form of what a person wrote: "Ctrl+D", "PgDn", "shift+a" and "Esc" are understood too."""
    written = written.strip()
    if len(written) <= 1:
        return normal(written)
    lower = written.lower()
    if lower.startswith("shift+") and len(lower) == len("shift+a") and lower[-1].isalpha():
        return lower[-1].upper()
    name = normal(lower)
    return SAME_KEY.get(name, name)


def character(key: str) -> str | None:
    """The character that the key (normal form) puts into a field that has the focus; None if it puts none."""
    found = key_to_character(REPLACED_KEYS.get(key, key))
    return found if found is not None and found.isprintable() else None


def is_known(key: str) -> bool:
    """Whether a key (normal form) of this name can be pressed."""
    *modifiers, last = key.split("+")
    if any(modifier not in _MODIFIERS for modifier in modifiers) or len(set(modifiers)) < len(modifiers):
        return False
    return last in _NAMED or character(last) is not None


def shown(key: str, *, ascii_only: bool = False) -> str:
    """How the key is drawn: "ctrl+d" as "Ctrl+D", "pagedown" as "PgDn", "question_mark" as "?"."""
    *modifiers, last = normal(key).split("+")
    drawn = _DRAWN.get(last) or character(last) or last.capitalize()
    if len(drawn) == 1 and modifiers:
        drawn = drawn.upper()
    if ascii_only:
        drawn = _DRAWN_ASCII.get(drawn, drawn)
    return "+".join((*(modifier.capitalize() for modifier in modifiers), drawn))


def nearest(key: str) -> str:
    """The known name that looks most like this one, or nothing."""
    *modifiers, last = key.lower().split("+")
    close = difflib.get_close_matches(last, sorted(_NAMED), 1)
    return "+".join((*modifiers, *close)) if close and is_known("+".join((*modifiers, *close))) else ""
