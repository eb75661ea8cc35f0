"""XML from outside, for forms that we know: parsed without entities of its own, or refused with a sentence."""

from __future__ import annotations

from xml.etree import ElementTree

from paperreader.feeds.safe_json import not_what_was_asked

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"

Element = ElementTree.Element


def parsed(body: bytes, who: str) -> Element:
    """The root. Raises FeedUnreadable, also for any DOCTYPE: arXiv sends none, and entities can be bombs."""
    parser = ElementTree.XMLParser(target=_NoDoctype())
    try:
        parser.feed(body)
        root = parser.close()
    except _Doctype:
        pass
    except (ElementTree.ParseError, ValueError, LookupError):  # the latter two: encodings that there are not
        pass
    else:
        if isinstance(root, ElementTree.Element):
            return root
    raise not_what_was_asked(body, who, "XML")


def text(element: Element, path: str) -> str:
    """The text of the first such child, with that of its children; empty where there is none."""
    child = element.find(path)
    return "" if child is None else "".join(child.itertext())


def texts(element: Element, path: str) -> list[str]:
    """The text of every such child."""
    return ["".join(child.itertext()) for child in element.iterfind(path)]


class _Doctype(Exception):
    pass


class _NoDoctype(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _Doctype(name)
