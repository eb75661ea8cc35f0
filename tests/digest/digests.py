"""Digests to write down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

from paperreader.digest.addresses import mailbox
from paperreader.digest.content import REVISED, SAVED, TRENDING, Digest, Item, Section
from paperreader.digest.letter import Envelope
from paperreader.paper import Paper

AT = datetime(2026, 8, 21, 8, 0, tzinfo=UTC)


def paper(number: int = 1, **said: Any) -> Paper:
    return Paper(
        **{
            "rid": number,
            "key": f"arxiv:2608.{number:05}",
            "arxiv_id": f"2608.{number:05}",
            "title": f"Paper {number}",
            "authors": ("Ann Lee", "Bo Xu"),
            "summary": f"What paper {number} says, in a sentence.",
            "code": "https://github.com/ann/code",
            "votes": 41,
            "sources": ("huggingface",),
            **said,
        }
    )


def digest(*papers: Paper, **more: Any) -> Digest:
    """One section of these papers."""
    items = tuple(Item(each, "1st of 17 on 21 August: +41 votes in 24 h, was 18th") for each in papers)
    sections = (Section(TRENDING, "Trending", items),) if items else ()
    return Digest(**{"at": AT, "sections": sections, **more})


def full() -> Digest:
    """Every kind of section, and remarks."""
    sections = (
        Section(TRENDING, "Trending on Thursday, 20 August 2026", (Item(paper(1), "1st of 2 on 20 August"),), left=3),
        Section(SAVED, "Your search: rl", (Item(paper(2), "matches your search “rl”"),)),
        Section(REVISED, "New versions of your bookmarks", (Item(paper(3, votes=None), "version 2"),)),
    )
    return Digest(
        at=AT,
        sections=sections,
        first=date(2026, 8, 19),
        last=date(2026, 8, 21),
        days=3,
        remarks=("The refresh before this digest failed: this machine was offline.",),
    )


def envelope(to: str = "me@example.org", sender: str = "me@example.org", **more: Any) -> Envelope:
    return Envelope(
        **{
            "sender": mailbox(sender),
            "recipient": mailbox(to),
            "list_name": "digest.1.paperreader.localhost",
            **more,
        }
    )


def payloads(suite: Path) -> Iterator[str]:
    """Bad company: what feedparser's sanitising suite holds, as it stands and as it is meant; and headers."""
    for file in sorted((suite / "tests/wellformed/sanitize").glob("*.xml")):
        body = file.read_bytes().decode("utf-8", "replace")
        inner = re.findall(r"<(?:title|summary|content|description|tagline)\b[^>]*>(.*?)</", body, re.DOTALL)
        yield max(inner, key=len, default=body)[:400]
        yield unescape(max(inner, key=len, default=body))[:400]
    yield from HOSTILE


HOSTILE = (
    "Title\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>",
    "Title\nContent-Type: text/html\n\n<b>",
    "=?utf-8?q?Bcc=3A_x?=",
    '"><img src=x onerror=alert(1)>',
    "</title></style><script>alert(1)</script>",
    "<!--[if mso]><b>x</b><![endif]-->",
    "--===============1061350216523437033==--",
    "\x00\x1b[31m\x07\x85\u2028\u202eevil\ufeff\ud800",
    ".\r\n.\r\nQUIT",
    "[x](javascript:alert(1)) `code` <b>*bold*</b> # not a heading",
    "深度学习" * 60,
    "a" * 500,
    "\u0301" * 90,
    "العربية שלום",
    "",
)
"""Text that would be a header, a tag, a boundary, an end, or markup, if it could."""
