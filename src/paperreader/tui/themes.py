"""Colours: our two themes, and what our own variables are in any other theme and on any terminal.

Planes, from far to near: `$background` (the list), `$surface` (the panes beside it), `$bar` (the lines above and
below), `$cursor-blurred` and `$cursor` (the row under the cursor without and with the focus).
Text: `$foreground`; `$muted` supports it, `$muted-near` does so on the three near planes; `$faint` only decorates;
`$link` is where one can go; `$yours` what is the person's or was matched; `$rising` what is rising or new;
`$wrong` errors.
Styles: `$cursor-style`, `$match-style` and `$field-cursor-style` say the same once more without colour,
and `$divider` ("block" or "none") whether lines part the panes, which then stand on one ground.
"""

from __future__ import annotations

import difflib
import io
import os
from collections.abc import Callable, Mapping
from enum import Enum

from rich.console import Console
from textual.color import TRANSPARENT, Color
from textual.theme import BUILTIN_THEMES, Theme

from paperreader.errors import SettingsError
from paperreader.plain import printable
from paperreader.settings import Settings
from paperreader.tui.contrast import readable


class Depth(Enum):
    """How many colours the terminal has, as far as one can know."""

    NONE = "none"
    """No colour at all, or `NO_COLOR` is set: only bold, underline and reverse."""
    FEW = "few"
    """The sixteen whose looks the terminal's owner chose."""
    MANY = "many"
    """256 or more."""


def _ours(name: str, *, dark: bool, colors: Mapping[str, str]) -> Theme:
    """A theme of ours from the named colours of LOOK."""
    get = colors.__getitem__
    own = ("bar", "cursor", "cursor-blurred", "muted", "muted-near", "faint", "link", "yours", "rising", "wrong")
    return Theme(
        name=name,
        dark=dark,
        primary=get("link"),
        secondary=get("muted"),
        accent=get("yours"),
        warning=get("yours"),
        success=get("rising"),
        error=get("wrong"),
        foreground=get("foreground"),
        background=get("background"),
        surface=get("surface"),
        panel=get("bar"),
        variables={variable: get(variable) for variable in own} | _of_textual(get),
    )


def _of_textual(get: Callable[[str], str]) -> dict[str, str]:
    """What Textual's own widgets (palette, fields, scroll bars) take, in the same colours."""
    return {
        "border": get("faint"),
        "border-blurred": get("bar"),
        "block-cursor-background": get("cursor"),
        "block-cursor-foreground": get("foreground"),
        "block-cursor-blurred-background": get("cursor-blurred"),
        "block-cursor-blurred-foreground": get("foreground"),
        "block-hover-background": get("bar"),
        "input-cursor-background": get("foreground"),
        "input-cursor-foreground": get("background"),
        "input-selection-background": f"{get('link')} 30%",
        "scrollbar": get("thumb"),
        "scrollbar-hover": get("faint"),
        "scrollbar-active": get("muted"),
        "scrollbar-background": get("background"),
        "scrollbar-background-hover": get("background"),
        "scrollbar-background-active": get("background"),
        "scrollbar-corner-color": get("background"),
        "link-color": get("link"),
        "link-background-hover": get("cursor"),
        "link-color-hover": get("foreground"),
        "link-style-hover": "underline",
    }


# The planes are chosen so that they stay apart and keep their tint where they are rounded to 256 colours, as tmux and
# ssh often leave no more: a hair more blue would make the dark cursor black, a hair less green the light one pink.
DARK = _ours(
    "paperreader",
    dark=True,
    colors={
        "background": "#14161a",
        "surface": "#191c21",
        "bar": "#1f2429",
        "cursor": "#2b303a",
        "cursor-blurred": "#21262c",
        "thumb": "#353b46",
        "foreground": "#cfd3da",
        "muted": "#7d8590",
        "muted-near": "#a3abb6",
        "faint": "#4a505b",
        "link": "#8fb4e3",
        "yours": "#e3b76b",
        "rising": "#8fbf7f",
        "wrong": "#e87f74",
    },
)
"""The default."""

LIGHT = _ours(
    "paperreader-light",
    dark=False,
    colors={
        "background": "#fbf9f4",
        "surface": "#f5f1e8",
        "bar": "#f0ece1",
        "cursor": "#eeecd0",
        "cursor-blurred": "#f1eddc",
        "thumb": "#d2cbb8",
        "foreground": "#2b2d31",
        "muted": "#6b675f",
        "muted-near": "#57534b",
        "faint": "#b5ae9f",
        "link": "#2f5d9b",
        "yours": "#8f5a00",
        "rising": "#3b7731",
        "wrong": "#b3362b",
    },
)
"""Like paper."""

