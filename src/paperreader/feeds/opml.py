"""OPML 2.0, the form in which readers exchange lists of feeds: http://opml.org/spec2.opml. Pure.

Feeds that have no address of their own in our words ("arxiv au:bengio") carry an address that other readers can use
and, in a namespace of ours, their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from paperreader.errors import FeedUnreadable
from paperreader.feeds import clean, safe_xml
from paperreader.feeds.arxiv import API
from paperreader.feeds.arxiv_rss import RSS
from paperreader.feeds.huggingface import BASE
from paperreader.plain import printable

_MOST: Final = 5_000
"""Feeds of one list."""
_OURS: Final = "urn:paperreader"
_NAME: Final = f"{{{_OURS}}}name"
_NONE: Final = "The file is no list of feeds in OPML."
_HINT: Final = "Export the list again from the other reader; one with a DOCTYPE is not read."
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


class Outline(NamedTuple):
    """One feed of a list."""

    name: str
    """An address, or one of our names; not checked."""
    title: str
    """What the person calls it; may be empty."""


def parse(body: bytes) -> list[Outline]:
    """The feeds of a list, in its order, each once; folders are gone through. Raises FeedUnreadable."""
    try:
        root = safe_xml.parsed(body, "The file")
    except FeedUnreadable:
        raise FeedUnreadable(_NONE, _HINT) from None
    if root.tag != "opml":
        raise FeedUnreadable(_NONE, _HINT)
    found: dict[str, Outline] = {}
    for outline in root.iter("outline"):
        name = clean.line(outline.get(_NAME), 4_000) or clean.line(_address(outline), 4_000)
        title = clean.line(outline.get("title") or outline.get("text"), 200)
        if name:
            found.setdefault(name, Outline(name, "" if title == name else title))
        if len(found) >= _MOST:
            break
    return list(found.values())


def written(outlines: Iterable[Outline]) -> str:
    """The list as text, UTF-8 when it is encoded."""
    ElementTree.register_namespace("paperreader", _OURS)
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "Feeds of paperreader"
    body = ElementTree.SubElement(root, "body")
    for name, title in outlines:
        url = address(name)
        shown = _sound(title or name)
        said = {"type": "rss", "text": shown, "title": shown, "xmlUrl": _sound(url)}
        ElementTree.SubElement(body, "outline", said if url == name else {**said, _NAME: _sound(name)})
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def address(name: str) -> str:
    """Where another reader finds the feed of this name."""
    if "://" in name:
        return name
    source, _, rest = name.partition(" ")
    if source != "arxiv":
        return f"{BASE}/papers"
    if ":" not in rest:
        return f"{RSS}/rss/{quote(rest, safe='+')}"
    query = {"search_query": rest, "sortBy": "submittedDate", "sortOrder": "descending", "max_results": "100"}
    return f"{API}/api/query?{urlencode(query)}"


def _address(outline: ElementTree.Element) -> str | None:
    """Some readers write the attribute in another case."""
    return next((value for key, value in outline.items() if key.lower() == "xmlurl"), None)


def _sound(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", printable(text))
