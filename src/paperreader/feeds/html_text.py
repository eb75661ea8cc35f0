"""HTML as plain text: paragraphs parted by empty lines, no markup, no scripts. Pure, and never fails."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Final

from paperreader.feeds.clean import LONGEST_TEXT

_READ: Final = 4 * LONGEST_TEXT
"""Characters of HTML that are read: markup included, that is more text than is kept."""
_BLOCKS: Final = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "dd",
            "div",
            "dl",
            "dt",
            "figcaption",
            "figure",
            "footer",
            "form",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "td", "th", "tr", "ul"),
    }
)
_SILENT: Final = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg"})
_TAG: Final = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_SPACES: Final = re.compile(r"[^\S\n]+")
_BREAKS: Final = re.compile(r"\s*\n\s*\n\s*")


def plain_text(markup: str) -> str:
    """The text that a browser would show, roughly."""
    markup = markup[:_READ]
    if "<" not in markup and "&" not in markup:
        return markup
    parser = _Text()
    try:
        parser.feed(markup)
        parser.close()
        text = "".join(parser.parts)
    except (AssertionError, ValueError):  # html.parser on declarations that never end (CPython issue 77057)
        text = html.unescape(_TAG.sub(" ", markup))
    return _BREAKS.sub("\n\n", _SPACES.sub(" ", text)).strip()


class _Text(HTMLParser):
    """Collects what is text; a block begins a paragraph, `br` a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
