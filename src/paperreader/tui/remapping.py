"""The person's own keys: settings.toml's table [keys] -> what `App.set_keymap` takes, checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperreader.errors import SettingsError
from paperreader.plain import printable
from paperreader.settings import KeySetting, Settings
from paperreader.tui.keynames import as_meant, character, is_known, nearest, normal, shown
from paperreader.tui.keys import BY_ID, KEYS, Key

_EVERYWHERE = ("app", "reading")
"""Owners whose keys work under every pane."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One key that would have to do two things in one place."""

    key: str
    """In normal form."""
    one: Key
    other: Key


def keymap(settings: Settings) -> dict[str, str]:
    """Ids and their comma lists of keys, for `App.set_keymap`; only what the person changed.

    Raises SettingsError, naming file, line and what was expected: for an id that is none, a name that no key has, a key
    that could not be typed any more, and a clash.
    """
    chosen: dict[str, tuple[str, KeySetting]] = {}
    for setting in settings.keys:
        key = _meant(settings, setting)
        if key.id in chosen:
            line = chosen[key.id][1].line
            raise SettingsError(settings.file, setting.line, f"{key.id} has its key on line {line} already.")
        chosen[key.id] = (",".join(_checked(settings, setting, key)), setting)
    mine = tuple(key._replace(keys=chosen[key.id][0]) if key.id in chosen else key for key in KEYS)
    for clash in clashes(mine):
        raise _clashing(settings, clash, {id_: setting for id_, (_, setting) in chosen.items()})
    return {id_: keys for id_, (keys, _) in chosen.items()}


def clashes(keys: Iterable[Key]) -> Iterator[Clash]:
    """Each key that two of them have where both can hear it."""
    holders: dict[str, list[Key]] = {}
    for key in keys:
        for name in key.each:
            for other in holders.setdefault(name, []):
                if _meet(key, other):
                    yield Clash(name, other, key)
            holders[name].append(key)


def _meet(one: Key, other: Key) -> bool:
    return one.owner == other.owner or one.owner in _EVERYWHERE or other.owner in _EVERYWHERE


def _meant(settings: Settings, setting: KeySetting) -> Key:
    """The key's row: by its id, or by the id's last word where only one ends so."""
    if setting.id in BY_ID:
        return BY_ID[setting.id]
    ending = [key for key in KEYS if key.id.partition(".")[2] == setting.id]
    if len(ending) == 1:
        return ending[0]
    raise SettingsError(settings.file, setting.line, _unknown(setting.id, [key.id for key in ending]))


def _unknown(written: str, candidates: list[str]) -> str:
    named = f'"{printable(written[:60])}"'
    if candidates:
        return f"{named} may be {', '.join(candidates[:-1])} or {candidates[-1]}: write which."
    short = {key.id.partition(".")[2]: key.id for key in KEYS}
    near = difflib.get_close_matches(written, BY_ID, 1) or difflib.get_close_matches(written, short, 1)
    hint = f"did you mean {short.get(near[0], near[0])}?" if near else "the help screen (?) and README name them all."
    return f"no action has the id {named}; {hint}"


def _checked(settings: Settings, setting: KeySetting, key: Key) -> Iterator[str]:
    for written in setting.key.split(","):
        name = as_meant(written)
        if not name or not is_known(name):
            near = nearest(name)
            hint = f"did you mean {near}?" if near else "a key is one character, or a name such as enter, f5, ctrl+k."
            raise SettingsError(settings.file, setting.line, f'"{printable(written[:40])}" is no key; {hint}')
        if (key.priority or key.owner == "search") and character(name) is not None:
            text = f"{key.id} needs a key that types nothing, such as ctrl+g or f2, "
            text += f"else {shown(name)} could not be typed into the search field."
            raise SettingsError(settings.file, setting.line, text)
        yield normal(name)


def _clashing(settings: Settings, clash: Clash, chosen: dict[str, KeySetting]) -> SettingsError:
    """Told at the line of the later of those that the person wrote."""
    mine = [key for key in (clash.one, clash.other) if key.id in chosen]
    new = max(mine, key=lambda key: chosen[key.id].line)
    old = clash.other if new is clash.one else clash.one
    text = f"{shown(clash.key)} cannot be {new.id}, it is {old.id} ({old.label}): "
    return SettingsError(
        settings.file, chosen[new.id].line, text + f"give {old.id} another key too, or choose a free one."
    )
