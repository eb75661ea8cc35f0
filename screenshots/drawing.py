"""A terminal's screen as an SVG picture that is the same wherever it is drawn, and needs nothing from anywhere.

Rich can export SVG too, but names a font on a server, squeezes wide characters, and leaves spaces at the ends of
coloured runs that some programs swallow. Here every word group has its own place, and its length is told.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, blend_rgb, parse_rgb_hex
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

CELL, LINE = 12, 24
"""Pixels of one cell: at 20 pixels most monospaced fonts are 12 wide."""
_SIZE, _BASE = 20, 18
# Pixels of the letters' height, and from the upper edge of a line to the foot of its letters.
_TITLE, _FOOT = 36, 10
# Pixels of the window above and below the screen.
_FONTS = "Menlo, 'DejaVu Sans Mono', 'Cascadia Mono', Consolas, 'Liberation Mono', monospace"
_SVG = "http://www.w3.org/2000/svg"

_DIM = "202429 e87f74 8fbf7f e3b76b 8fb4e3 be96d2 7fbec3 cfd3da"
_BRIGHT = "7d8590 f0968c a5d296 f0cd8c aac8f0 d2afe1 a0d7dc ffffff"
_COLOURS = TerminalTheme(
    parse_rgb_hex("14161a"),
    parse_rgb_hex("cfd3da"),
    [(each.red, each.green, each.blue) for each in map(parse_rgb_hex, _DIM.split())],
    [(each.red, each.green, each.blue) for each in map(parse_rgb_hex, _BRIGHT.split())],
)
"""What the sixteen colours are, and those that a screen leaves to the terminal."""


_BLOCKS: dict[str, tuple[float, int]] = {
    sign: (CELL, LINE * eighths // 8) for eighths, sign in enumerate("▁▂▃▄▅▆▇█", 1)
}
_BLOCKS |= {sign: (CELL * eighths / 8, LINE) for eighths, sign in enumerate("▏▎▍▌▋▊▉", 1)}
# The width and the height in pixels of what stands for a part of a cell.
_SIGNS = re.compile(rf"[{''.join(_BLOCKS)}]|[^\s{''.join(_BLOCKS)}]+(?: [^\s{''.join(_BLOCKS)}]+)*")


class Run(NamedTuple):
    """A part of a line that looks alike."""

    at: int
    """The cell that it begins at."""
    text: str
    ink: str
    """#rrggbb."""
    ground: str
    """#rrggbb."""
    face: str
    """The rest of its looks, as CSS."""


def draw(name: str, shows: str, lines: Sequence[Sequence[Segment]]) -> str:
    """The picture. `name` is its id, `shows` says what is on it, `lines` are all as wide as the first."""
    rows = [list(runs(line)) for line in lines]
    width = sum(cell_len(segment.text) for segment in lines[0]) * CELL
    height = _TITLE + len(rows) * LINE + _FOOT
    looks: dict[tuple[str, str], str] = {}
    words = [line for at, row in enumerate(rows) for line in _words(row, at, looks)]
    grounds = list(_grounds(rows))
    styles = [f"#{name} .{look} {{ fill: {ink};{face} }}" for (ink, face), look in looks.items()]
    return "\n".join(
        [
            f'<svg id="{name}" xmlns="{_SVG}" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">',
            f"<title>{escape(shows)}</title>",
            "<style>",
            f"#{name} text {{ font: {_SIZE}px {_FONTS}; white-space: pre; }}",
            *styles,
            "</style>",
            f'<clipPath id="{name}-window"><rect width="{width}" height="{height}" rx="10"/></clipPath>',
            f'<g clip-path="url(#{name}-window)">',
            *grounds,
            *_buttons(rows[0][0].ground),
            *words,
            "</g>",
            f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10" fill="none" '
            'stroke="#808080" stroke-opacity="0.4"/>',
            "</svg>",
            "",
        ]
    )


def runs(line: Iterable[Segment]) -> Iterator[Run]:
    """A line cut where its looks change, neighbours that look alike joined."""
    last: Run | None = None
    at = 0
    for segment in line:
        if segment.control or not segment.text:
            continue
        ink, ground, face = _looks(segment.style or Style.null())
        if last is not None and (last.ink, last.ground, last.face) == (ink, ground, face):
            last = last._replace(text=last.text + segment.text)
        else:
            if last is not None:
                yield last
            last = Run(at, segment.text, ink, ground, face)
        at += cell_len(segment.text)
    if last is not None:
        yield last