THEMES = (DARK, LIGHT)
"""To be registered with the app; Textual's own are there already."""

PLANES = ("background", "surface", "bar", "cursor-blurred", "cursor")
"""What text stands on."""

_ANSI = {
    "bar": "ansi_default",
    "cursor": "ansi_default",
    "cursor-blurred": "ansi_default",
    "muted": "ansi_default",
    "muted-near": "ansi_default",
    "faint": "ansi_bright_black",
    "link": "ansi_cyan",
    "yours": "ansi_yellow",
    "rising": "ansi_green",
    "wrong": "ansi_red",
}
"""Of the sixteen only those are used that are readable on black and on white in the usual schemes."""


def depth(environ: Mapping[str, str] | None = None) -> Depth:
    """How many colours there are, from `NO_COLOR`, `COLORTERM` and `TERM` as Rich reads them."""
    environ = os.environ if environ is None else environ
    if "NO_COLOR" in environ:  # as Textual reads it, so that both agree
        return Depth.NONE
    asked = Console(file=io.StringIO(), force_terminal=True, legacy_windows=False, _environ=environ).color_system
    return {None: Depth.NONE, "standard": Depth.FEW}.get(asked, Depth.MANY)


def first_theme(colours: Depth, *, light: bool = False) -> str:
    """The theme of somebody who chose none: ours, or the terminal's own sixteen colours where there are no more."""
    if colours is Depth.MANY:
        return (LIGHT if light else DARK).name
    return "ansi-light" if light else "ansi-dark"


def chosen(settings: Settings) -> str:
    """The theme that settings.toml names, or nothing.

    Raises SettingsError, naming file, line and the nearest name, where there is no such theme.
    """
    known = [theme.name for theme in (*THEMES, *BUILTIN_THEMES.values())]
    if not settings.theme or settings.theme in known:
        return settings.theme
    near = difflib.get_close_matches(settings.theme.lower(), known, 1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
    text = f'there is no theme "{printable(settings.theme[:60])}"; {hint}'
    raise SettingsError(settings.file, settings.lines.get("theme", 1), text)


def variables(theme: Theme, colours: Depth = Depth.MANY) -> dict[str, str]:
    """Our own CSS variables for this theme, for `App.get_theme_variable_defaults`: what a theme says itself wins."""
    derived = dict(_ANSI) if theme.ansi else _derived(theme)
    plain = theme.ansi or colours is not Depth.MANY
    return derived | {
        "cursor-style": "bold reverse" if plain else "bold",
        "cursor-blurred-style": "bold underline" if plain else "bold",
        "match-style": "bold underline" if plain else "bold",
        "field-cursor-style": "reverse" if colours is Depth.NONE else "none",
        "divider": "block" if plain else "none",
    }


def _derived(theme: Theme) -> dict[str, str]:
    """Ours in terms of a theme that does not know them, each readable on the planes it is used on."""
    made = theme.to_color_system().generate()
    background, surface, panel = (Color.parse(made[name]) for name in ("background", "surface", "panel"))
    foreground = readable(Color.parse(made["foreground"]), [background, surface], background.inverse)
    bar = background.blend(foreground, 0.06, alpha=1)
    cursor = background.blend(Color.parse(made["primary"]), 0.12, alpha=1).blend(foreground, 0.06, alpha=1)
    far = [background, surface, panel + TRANSPARENT]
    near = [*far, bar, cursor]
    half = background.blend(foreground, 0.5, alpha=1)
    colors = {
        "bar": bar,
        "cursor": cursor,
        "cursor-blurred": bar,
        "muted": readable(half, far, foreground),
        "muted-near": readable(half.blend(foreground, 0.3, alpha=1), near, foreground),
        "faint": background.blend(foreground, 0.3, alpha=1),
        "link": readable(Color.parse(made["primary"]), near, foreground),
        "yours": readable(Color.parse(made["warning"]), near, foreground),
        "rising": readable(Color.parse(made["success"]), near, foreground),
        "wrong": readable(Color.parse(made["error"]), near, foreground),
    }
    return {name: color.hex6 for name, color in colors.items()}
