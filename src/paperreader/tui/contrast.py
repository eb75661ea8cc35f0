"""How readable one colour is on another, and the nearest colour that is readable.

Source of the formulas: WCAG 2.1, "relative luminance" and "contrast ratio" (https://www.w3.org/TR/WCAG21/).
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.color import Color

ENOUGH = 4.5
"""The least ratio for text that must be read (WCAG 2.1, 1.4.3)."""

_STEPS = 20
"""How many blends are tried on the way to the foreground: one in twenty is a step one does not see."""


def luminance(color: Color) -> float:
    """The relative luminance, 0 for black to 1 for white; transparency is not looked at."""
    red, green, blue = (_linear(channel / 255) for channel in color.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio, 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def least(color: Color, planes: Sequence[Color]) -> float:
    """The contrast on the plane where it is lowest."""
    return min(contrast(color, plane) for plane in planes)


def readable(color: Color, planes: Sequence[Color], foreground: Color, enough: float = ENOUGH) -> Color:
    """The colour nearest to `color` on the way to `foreground` that reaches `enough` on every plane.

    Where even the foreground does not, the best of black, white and the foreground.
    """
    for step in range(_STEPS + 1):
        tried = color.blend(foreground, step / _STEPS, alpha=1)
        if least(tried, planes) >= enough:
            return tried
    return max((foreground, Color(255, 255, 255), Color(0, 0, 0)), key=lambda each: least(each, planes))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
