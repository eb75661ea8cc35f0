"""HTML as plain text: paragraphs parted by empty lines, no markup, no scripts. Pure, and never fails."""

from __future__ import annotations

import re
from typing import Final

from paperreader.feeds.clean import LONGEST_TEXT
from paperreader.feeds.html_tokens import tokens

_READ: Final = 4 * LONGEST_TEXT
"""Characters of HTML that are read: markup included, that is more text than is kept."""
_BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "td", "th", "tr", "ul"),
    }
)
_SILENT: Final = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "noembed", "noframes"}
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_BREAKS: Final = re.compile(r"[^\S\n]*\n\s*\n\s*")


def plain_text(markup: str) -> str:
    """The text that a browser would show, roughly."""
    markup = markup[:_READ]
    if "<" not in markup and "&" not in markup:
        return markup
    parts: list[str] = []
    silent = 0
    for token in tokens(markup):
        if isinstance(token, str):
            parts.append("" if silent else token)
        elif token.name in _SILENT:
            opens = 0 if token.inside.endswith("/") else 1
            silent = max(0, silent + (-1 if token.closing else opens))
        elif token.name == "br":
            parts.append("\n")
        elif token.name in _BLOCKS:
            parts.append("\n\n")
    return _BREAKS.sub("\n\n", _SPACES.sub(" ", "".join(parts))).strip()
