"""HTML cut into tags and text, in time that grows with its length only: html.parser takes minutes for 150 KB of "<a ".

Follows https://html.spec.whatwg.org/multipage/parsing.html as far as text and links need it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

RAW: Final = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose inside is no markup: it ends at their own end tag and nowhere else."""
_TAG: Final = re.compile(r"</?([a-zA-Z][^\s/>]{0,60})")
_LONGEST_TAG: Final = 4_000
"""Characters of a tag within which quotes may hide a ">"; a longer one ends at its first ">"."""
_CLOSING: Final = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE: Final = re.compile(r"""([a-zA-Z][\w:-]{0,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or an end tag."""

    name: str
    """In lower case."""
    closing: bool
    inside: str
    """What stands between the name and the ">"."""

    @property
    def attributes(self) -> dict[str, str]:
        """Names in lower case, values without their references; attributes without a value are left out."""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.inside):
            found.setdefault(name.lower(), html.unescape(double or single or bare))
        return found


def tokens(markup: str) -> Iterator[Tag | str]:
    """Tags and the text between them, references resolved; comments and declarations are left out.

    What begins like a tag and never ends is text.
    """
    place, last = 0, markup.rfind(">")
    while (begin := markup.find("<", place)) >= 0:
        if begin > last:
            break
        if begin > place:
            yield html.unescape(markup[place:begin])
        if markup.startswith(("<!", "<?"), begin):
            place = _declaration_end(markup, begin)
        elif name := _TAG.match(markup, begin):
            end = _tag_end(markup, name.end())
            tag = Tag(name[1].lower(), markup[begin + 1] == "/", markup[name.end() : end - 1])
            yield tag
            place = end
            if tag.name in RAW and not tag.closing:
                place = _raw_end(markup, end, tag.name)
                yield markup[end:place]
        else:
            yield "<"
            place = begin + 1
    rest = markup[place:]
    yield html.unescape(rest[: _unended_declaration(rest)])


def _declaration_end(markup: str, begin: int) -> int:
    """Behind a comment, else behind the next ">"; a comment that never ends takes all."""
    if not markup.startswith("<!--", begin):
        return markup.index(">", begin) + 1
    end = markup.find("-->", begin + 2)  # "<!-->" is a whole comment
    return len(markup) if end < 0 else end + 3


def _tag_end(markup: str, place: int) -> int:
    """Behind the ">" that ends a tag; there is one further on."""
    closing = _CLOSING.match(markup, place, place + _LONGEST_TAG)
    return closing.end() if closing else markup.index(">", place) + 1


def _raw_end(markup: str, place: int, name: str) -> int:
    """Where the element's own end tag begins; the end of all where it has none."""
    end = re.compile(f"</{re.escape(name)}(?=[\\s/>])", re.IGNORECASE).search(markup, place)
    return end.start() if end else len(markup)


def _unended_declaration(rest: str) -> int:
    """Where, in a rest without any ">", a declaration begins: what follows is no text."""
    places = [place for place in (rest.find("<!"), rest.find("<?")) if place >= 0]
    return min(places, default=len(rest))
