"""Painting a part of the screen without drawing the rest of it.

Textual's compositor asks every widget on the screen for all of its lines, whatever has changed: 6 of the 7 ms that a
letter in the question's field took to be painted were spent on lists that had not changed, and three frames follow on
each letter.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor  # private, with no public name for it: see the test
from textual.geometry import Region
from textual.strip import Strip


class NarrowCompositor(Compositor):
    """Asks only widgets that have a share in what is painted."""

    _changed: tuple[Region, ...] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last frame; None where nothing has."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Each widget's region, clip region and lines, front to back."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and any(part.overlaps(seen) for part in self._changed):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))
