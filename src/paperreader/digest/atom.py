"""The digest as an Atom feed (RFC 4287), an entry a paper: for a feed reader that watches a file."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree

from paperreader.digest import wording
from paperreader.digest.content import REVISED, Digest, Item, Section
from paperreader.digest.links import links

_ATOM: Final = "http://www.w3.org/2005/Atom"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


def write(digest: Digest) -> str:
    """The whole feed."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(_name("feed"))
    _add(feed, "id", "urn:paperreader:digest")
    _add(feed, "title", "paperreader digest")
    _add(feed, "subtitle", " ".join([wording.summary(digest), *wording.notes(digest)]))
    _add(feed, "updated", _time(digest.at))
    _add(ElementTree.SubElement(feed, _name("author")), "name", "paperreader")
    known: set[str] = set()
    for each in (digest, *digest.before):
        for section in each.sections:
            for item in section.items:
                name = _id(item, section)
                if name not in known:
                    _entry(feed, name, item, each.at, section.title)
                known.add(name)
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _id(item: Item, section: Section) -> str:
    """Of the paper, and where it is here as a new version, of that one: a feed reader shows an id once."""
    version = f"v{item.paper.version}" if section.kind == REVISED and item.paper.version else ""
    return f"urn:paperreader:{quote(item.paper.key, safe=':/.', errors='replace')}{version}"


def _entry(feed: ElementTree.Element, name: str, item: Item, at: datetime, section: str) -> None:
    paper = item.paper
    known = links(paper)
    entry = ElementTree.SubElement(feed, _name("entry"))
    _add(entry, "id", name)
    _add(entry, "title", wording.title(paper))
    _add(entry, "updated", _time(at))
    for author in paper.authors or ("unknown",):
        _add(ElementTree.SubElement(entry, _name("author")), "name", wording.plain(author) or "unknown")
    ElementTree.SubElement(entry, _name("category"), term=_clean(wording.plain(section)))
    if known:
        ElementTree.SubElement(entry, _name("link"), rel="alternate", href=known[0][1])
    _add(entry, "summary", _summary(item)).set("type", "html")


def _summary(item: Item) -> str:
    """HTML, whose text is escaped here and once more by XML."""
    told = (wording.excerpt(item.paper), wording.standing(item))
    lines = [f"<p>{escape(line)}</p>" for line in told if line]
    anchors = [f'<a href="{escape(link)}">{label}</a>' for label, link in links(item.paper)]
    return "".join([*lines, f"<p>{' · '.join(anchors)}</p>" if anchors else ""])


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, _name(name))
    child.text = _clean(text)
    return child


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _name(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
