"""Atom (RFC 4287): any view as a feed that other readers follow."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from paperreader import __version__
from paperreader.exports.document import Document
from paperreader.paper import Paper

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""
_DAY: Final = len("2024-02-01")


def write(document: Document) -> Iterator[str]:
    """The feed; when it was last changed, which only its papers tell, stands at its end: RFC 4287 knows no order."""
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_text(document.title)}</title>\n<id>{feed_id(document.title)}</id>\n"
        f'<generator version="{__version__}">paperreader</generator>\n<author><name>paperreader</name></author>\n'
    )
    newest = 0.0
    for paper in document.papers:
        newest = max(newest, paper.added)
        yield _entry(paper)
    yield f"<updated>{moment(newest or document.made)}</updated>\n</feed>\n"


def feed_id(title: str) -> str:
    """The same for the same view, on every machine."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"paperreader:{title}").urn


def entry_id(paper: Paper) -> str:
    """The paper's own link where it has one that is for good, else a name made of its key."""
    if paper.arxiv_id or paper.doi:
        return _web(paper.link if paper.arxiv_id else f"https://doi.org/{paper.doi}")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"paperreader:{paper.key or paper.id or paper.title}").urn


def moment(seconds: float) -> str:
    """Seconds since 1970 as RFC 3339 has a time."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(published: str) -> str:
    """A day as RFC 3339 has a time; empty where less than the day is known."""
    return f"{published}T00:00:00Z" if len(published) == _DAY else ""


def _entry(paper: Paper) -> str:
    parts = [
        f"<title>{_text(paper.shown_title)}</title>",
        f"<id>{_text(entry_id(paper))}</id>",
        f"<updated>{moment(paper.added)}</updated>",
        f"<published>{day(paper.published)}</published>" if day(paper.published) else "",
        *(f"<author><name>{_text(name)}</name></author>" for name in paper.authors),
        f'<link rel="alternate" href={_attribute(paper.link)}/>' if paper.link else "",
        f'<link rel="related" type="application/pdf" href={_attribute(paper.pdf_link)}/>' if paper.pdf_link else "",
        f'<link rel="related" href={_attribute(paper.code_link)}/>' if paper.code_link else "",
        *(f"<category term={_attribute(word)}/>" for word in dict.fromkeys((*paper.categories, *paper.keywords))),
        f"<summary>{_text(paper.text)}</summary>" if paper.text.strip() else "",
    ]
    if not paper.link and not paper.text.strip():
        parts.append("<content/>")  # an entry without a link must have content (section 4.1.2)
    return "<entry>\n" + "\n".join(part for part in parts if part) + "\n</entry>\n"


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))


def _web(link: str) -> str:
    return re.sub(r"[\s<>\"{}|\\^`]", lambda match: f"%{ord(match[0]):02X}", link)