def read(svg: str) -> list[str]:
    """The lines of text of a picture that `draw` made, without the spaces at their ends."""
    lines: list[str] = []
    for element in ET.fromstring(svg).iter():
        sign = element.get("data-sign") or element.text or ""
        if element.tag != f"{{{_SVG}}}text" and "data-sign" not in element.attrib:
            continue
        at, row = int(element.attrib["x"]) // CELL, (int(element.attrib["y"]) - _TITLE) // LINE
        lines += [""] * (row + 1 - len(lines))
        lines[row] += " " * (at - cell_len(lines[row])) + sign
    return lines


def _looks(style: Style) -> tuple[str, str, str]:
    ink, ground = _rgb(style.color, ink=True), _rgb(style.bgcolor, ink=False)
    if style.reverse:
        ink, ground = ground, ink
    if style.dim:
        ink = blend_rgb(ink, ground, 0.4)
    face = " font-weight: bold;" * bool(style.bold) + " font-style: italic;" * bool(style.italic)
    lines = ["underline"] * bool(style.underline) + ["line-through"] * bool(style.strike)
    return ink.hex, ground.hex, face + (f" text-decoration: {' '.join(lines)};" if lines else "")


def _rgb(color: Color | None, *, ink: bool) -> ColorTriplet:
    return (color or Color.default()).get_truecolor(_COLOURS, foreground=ink)


def _words(row: Sequence[Run], line: int, looks: dict[tuple[str, str], str]) -> Iterator[str]:
    """The signs of a line; two spaces part words, since a picture has no columns to keep them."""
    top = _TITLE + line * LINE
    for run in row:
        for found in _SIGNS.finditer(run.text):
            signs = found[0]
            look = looks.setdefault((run.ink, run.face), f"s{len(looks)}")
            at, cells = run.at + cell_len(run.text[: found.start()]), cell_len(signs)
            if signs in _BLOCKS:
                yield _block(signs, at * CELL, top, look)
                continue
            length = f' textLength="{cells * CELL}"' if len(signs) > 1 else ""
            place = f'x="{at * CELL}" y="{top + _BASE}"{length}'
            yield f'<text class="{look}" {place}>{escape(signs)}</text>'


def _block(sign: str, left: int, top: int, look: str) -> str:
    """A part of a cell, as a rectangle: a letter of some font would leave seams."""
    width, height = _BLOCKS[sign]
    place = f'x="{left}" y="{top + LINE - height}" width="{width:g}" height="{height}"'
    return f'<rect class="{look}" {place} shape-rendering="crispEdges" data-sign="{sign}"/>'


def _grounds(rows: Sequence[Sequence[Run]]) -> Iterator[str]:
    """What the text stands on: one rectangle for as many lines as it goes on."""
    last = len(rows) - 1
    open_: dict[tuple[int, int, str], tuple[int, int]] = {}
    for at, row in enumerate(rows):
        upper = _TITLE + at * LINE if at else 0
        lower = _TITLE + (at + 1) * LINE + (_FOOT if at == last else 0)
        here = set(_planes(row))
        for plane in [plane for plane in open_ if plane not in here]:
            yield _rectangle(plane, *open_.pop(plane))
        for plane in sorted(here):
            open_[plane] = (open_[plane][0] if plane in open_ else upper, lower)
    for plane, edges in open_.items():
        yield _rectangle(plane, *edges)


def _planes(row: Sequence[Run]) -> Iterator[tuple[int, int, str]]:
    """(from, to, colour) in cells: neighbours of one colour joined."""
    begin, end, colour = 0, 0, row[0].ground
    for run in row:
        if run.ground != colour:
            yield begin, end, colour
            begin, colour = run.at, run.ground
        end = run.at + cell_len(run.text)
    yield begin, end, colour


def _rectangle(plane: tuple[int, int, str], upper: int, lower: int) -> str:
    begin, end, colour = plane
    return (
        f'<rect x="{begin * CELL}" y="{upper}" width="{(end - begin) * CELL}" height="{lower - upper}" '
        f'fill="{colour}" shape-rendering="crispEdges"/>'
    )


def _buttons(ground: str) -> Iterator[str]:
    """The window's three buttons, as quiet as can be on this ground."""
    grey = "#ffffff" if int(ground[1:3], 16) < 128 else "#000000"
    for x in (20, 40, 60):
        yield f'<circle cx="{x}" cy="{_TITLE // 2}" r="6" fill="{grey}" fill-opacity="0.16"/>'
