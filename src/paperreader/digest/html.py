"""The digest as HTML for mail programs: tables and inline styles, no pictures, nothing fetched, no tracking.

Outlook draws with Word's engine, which knows tables and a fixed width; Gmail keeps inline styles and cuts a mail at
102 kB; where a program knows `prefers-color-scheme`, the style sheet makes it dark. Whatever a paper says is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from paperreader.digest import wording
from paperreader.digest.content import Digest, Item, Section
from paperreader.digest.links import links

MOST: Final = 96_000
"""Bytes of the whole, as it is encoded in a mail: Gmail's limit with some room."""

_FONT: Final = "font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif"
_TEXT, _QUIET, _LINK, _LINE = "#1f2328", "#57606a", "#0550ae", "#d8dee4"
_PAGE: Final = f"margin:0;padding:0;background-color:#f6f8fa;color:{_TEXT}"
_CARD: Final = "background-color:#ffffff;max-width:640px;width:100%"
_BROKEN: Final = "overflow-wrap:anywhere;word-break:break-word"
"""A word of five hundred letters is broken; the second is for programs that do not know the first."""
_CELL: Final = f"padding:0 20px 20px;{_FONT};font-size:15px;line-height:1.45;color:{_TEXT};{_BROKEN}"
_SMALL: Final = f"font-size:13px;color:{_QUIET}"
_DARK: Final = (
    ":root{color-scheme:light dark}"
    "@media (prefers-color-scheme:dark){"
    ".p{background-color:#0d1117!important}.c{background-color:#161b22!important}"
    ".t,.t a.h{color:#e6edf3!important}.q{color:#9da7b3!important}.t a,.q a{color:#79b8ff!important}"
    ".l{border-color:#30363d!important}}"
)


def write(digest: Digest) -> str:
    """The whole page, with everything: for a browser."""
    pieces = [item for section in digest.sections for item in section.items]
    return _page(digest, lambda place: _paper(place + 1, pieces[place]), 0)


def in_mail(digest: Digest) -> str:
    """The page as a mail has it, under MOST bytes.

    Where it would be more, the last papers lose their text and keep title and link; where that is not enough, the last
    ones are left to the text part of the mail, and the page says so.
    """
    pieces = [(section, item) for section in digest.sections for item in section.items]
    whole = [_paper(number, item) for number, (_, item) in enumerate(pieces, 1)]
    brief = [_brief(number, item) for number, (_, item) in enumerate(pieces, 1)]
    full, kept = _fitting(whole, brief, MOST - encoded_size(_page(digest, _empty, len(pieces))))

    def shown(place: int) -> str:
        return whole[place] if place < full else brief[place] if place < kept else ""

    return _page(digest, shown, len(pieces) - kept)


def encoded_size(text: str) -> int:
    """Bytes of the text in quoted-printable (RFC 2045, section 6.7), which is never less than in UTF-8."""
    data = text.encode("utf-8", "replace")
    safe = sum(32 <= byte < 127 and byte != 61 for byte in data)
    bare = safe + data.count(10) + 3 * (len(data) - safe - data.count(10))
    return bare + bare // 70 * 2  # soft line breaks


def _fitting(whole: Sequence[str], brief: Sequence[str], room: int) -> tuple[int, int]:
    """How many of the first papers there is room for with their text, and how many at all."""
    sizes = [encoded_size(text) for text in whole]
    small = [encoded_size(text) for text in brief]
    full = len(whole)
    while full and sum(sizes[:full]) + sum(small[full:]) > room:
        full -= 1
    kept = len(whole)
    while kept > full and sum(sizes[:full]) + sum(small[full:kept]) > room:
        kept -= 1
    return full, kept


def _empty(_: int) -> str:
    return ""


def _page(digest: Digest, shown: Callable[[int], str], left: int) -> str:
    rows = [_head(digest)]
    place = 0
    for section in digest.sections:
        papers = [shown(place + offset) for offset in range(len(section.items))]
        place += len(papers)
        if any(papers) or not left:
            rows += [_heading(section), *papers, _more(section)]
    if left:
        rows.append(_cell(f"{left:,} more papers are in the text part of this mail.", quiet=True))
    rows.append(_cell("paperreader, on your own machine. No tracking; nothing is loaded.", quiet=True))
    body = "".join(rows)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{_text(wording.subject(digest))}</title><style>{_DARK}</style></head>\n"
        f'<body class="p" style="{_PAGE}">'
        f'<table role="presentation" class="p" width="100%" cellpadding="0" cellspacing="0" border="0" '
        'style="background-color:#f6f8fa"><tr><td align="center">\n'
        '<!--[if mso]><table role="presentation" width="640" cellpadding="0" cellspacing="0"><tr><td><![endif]-->\n'
        f'<table role="presentation" class="c" width="100%" cellpadding="0" cellspacing="0" border="0" style="{_CARD}">'
        f"\n{body}</table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table></body></html>\n"
    )


def _head(digest: Digest) -> str:
    remarks = "".join(
        f'<p class="q l" style="margin:12px 0 0;padding:8px 12px;border-left:3px solid {_LINE};{_SMALL}">{note}</p>'
        for note in map(_text, wording.notes(digest))
    )
    return (
        f'<tr><td class="t" style="{_CELL};padding-top:24px"><h1 style="margin:0;font-size:21px;line-height:1.3">'
        f'{_text(wording.heading(digest))}</h1><div class="q" style="{_SMALL}">{_text(wording.summary(digest))}</div>'
        f"{remarks}</td></tr>\n"
    )


def _heading(section: Section) -> str:
    return (
        f'<tr><td class="t" style="{_CELL};padding-bottom:14px"><h2 class="l" style="margin:0;padding-top:16px;'
        f'font-size:17px;line-height:1.3;border-top:2px solid {_LINE}">{_text(section.title)}</h2></td></tr>\n'
    )


def _paper(number: int, item: Item) -> str:
    known = [f'<a href="{_text(link)}" style="color:{_LINK}">{label}</a>' for label, link in links(item.paper)]
    lines = [
        f'<div class="q" style="{_SMALL}">{line}</div>'
        for line in (_text(wording.standing(item)), " &middot; ".join(known))
        if line
    ]
    byline, excerpt = _text(wording.byline(item.paper)), _text(wording.excerpt(item.paper))
    parts = [
        f'<div class="q" style="{_SMALL}">{byline}</div>' if byline else "",
        f'<div style="margin:2px 0">{excerpt}</div>' if excerpt else "",
        *lines,
    ]
    return f'<tr><td class="t" style="{_CELL}">{_title(number, item)}{"".join(parts)}</td></tr>\n'


def _brief(number: int, item: Item) -> str:
    return f'<tr><td class="t" style="{_CELL};padding-bottom:8px">{_title(number, item)}</td></tr>\n'


def _title(number: int, item: Item) -> str:
    known = links(item.paper)
    text = f"{number}. {_text(wording.title(item.paper))}"
    if not known:
        return f'<div style="font-weight:600">{text}</div>'
    style = f"font-weight:600;color:{_TEXT};text-decoration:none"
    return f'<div><a class="h" href="{_text(known[0][1])}" style="{style}">{text}</a></div>'


def _more(section: Section) -> str:
    return _cell(f"and {section.left:,} more in the app", quiet=True) if section.left else ""


def _cell(text: str, *, quiet: bool) -> str:
    return f'<tr><td class="{"q" if quiet else "t"}" style="{_CELL};{_SMALL}">{text}</td></tr>\n'


def _text(text: str) -> str:
    return escape(wording.plain(text))
