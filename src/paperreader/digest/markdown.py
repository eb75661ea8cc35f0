"""The digest as Markdown (CommonMark 0.31): to put into notes, or to post. What a paper says is text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from paperreader.digest import wording
from paperreader.digest.content import Digest, Item
from paperreader.digest.links import links

_MEANT: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$!^])")
_AT_START: Final = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))(?=\s|$)")


def write(digest: Digest) -> str:
    """The whole text."""
    return "\n\n".join(_blocks(digest)) + "\n"


def _blocks(digest: Digest) -> Iterator[str]:
    yield f"# {_inline(wording.heading(digest))}"
    yield _block(wording.summary(digest))
    for remark in wording.notes(digest):
        yield f"> {_block(remark)}"
    for section in digest.sections:
        yield f"## {_inline(section.title)}"
        for item in section.items:
            yield from _paper(item)
        if section.left:
            yield f"*and {section.left:,} more in the app*"


def _paper(item: Item) -> Iterator[str]:
    known = links(item.paper)
    title = _inline(wording.title(item.paper))
    yield f"### [{title}]({known[0][1]})" if known else f"### {title}"
    for text in (wording.byline(item.paper), wording.excerpt(item.paper), wording.standing(item)):
        if text:
            yield _block(text)
    if known:
        yield " · ".join(f"[{label}]({link})" for label, link in known)


def _block(text: str) -> str:
    """Text that begins a block: it must not begin a list, a rule or an underlined heading instead."""
    return _AT_START.sub(lambda match: rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}", _inline(text))


def _inline(text: str) -> str:
    return _MEANT.sub(r"\\\1", wording.plain(text))
