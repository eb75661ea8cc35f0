"""A scroll view of lines whose number changes often: it tells its scrollbar, and the screen is not laid out anew."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Its scrollbar always has a column, empty where nothing scrolls: so no width depends on what is shown."""

    DEFAULT_CSS = """
    Lines { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        self._kept: dict[int, Strip] = {}
        """What the lines of the window were drawn as, until they are to be painted anew."""
        self._kept_for: object = None
        super().__init__()

    def _set_dirty(self, *regions: Region) -> None:
        """What is to be painted anew is drawn anew. (Textual's other widgets forget their lines here too.)"""
        super()._set_dirty(*regions)
        if not regions:
            self._kept.clear()
        for region in regions:
            for y in region.translate(self.content_offset).line_range:
                self._kept.pop(y, None)

    def set_extent(self, lines: int) -> None:
        """How many lines there are. Textual's own way lays the whole screen out: 5 ms for each paper passed by."""
        self.set_reactive(Widget.virtual_size, Size(0, lines))
        self.vertical_scrollbar.window_virtual_size = lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the window.

        Textual's own way looks up some twenty styles for each line, for borders, opacity and the like that we have not:
        of the 12 ms that a frame takes with `j` held down, 4 went there. And it asks for every line between the highest
        and the lowest that change anywhere on the screen: most of them are as they were.
        """
        background, filters = self.background_colors[1], self.get_line_filters()
        if self._kept_for != (made_for := (background, tuple(filters))):
            self._kept, self._kept_for = {}, made_for
        strips = []
        for y in crop.line_range:
            strip = self._kept.get(y)
            if strip is None:
                strip = self.render_line(y)
                for each in filters:
                    strip = strip.apply_filter(each, background)
                self._kept[y] = strip
            strips.append(strip)
        if crop.column_span == (0, self.scrollable_content_region.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def drawn(self, content: Content, width: int) -> Strip:
        """One line of content, in this many cells; ten times quicker than Textual's way for content of many lines."""
        base = self.visual_style
        segments = [
            Segment(text, style.rich_style) for text, style in content.render(base, end="", parse_style=self._parsed)
        ]
        return Strip(segments).adjust_cell_length(width, base.rich_style)

    def _parsed(self, style: str | Style) -> Style:
        return style if isinstance(style, Style) else Style.parse(style, self.app.theme_variables)
