"""Spaces that begin a run of text, on their own: rsvg-convert and others swallow them in a picture of the screen."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment


def apart(segments: Iterable[Segment]) -> list[Segment]:
    """The same text in the same styles, no segment of which begins with a space unless it is all spaces."""
    parted: list[Segment] = []
    for segment in segments:
        text, style, control = segment
        rest = text.lstrip(" ")
        if rest and len(rest) < len(text) and not control:
            parted += [Segment(text[: len(text) - len(rest)], style), Segment(rest, style)]
        else:
            parted.append(segment)
    return parted
